using System.Globalization;
using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.ResponseTimes;

/// <summary>The times behind the page: asked once, shown as page, CSV or JSON.</summary>
/// <param name="Now">By interval and priority.</param>
/// <param name="Before">The same, in the same days a year before; empty where the data do not reach back.</param>
/// <param name="Months">Of the whole time and the asked priority, this year and the year before, by "2025-09".</param>
/// <param name="Areas">Of the whole time and the asked priority, by area; empty where one area was asked for.</param>
/// <param name="AreasBefore">The same a year before.</param>
/// <param name="CityOnly">Calls counted for the city only: they have no times.</param>
internal sealed record ResponseData(
    AskedTimes Asked, IReadOnlyDictionary<(string Interval, string Priority), ResponseFigure> Now, IReadOnlyDictionary<(string Interval, string Priority), ResponseFigure> Before,
    IReadOnlyDictionary<string, ResponseFigure> Months, IReadOnlyDictionary<string, ResponseFigure> Areas, IReadOnlyDictionary<string, ResponseFigure> AreasBefore, long CityOnly) {
  /// <summary>The interval from the call to the first officer there.</summary>
  public const string Whole = "total";

  /// <summary>The whole time of the asked priority.</summary>
  public ResponseFigure? Headline => Of(Now, Asked.Priority ?? "");
  /// <summary>The same a year before.</summary>
  public ResponseFigure? HeadlineBefore => Of(Before, Asked.Priority ?? "");

  public static async Task<ResponseData> ReadAsync(OpenEdition edition, AskedTimes asked, CancellationToken ct) {
    var (now, before) = (asked.Compare.Now, asked.Compare.Before);
    async Task<Dictionary<(string, string), ResponseFigure>> All(Period? period) {
      var all = new Dictionary<(string, string), ResponseFigure>();
      if (period is not { } days) return all;
      foreach (var interval in edition.Dataset.Intervals)
        foreach (var figure in await edition.ResponseAsync(interval.Name, asked.Priority is null ? ResponseSplit.All : ResponseSplit.Priority, days, asked.Area, null, ct))
          all[(interval.Name, figure.Key)] = figure;
      return all;
    }
    async Task<Dictionary<string, ResponseFigure>> Split(ResponseSplit by, Period? period) => period is not { } days ? []
      : (await edition.ResponseAsync(Whole, by, days, by == ResponseSplit.Area ? null : asked.Area, asked.Priority, ct)).ToDictionary(f => f.Key);
    return new(asked, await All(now), await All(before), await Split(ResponseSplit.Month, TwoYears(edition, now.To.Year)),
      asked.Area is null ? await Split(ResponseSplit.Area, now) : [], asked.Area is null ? await Split(ResponseSplit.Area, before) : [],
      asked.Area is null ? (await edition.CountAsync(SplitBy.Area, now, new(), Counted.Rows, ct)).GetValueOrDefault(OpenEdition.CityOnly) : 0);
  }

  /// <summary>A year and the one before it, as far as there are rows.</summary>
  public static Period TwoYears(OpenEdition edition, int year) {
    var (from, to) = (new DateOnly(year - 1, 1, 1), new DateOnly(year, 12, 31));
    return new(from < edition.Covered.From ? edition.Covered.From : from, to > edition.Covered.To ? edition.Covered.To : to);
  }

  /// <summary>The page's tables as one. A time made from fewer than ten calls is left out here too.</summary>
  public PublicRows Rows() {
    var rows = new List<IReadOnlyList<object?>>();
    void Add(string by, string code, string priority, string interval, Period period, ResponseFigure f) => rows.Add([
      by, code, priority, interval, period.From, period.To, f.Calls, Seconds(f, f.Median), Seconds(f, f.Ninth), f.NotReached, f.Missing, f.Negative, f.OnView, f.OtherAgency, f.Open, f.Cancelled]);
    foreach (var ((interval, priority), figure) in Now) Add("priority", "", priority, interval, Asked.Compare.Now, figure);
    foreach (var ((interval, priority), figure) in Before) Add("priority", "", priority, interval, Asked.Compare.Before!.Value, figure);
    foreach (var (area, figure) in Areas.OrderBy(a => a.Key, StringComparer.Ordinal)) Add("area", area, Asked.Priority ?? "", Whole, Asked.Compare.Now, figure);
    foreach (var (area, figure) in AreasBefore.OrderBy(a => a.Key, StringComparer.Ordinal)) Add("area", area, Asked.Priority ?? "", Whole, Asked.Compare.Before!.Value, figure);
    foreach (var (month, figure) in Months.OrderBy(m => m.Key, StringComparer.Ordinal)) {
      var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
      Add("month", month, Asked.Priority ?? "", Whole, new(first, first.AddMonths(1).AddDays(-1)), figure);
    }
    return new(["split_by", "code", "priority", "interval", "from", "to", "calls", "median_seconds", "ninth_decile_seconds", "not_reached", "missing_time", "negative_time", "on_view", "other_agency", "open", "cancelled"], rows);
  }

  private static double? Seconds(ResponseFigure figure, double? seconds) => figure.Calls < Pacing.FewestForTime || seconds is not { } exact ? null : Math.Round(exact, 1);
  private static ResponseFigure? Of(IReadOnlyDictionary<(string, string), ResponseFigure> figures, string priority) => figures.GetValueOrDefault((Whole, priority));
}
