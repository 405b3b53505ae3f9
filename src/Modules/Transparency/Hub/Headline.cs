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
    foreach (var dataset in Datasets.Catalog.All) {
      if (await shelf.CurrentAsync(dataset.Name, ct) is { } edition)
        all.Add(dataset.Intervals.Count > 0 ? await TimesAsync(edition, ct) : await CountAsync(edition, ct));
    }
    return all;
  }

  /// <summary>The days all of them cover, or null where they differ.</summary>
  public static Period? CommonPeriod(IReadOnlyList<Headline> all) =>
    all.Select(h => h.Compare.Now).Distinct().ToList() is [var one] ? one : null;

  /// <summary>Their figures; where the days differ, each says its own.</summary>
  public static IReadOnlyList<FigureModel> Figures(IReadOnlyList<Headline> all) =>
    [.. all.Select(h => CommonPeriod(all) is null ? h.WithItsDays() : h.Figure)];

  private FigureModel WithItsDays() =>
    Figure with { Compared = $"{Figure.Compared.TrimEnd('.')}. {T["hub.days", Compare.Now.InWords]}" };

  private static async Task<Headline> CountAsync(OpenEdition edition, CancellationToken ct) {
    var compare = new Asked(edition, null, null).Compare;
    var narrow = new Narrow(OnlyCrime: true);
    var totals = await new Counting(edition).PairsAsync(SplitBy.All, compare, narrow, ct);
    var months = await edition.CountAsync(SplitBy.Month, YearLine.TwoYears(edition, compare.Now.To.Year), narrow, Counted.Rows, ct);
    return OfCount(edition, compare, totals.GetValueOrDefault("", new(0, compare.Before is null ? null : 0)), months);
  }

  private static async Task<Headline> TimesAsync(OpenEdition edition, CancellationToken ct) {
    var asked = new AskedTimes(edition);
    var (now, before) = (asked.Compare.Now, asked.Compare.Before);
    async Task<IReadOnlyList<ResponseFigure>> Ask(ResponseSplit by, Period? period) =>
      period is { } days ? await edition.ResponseAsync(ResponseData.Whole, by, days, null, asked.Priority, ct) : [];
    var months = await Ask(ResponseSplit.Month, YearLine.TwoYears(edition, now.To.Year));
    var (here, then) = (await Ask(ResponseSplit.All, now), await Ask(ResponseSplit.All, before));
    return OfTimes(edition, asked, here.SingleOrDefault(), then.SingleOrDefault(), months.ToDictionary(m => m.Key));
  }

  internal static Headline OfCount(OpenEdition edition, Comparison compare, Pair total, IReadOnlyDictionary<string, long> months) =>
    Of(edition, compare, [(Fmt.Number(total.Now), "")],
      compare.Before is not { } before || total.Before is not { } then ? compare.WhyAlone
        : compare.Completeness is { } through ? $"{Compared(total.Now, then, before)}. {through}" : Compared(total.Now, then, before),
      month => months.GetValueOrDefault(month), Unit.Count);

  internal static Headline OfTimes(
      OpenEdition edition, AskedTimes asked, ResponseFigure? now, ResponseFigure? before,
      IReadOnlyDictionary<string, ResponseFigure> months) {
    Headline Say(IReadOnlyList<(string, string)> value, string compared) => Of(edition, asked.Compare, value, compared,
      month => months.GetValueOrDefault(month) is var f && f.HasTime() ? (decimal)f!.Median!.Value : null, Unit.Seconds);
    if (now.HasTime()) {
      var half = T["hub.times.half", asked.Calls, Pacing.InSentence(now!.Ninth!.Value)];
      return Say(Parts(now.Median!.Value), $"{half} {Compared(asked, now, before)}".Trim());
    }
    return now.IsTooOftenUnreached() ? Say([(now!.NotReachedInWords(), T["hub.not-reached"])], T["hub.times.unreached", asked.Calls])
      : Say([(Fmt.None, "")], T["times.lead.few", Pacing.FewestForTime]);
  }

  private static Headline Of(
      OpenEdition edition, Comparison compare, IReadOnlyList<(string, string)> value, string compared,
      Func<string, decimal?> month, Unit unit) =>
    new(edition, compare, new() {
      Name = edition.Dataset.Label.Here, Href = edition.Dataset.Page, Value = value, Compared = compared,
      Trend = YearLine.Of(edition, T["hub.line", edition.Dataset.Label.Here], compare.Now.To.Year, month, unit: unit),
      Counts = edition.Dataset.Definition.Here, KeepInMind = edition.Dataset.Caveat.Here, Edition = EditionWords.Line(edition),
    });

  // under 10 a percentage would swing on one report; within chance it would claim a change
  private static string Compared(long now, long then, Period before) {
    var direction = Chance.Of(now, then);
    if (direction == Direction.AboutTheSame) return T["hub.compared.same", then, before.InWords];
    if (then < 10) return T["hub.compared.small", Fmt.Capital(Fmt.Word(direction)), then, before.InWords];
    var percent = Fmt.Percent(Math.Abs(now - then) / (decimal)then);
    return T[now < then ? "hub.compared.fewer" : "hub.compared.more", percent, then, before.InWords];
  }

  private static string Compared(AskedTimes asked, ResponseFigure now, ResponseFigure? before) {
    var pace = Pacing.OfMedians(now, before);
    return asked.Compare.Before is not { } days || pace == Pace.TooFew ? ""
      : T[$"hub.times.{pace}", days.InWords, Pacing.InSentence(before!.Median!.Value)];
  }

  /// <summary>"6 min 12 s" as numbers and small units.</summary>
  private static IReadOnlyList<(string, string)> Parts(double seconds) =>
    [.. Pacing.Write(seconds).Split(' ').Chunk(2).Select(p => (p[0], p[1]))];
}
