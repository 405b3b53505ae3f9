using Porchlight.Transparency.Figures;
using Porchlight.Transparency.ResponseTimes;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Hub;

/// <summary>
/// A dataset's number for the whole city, this year to date, with what it counts and what to keep in mind: on the hub with its line, on the
/// home page without. A dataset with durations shows how long people waited, any other how much was counted.
/// </summary>
internal sealed record Headline(OpenEdition Edition, Comparison Compare, FigureModel Figure) {
  private static readonly Texts T = Texts.Of(typeof(Headline));

  /// <summary>The headlines of all published datasets, in the order of the hub.</summary>
  public static async Task<IReadOnlyList<Headline>> AllAsync(Shelf shelf, CancellationToken ct) {
    var all = new List<Headline>();
    foreach (var dataset in Datasets.Catalog.All)
      if (await shelf.CurrentAsync(dataset.Name, ct) is { } edition)
        all.Add(dataset.Intervals.Count > 0 ? await TimesAsync(edition, ct) : await CountAsync(edition, ct));
    return all;
  }

  /// <summary>The days all of them cover, or null where they differ.</summary>
  public static Period? CommonPeriod(IReadOnlyList<Headline> all) => all.Select(h => h.Compare.Now).Distinct().ToList() is [var one] ? one : null;

  private static async Task<Headline> CountAsync(OpenEdition edition, CancellationToken ct) {
    var compare = new Asked(edition, null, null).Compare;
    var narrow = new Narrow(OnlyCrime: true);
    var total = (await new Counting(edition).PairsAsync(SplitBy.All, compare, narrow, ct)).GetValueOrDefault("", new(0, compare.Before is null ? null : 0));
    var months = await edition.CountAsync(SplitBy.Month, ResponseData.TwoYears(edition, compare.Now.To.Year), narrow, Counted.Rows, ct);
    return OfCount(edition, compare, total, months);
  }

  private static async Task<Headline> TimesAsync(OpenEdition edition, CancellationToken ct) {
    var asked = new AskedTimes(edition);
    var (now, before) = (asked.Compare.Now, asked.Compare.Before);
    async Task<ResponseFigure?> One(Period? period) => period is not { } days ? null
      : (await edition.ResponseAsync(ResponseData.Whole, ResponseSplit.All, days, null, asked.Priority, ct)).SingleOrDefault();
    var months = await edition.ResponseAsync(ResponseData.Whole, ResponseSplit.Month, ResponseData.TwoYears(edition, now.To.Year), null, asked.Priority, ct);
    return OfTimes(edition, asked, await One(now), await One(before), months.ToDictionary(m => m.Key));
  }

  internal static Headline OfCount(OpenEdition edition, Comparison compare, Pair total, IReadOnlyDictionary<string, long> months) => new(edition, compare, new() {
    Name = edition.Dataset.Label.Here, Href = edition.Dataset.Page,
    Value = [(Fmt.Number(total.Now), "")],
    Compared = compare.Before is { } before && total.Before is { } then ? Compared(total.Now, then, before) : Fmt.Capital(T["hub.compared.alone", compare.Now.InWords]),
    Trend = Line(edition, compare, (year, month) => edition.HasWholeMonth(year, month) ? months.GetValueOrDefault($"{year:0000}-{month:00}") : null, Unit.Count),
    Counts = edition.Dataset.Definition.Here, KeepInMind = edition.Dataset.Caveat.Here, Edition = EditionWords.Line(edition),
  });

  internal static Headline OfTimes(OpenEdition edition, AskedTimes asked, ResponseFigure? now, ResponseFigure? before, IReadOnlyDictionary<string, ResponseFigure> months) => new(edition, asked.Compare, new() {
    Name = edition.Dataset.Label.Here, Href = edition.Dataset.Page,
    Value = now.HasTime() ? Parts(now!.Median!.Value) : now is { ShareNotReached: > 0.1 } ? [(Fmt.Percent((decimal)now.ShareNotReached), T["hub.not-reached"])] : [(Fmt.None, "")],
    Compared = now.HasTime() ? $"{T["hub.times.half", asked.Calls, Pacing.InSentence(now!.Ninth!.Value)]} {ComparedTimes(asked, now, before)}"
      : now is { ShareNotReached: > 0.1 } ? T["hub.times.unreached", asked.Calls] : T["times.lead.few", Pacing.FewestForTime],
    Trend = Line(edition, asked.Compare, (year, month) => edition.HasWholeMonth(year, month) && months.GetValueOrDefault($"{year:0000}-{month:00}") is var f && f.HasTime() ? (decimal)f!.Median!.Value : null, Unit.Seconds),
    Counts = edition.Dataset.Definition.Here, KeepInMind = edition.Dataset.Caveat.Here, Edition = EditionWords.Line(edition),
  });

  // under 10 a percentage would swing on one report; within chance it would claim a change
  private static string Compared(long now, long then, Period before) => Chance.Of(now, then) == Direction.AboutTheSame ? T["hub.compared.same", then, before.InWords]
    : then < 10 ? T["hub.compared.small", Fmt.Capital(Fmt.Word(Chance.Of(now, then))), then, before.InWords]
    : T[now < then ? "hub.compared.fewer" : "hub.compared.more", Fmt.Percent(Math.Abs(now - then) / (decimal)then), then, before.InWords];

  private static string ComparedTimes(AskedTimes asked, ResponseFigure? now, ResponseFigure? before) =>
    asked.Compare.Before is { } days && Pacing.OfMedians(now, before) is var pace && pace != Pace.TooFew ? T[$"hub.times.{pace}", days.InWords, Pacing.InSentence(before!.Median!.Value)] : "";

  private static TrendModel? Line(OpenEdition edition, Comparison compare, Func<int, int, decimal?> month, Unit unit) {
    var year = compare.Now.To.Year;
    decimal?[] Of(int y) => [.. Enumerable.Range(1, 12).Select(m => month(y, m))];
    var (now, before) = (Of(year), Of(year - 1));
    // a line wants two points
    return now.Concat(before).Count(v => v is not null) < 2 ? null
      : TrendModel.OfYear(T["hub.line", edition.Dataset.Label.Here], year, now, before.Any(v => v is not null) ? before : null, unit);
  }

  /// <summary>"6 min 12 s" as numbers and small units.</summary>
  private static IReadOnlyList<(string, string)> Parts(double seconds) => [.. Pacing.Write(seconds).Split(' ').Chunk(2).Select(p => (p[0], p[1]))];
}
