using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Contracts.Accounts;
using Porchlight.Kernel;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Trail;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Dictionary;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Imports;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Approvals;

/// <summary>
/// From what is live to a public edition in two steps by two people: one prepares and sends a preview, another approves it. The shell stays
/// exempt: whoever holds it holds the data.
/// </summary>
internal static class ApproveEditions {
  public const string Prepared = "numbers.edition-prepared", Sent = "numbers.edition-sent", Approved = "numbers.edition-approved", Refused = "numbers.edition-refused";
  private const string How = "prepared by one person, approved by another";
  private static readonly Texts T = Texts.Of(typeof(ApproveEditions));

  public static void Map(RouteGroupBuilder publishers) {
    publishers.MapGet("/numbers/editions", (TransparencyDb db, [FromKeyedServices(BlobPlace.Restricted)] IBlobs restricted, CancellationToken ct) => ListAsync(db, restricted, null, ct));
    publishers.MapPost("/numbers/editions/{dataset}/prepare", Prepare);
    publishers.MapGet("/numbers/editions/{preparedId:guid}", async (Guid preparedId, HttpContext context, TransparencyDb db, CancellationToken ct) =>
      await db.Prepared.FindAsync([preparedId], ct) is { } prepared ? Page(prepared, context.Actor(), new(), new()) : TypedResults.NotFound());
    publishers.MapPost("/numbers/editions/{preparedId:guid}/send", Send);
    publishers.MapPost("/numbers/editions/{preparedId:guid}/approve", Approve);
    publishers.MapPost("/numbers/editions/{preparedId:guid}/refuse", Refuse);
  }

  private static async Task<IResult> ListAsync(TransparencyDb db, IBlobs restricted, Problem? problem, CancellationToken ct) {
    List<DatasetModel> datasets = [];
    foreach (var dataset in Catalog.All) {
      var edition = await db.PublicEdition(dataset.Name, ct);
      var live = await new RestrictedStore(restricted, dataset.Name).LiveAsync(ct);
      var since = live.Count(m => edition is null || m.ImportedAt > edition.PublishedAt);
      var prepared = await db.Prepared.AsNoTracking().Where(p => p.Dataset == dataset.Name).OrderByDescending(p => p.PreparedAt).Take(10).ToListAsync(ct);
      datasets.Add(new(dataset.Name, dataset.Label.Here,
        edition is null ? T.Count("approve.none", since) : T.Count("approve.public", since, edition.Number, Fmt.Date(DateOnly.FromDateTime(edition.PublishedAt.UtcDateTime))), live.Count > 0,
        new() {
          Caption = T["approve.prepared", dataset.Label.Here], Columns = [new(T["approve.edition"]), new(T["approve.state"]), new(T["approve.by"]), new(T["approve.day"])],
          Rows = [.. prepared.Select(p => new Row([new Cell($"{dataset.Label.Here}, {p.Number}") { Href = $"/staff/numbers/editions/{p.PreparedEditionId}" },
            T[$"approve.state.{p.State}"], p.PreparedBy, Fmt.Date(DateOnly.FromDateTime(p.PreparedAt.UtcDateTime))]))], Empty = T["approve.nothing"],
        }));
    }
    return Pages.Of<EditionsPage, EditionsModel>(new(datasets, problem is null ? null : Said(problem)), problem is null ? 200 : StatusCodes.Status422UnprocessableEntity);
  }

  private static async Task<IResult> Prepare(
      string dataset, Form<PrepareForm> form, HttpContext context, TransparencyDb db, [FromKeyedServices(BlobPlace.Restricted)] IBlobs restricted, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (Catalog.Find(dataset) is not { } declared) return TypedResults.NotFound();
    if (form.IsStale) return SeeOther.To("/staff/numbers/editions");
    PreparedEdition? prepared = null;
    try {
      var publication = await ActivatorUtilities.CreateInstance<Publisher>(context.RequestServices).RunAsync(new(declared, "", How, Rehearse: rehearsal => {
        prepared = PreparedEdition.Make(EditionPreview.Of(rehearsal, Layouts.Of(declared), ct), rehearsal.Edition, context.Actor(), clock.GetUtcNow());
        return Task.CompletedTask;
      }), Quiet(clock), ct);
      if (!publication.IsNew)
        return await ListAsync(db, restricted, new($"Nothing has changed since edition {publication.Edition.Number}.", $"Nada ha cambiado desde la edición {publication.Edition.Number}."), ct);
    } catch (RefusedException refused) {
      return await ListAsync(db, restricted, refused.Problem, ct);
    }
    db.Prepared.Add(prepared!);
    trail.Add(context.Actor(), Prepared, $"{dataset}, edition {prepared!.Number}", from: context.Address());
    await db.SaveAsync(ct);
    return SeeOther.To($"/staff/numbers/editions/{prepared.PreparedEditionId}");
  }

