using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Porchlight.Accounts.Data;
using Porchlight.Contracts.Accounts;
using Porchlight.Kernel.Jobs;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.People;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts.Failures;

/// <summary>Messages that could not be delivered and jobs that failed; each is tried again from here.</summary>
internal static class KeepRunning {
  private const int Most = 100;

  public static void Map(RouteGroupBuilder administrators) {
    administrators.MapGet("/running", Show);
    administrators.MapPost("/running/messages/{messageId:guid}/again", async (Guid messageId, Form<AgainForm> form, ParkedMessages parked, UserManager<Person> people, HttpContext context, CancellationToken ct) =>
      form.IsStale || await parked.TryAgainAsync(messageId, Trails.ActorOf(await people.MeAsync(context)), context.Address(), ct) is not null ? SeeOther.To("/staff/running") : SeeOther.To("/staff/running?told=again"));
    administrators.MapPost("/running/messages/{messageId:guid}/drop", Drop);
    administrators.MapPost("/running/jobs/{name}/now", async (string name, Form<AgainForm> form, JobList jobs, UserManager<Person> people, HttpContext context, CancellationToken ct) =>
      form.IsStale || await jobs.RunNowAsync(name, Trails.ActorOf(await people.MeAsync(context)), context.Address(), ct) is not null ? SeeOther.To("/staff/running") : SeeOther.To("/staff/running?told=now"));
  }

  private static async Task<IResult> Show(ParkedMessages parked, JobList jobs, string? told, CancellationToken ct) =>
    await PageAsync(new(), null, parked, jobs, told is "again" or "dropped" or "now" ? told : null, ct);

  private static async Task<IResult> Drop(
      Guid messageId, Form<DropForm> form, ParkedMessages parked, JobList jobs, UserManager<Person> people, HttpContext context, CancellationToken ct) {
    if (form.IsValid && await parked.DropAsync(messageId, form.Values.Reason!, Trails.ActorOf(await people.MeAsync(context)), context.Address(), ct) is { } refusal) form.Reject(refusal);
    return form.IsValid ? SeeOther.To("/staff/running?told=dropped") : await PageAsync(form, messageId, parked, jobs, null, ct);
  }

  private static async Task<IResult> PageAsync(Form<DropForm> form, Guid? dropping, ParkedMessages parked, JobList jobs, string? told, CancellationToken ct) {
    var t = Texts.Of(typeof(KeepRunning));
    var state = await parked.StateAsync(ct);
    return Pages.Of<RunningPage, RunningModel>(new(form, dropping,
      [.. (await parked.ListAsync(Most, ct)).Select(m => new ParkedModel(m.MessageId, m.Event, At(m.ParkedAt), m.Attempts, m.Problem))],
      [.. (await jobs.ListAsync(3, ct)).Select(j => new JobModel(j.Name, j.Schedule, j.NextAt is { } next ? At(next) : "–",
        [.. j.LastRuns.Select(r => $"{At(r.BeganAt)} {t[$"running.outcome.{r.Outcome}"]} {r.Said}".Trim())]))],
      state.Waiting, told), form.Status);
  }

  private static string At(DateTimeOffset at) => $"{Fmt.Date(DateOnly.FromDateTime(at.UtcDateTime))} {at.UtcDateTime:HH:mm} UTC";
}

/// <summary>Tells an administrator's home page of what is parked.</summary>
internal sealed class ParkedWaits(ParkedMessages parked) : IWhatWaits {
  public async Task<IReadOnlyList<WaitingTask>> WaitingAsync(Guid personId, IReadOnlyCollection<string> roles, CancellationToken ct) =>
    !roles.Contains(StaffRoles.Administrator) || (await parked.StateAsync(ct)).Parked is not (> 0 and var count) ? []
      : [new(count == 1 ? "One message could not be delivered." : $"{count} messages could not be delivered.",
        count == 1 ? "Un mensaje no se pudo entregar." : $"{count} mensajes no se pudieron entregar.", "/staff/running", WaitingKind.Failed)];
}

/// <summary>A button without fields.</summary>
public sealed record AgainForm;

/// <summary>Why a message is dropped.</summary>
public sealed record DropForm {
  [Required(ErrorMessage = "running.reason.missing"), StringLength(200, ErrorMessage = "running.reason.long")] public string? Reason { get; set; }
}

/// <summary>What failed, and what runs by the clock.</summary>
public sealed record RunningModel(FormState Form, Guid? Dropping, IReadOnlyList<ParkedModel> Parked, IReadOnlyList<JobModel> Jobs, int Waiting, string? Told);

/// <summary>A message that could not be delivered.</summary>
public sealed record ParkedModel(Guid MessageId, string Event, string Since, int Attempts, string Problem);

/// <summary>A job and its last runs.</summary>
public sealed record JobModel(string Name, string Schedule, string Next, IReadOnlyList<string> Runs);
