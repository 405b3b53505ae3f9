using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Porchlight.Accounts.Data;
using Porchlight.Contracts.Accounts;
using Porchlight.Kernel;
using Porchlight.Ui;

namespace Porchlight.Accounts.Home;

/// <summary>What waits for this person, from every module; what failed and what is late stands first.</summary>
internal static class ShowStaffHome {
  public static void Map(RouteGroupBuilder staff) => staff.MapGet("", async (HttpContext context, UserManager<Person> people, IEnumerable<IWhatWaits> modules, CancellationToken ct) => {
    var me = await people.MeAsync(context);
    List<WaitingTask> waiting = [];
    foreach (var module in modules) waiting.AddRange(await module.WaitingAsync(me.Id, me.Roles, ct));
    return Pages.Of<StaffHomePage, StaffHomeModel>(new([.. waiting.OrderBy(t => t.Kind).Select(t => new TaskModel(Words.IsSpanish ? t.Spanish : t.English, t.Href, t.Kind))]));
  });
}

/// <summary>The staff's home page.</summary>
public sealed record StaffHomeModel(IReadOnlyList<TaskModel> Tasks);

/// <summary>One thing that waits.</summary>
public sealed record TaskModel(string Says, string Href, WaitingKind Kind);