  private static async Task<IResult> Send(Guid preparedId, Form<SendForm> form, HttpContext context, TransparencyDb db, StaffTrail trail, CancellationToken ct) {
    if (await db.Prepared.FindAsync([preparedId], ct) is not { } prepared) return TypedResults.NotFound();
    if (form.IsValid && prepared.Send(form.Values.Reason!, form.Values.ReasonSpanish) is { } refusal) form.Reject(refusal);
    if (!form.IsValid) return Page(prepared, context.Actor(), form, new());
    trail.Add(context.Actor(), Sent, $"{prepared.Dataset}, edition {prepared.Number}", from: context.Address(), detail: prepared.Reason);
    await db.SaveAsync(ct);
    return SeeOther.To($"/staff/numbers/editions/{preparedId}");
  }

  private static async Task<IResult> Approve(Guid preparedId, Form<PrepareForm> form, HttpContext context, TransparencyDb db, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (await db.Prepared.FindAsync([preparedId], ct) is not { } prepared) return TypedResults.NotFound();
    var (refuse, me) = (new Form<RefuseForm>(), context.Actor());
    if (form.IsStale) return SeeOther.To($"/staff/numbers/editions/{preparedId}");
    if (prepared.Approve(me, clock.GetUtcNow()) is { } no) {
      refuse.Reject(no);
      return Page(prepared, me, new(), refuse);
    }
    trail.Add(me, Approved, $"{prepared.Dataset}, edition {prepared.Number}", from: context.Address());
    try {
      // the approval, its entry on the trail and the edition are one commit, or none of them is
      await ActivatorUtilities.CreateInstance<Publisher>(context.RequestServices).RunAsync(
        new(Catalog.Find(prepared.Dataset)!, prepared.PublicReason, How, EvenIfUnchanged: true, Expect: prepared.MadeOf), Quiet(clock), ct);
    } catch (RefusedException refused) {
      refuse.Reject(refused.Problem);
      db.Forget();
      return Page((await db.Prepared.FindAsync([preparedId], ct))!, me, new(), refuse);
    }
    return SeeOther.To($"/staff/numbers/editions/{preparedId}");
  }

  private static async Task<IResult> Refuse(Guid preparedId, Form<RefuseForm> form, HttpContext context, TransparencyDb db, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (await db.Prepared.FindAsync([preparedId], ct) is not { } prepared) return TypedResults.NotFound();
    if (form.IsValid && prepared.Refuse(context.Actor(), form.Values.Why!, clock.GetUtcNow()) is { } refusal) form.Reject(refusal);
    if (!form.IsValid) return Page(prepared, context.Actor(), new(), form);
    trail.Add(context.Actor(), Refused, $"{prepared.Dataset}, edition {prepared.Number}", from: context.Address(), detail: form.Values.Why);
    await db.SaveAsync(ct);
    return SeeOther.To($"/staff/numbers/editions/{preparedId}");
  }

