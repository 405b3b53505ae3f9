using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;
using Porchlight.Accounts.Data;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts.TrailPages;

/// <summary>What the department's people did: searched by day, action and words, and taken away as CSV.</summary>
internal static class ReadTrail {
  private const int PageSize = 100;

  public static void Map(RouteGroupBuilder readers) {
    readers.MapGet("/trail", Show);
    readers.MapGet("/trail.csv", Take);
  }

  private static async Task<IResult> Show(
      StaffTrail trail, SettingsOnHand settings, string? from, string? to, string? action, string? text, Guid? before, CancellationToken ct) {
    var zone = (await settings.GetAsync(ct)).TimeZone;
    var page = await trail.SearchAsync(Search(zone, from, to, action, text), before, PageSize, ct);
    var t = Texts.Of(typeof(ReadTrail));
    string At(DateTimeOffset at) => (zone is null ? at.UtcDateTime : Instant.FromDateTimeOffset(at).InZone(zone).ToDateTimeUnspecified()).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    return Pages.Of<TrailPage, TrailModel>(new(
      new() {
        Caption = t["trail.title"], Columns = [new(t["trail.at"]), new(t["trail.who"]), new(t["trail.action"]), new(t["trail.subject"]), new(t["trail.outcome"]), new(t["trail.from"]), new(t["trail.detail"])],
        Rows = [.. page.Entries.Select(e => new Row([At(e.At), e.ActorName ?? "–", e.Action, e.Subject, t[$"trail.outcome.{e.Outcome}"], e.From ?? "–", e.Detail ?? ""]))],
        Empty = t["trail.none"],
      },
      [.. (await trail.ActionsAsync(ct)).Select(a => new Option(a, a))], page.Older?.ToString(), zone?.Id ?? "UTC"));
  }

  private static async Task<IResult> Take(
      StaffTrail trail, AccountsDb db, UserManager<Person> people, SettingsOnHand settings, HttpContext context, string? from, string? to, string? action, string? text, CancellationToken ct) {
    trail.Add(Trails.ActorOf(await people.MeAsync(context)), Trails.TrailTaken, "trail.csv", from: context.Address(), detail: string.Join(' ', from, to, action, text).Trim());
    await db.SaveAsync(ct);
    var zone = (await settings.GetAsync(ct)).TimeZone;
    return TypedResults.Stream(stream => trail.WriteCsvAsync(Search(zone, from, to, action, text), stream, ct), "text/csv; charset=utf-8", "trail.csv");
  }

  private static TrailSearch Search(DateTimeZone? zone, string? from, string? to, string? action, string? text) =>
    new() { Since = Start(from, 0, zone), Until = Start(to, 1, zone), Action = action, Text = text };

  private static DateTimeOffset? Start(string? day, int later, DateTimeZone? zone) => LocalDatePattern.Iso.Parse(day ?? "") is { Success: true, Value: var date }
    ? (zone ?? DateTimeZone.Utc).AtStartOfDay(date.PlusDays(later)).ToDateTimeOffset() : null;
}

/// <summary>A page of the trail.</summary>
/// <param name="Table">Its entries.</param>
/// <param name="Actions">What a search offers.</param>
/// <param name="Older">Where the next page begins, or null.</param>
/// <param name="Zone">The clock of the times.</param>
public sealed record TrailModel(DataTableModel Table, IReadOnlyList<Option> Actions, string? Older, string Zone);