  private static IResult Page(PreparedEdition prepared, Actor me, Form<SendForm> send, Form<RefuseForm> refuse) {
    var (shown, dataset) = (prepared.Shown, Catalog.Find(prepared.Dataset)!);
    List<string> said = [];
    if (prepared.Reason is { } reason) said.Add(T["approve.said.reason", reason]);
    if (prepared.ReasonSpanish is { } spanish) said.Add(T["approve.said.reason", spanish]);
    if (prepared.State == PreparedState.Approved) said.Add(T["approve.said.approved", prepared.DecidedBy!, Fmt.Date(DateOnly.FromDateTime(prepared.DecidedAt!.Value.UtcDateTime))]);
    if (prepared.Refusal is { } why) said.Add(T["approve.said.refused", prepared.DecidedBy!, why]);
    DataTableModel Table(string key, IReadOnlyList<BeforeAndAfter> rows, Func<string, string> name) => new() {
      Caption = T[$"approve.{key}"], ShowCaption = true,
      Columns = [new(T[$"approve.{key}.name"]), new(shown.Replaces is { } replaces ? T["approve.before", replaces] : T["approve.before.none"], true), new(T["approve.after", prepared.Number], true), new(T["approve.change"], true)],
      Rows = [.. rows.Select(r => new Row([name(r.Name), r.Before is { } b ? Cell.Of(b) : "–", r.After is { } a ? Cell.Of(a) : "–", Change(r)]))],
    };
    List<DataTableModel> tables = [Table("years", shown.Years, n => n)];
    if (shown.Kinds.Count > 0) tables.Add(Table("kinds", shown.Kinds, n => n.Length == 0 ? T["approve.other"] : CategoryName(n)));
    tables.Add(Table("areas", shown.Areas, n => n.Length == 0 ? T["approve.no-area"] : n));
    return Pages.Of<PreviewPage, PreviewModel>(new(send, refuse, prepared.PreparedEditionId, T["approve.title", prepared.Number, dataset.Label.Here],
      T[shown.Replaces is null ? "approve.lead.first" : "approve.lead", Fmt.Days(shown.From, shown.To), shown.Replaces ?? 0],
      [(T["approve.rows"], Fmt.Number(shown.Rows)), (T["approve.added"], Fmt.Number(shown.Added)), (T["approve.corrected"], Fmt.Number(shown.Corrected)), (T["approve.withdrawn"], Fmt.Number(shown.Withdrawn)),
        (T["approve.city"], Fmt.Number(shown.CityOnly)), (T["approve.withheld"], Fmt.Number(shown.CityOnlyWithheld))],
      tables, new() {
        Caption = T["approve.fields"], ShowCaption = true, Columns = [new(T["approve.field"]), new(T["approve.gets"])],
        Rows = [.. dataset.Main.Fields.Select(f => new Row([f.Label.Here, ShowDictionary.Published(dataset, f)]))],
      }, prepared.State == PreparedState.Ready, prepared.State == PreparedState.Sent, prepared.PreparedById == me.PersonId, said),
      refuse.WasSent || refuse.Problems.Count > 0 ? refuse.Status : send.Status);
  }

  private static string CategoryName(string code) => TypeTable.Categories.FirstOrDefault(c => c.Code == code)?.Label.Here ?? code;

  private static string Change(BeforeAndAfter count) => ((count.After ?? 0) - (count.Before ?? 0)) switch {
    0 => T["approve.same"],
    > 0 and var more => T["approve.more", more],
    var fewer => T["approve.fewer", -fewer],
  };

  private static string Said(Problem problem) => (Words.IsSpanish ? problem.Spanish : null) ?? problem.English;

  // nobody watches a request's progress
  private static Progress Quiet(TimeProvider clock) => new(TextWriter.Null, clock);
}

/// <summary>Tells the staff's home page of editions that wait for someone's approval.</summary>
internal sealed class EditionsWait(TransparencyDb db) : IWhatWaits {
  public async Task<IReadOnlyList<WaitingTask>> WaitingAsync(Guid personId, IReadOnlyCollection<string> roles, CancellationToken ct) =>
    !roles.Contains(StaffRoles.Steward) && !roles.Contains(StaffRoles.InformationOfficer) ? []
      : [.. (await db.Prepared.AsNoTracking().Where(p => p.State == PreparedState.Sent && p.PreparedById != personId).OrderBy(p => p.PreparedAt).Take(20).ToListAsync(ct))
        .Select(p => new WaitingTask($"Edition {p.Number} of {Catalog.Find(p.Dataset)!.Label.En} waits for approval. {p.PreparedBy} prepared it.",
          $"La edición {p.Number} de {Catalog.Find(p.Dataset)!.Label.Es} espera aprobación. La preparó {p.PreparedBy}.", $"/staff/numbers/editions/{p.PreparedEditionId}", WaitingKind.Waits))];
}
