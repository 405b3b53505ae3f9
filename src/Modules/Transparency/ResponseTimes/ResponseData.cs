using System.Globalization;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;

namespace Porchlight.Transparency.ResponseTimes;

using ByInterval = IReadOnlyDictionary<(string Interval, string Priority), ResponseFigure>;
using ByKey = IReadOnlyDictionary<string, ResponseFigure>;

/// <summary>The times behind the page: asked once, shown as page, CSV or JSON.</summary>
/// <param name="Now">By interval and priority.</param>
/// <param name="Before">The same, in the same days a year before; empty where the data do not reach back.</param>
/// <param name="Months">Of the whole time and the asked priority, this year and the year before, by "2025-09".</param>
/// <param name="Areas">Of the whole time and the asked priority, by area; empty where one area was asked for.</param>
/// <param name="AreasBefore">The same a year before.</param>
/// <param name="CityOnly">Calls counted for the city only: they have no times.</param>
internal sealed record ResponseData(
    AskedTimes Asked, ByInterval Now, ByInterval Before, ByKey Months, ByKey Areas, ByKey AreasBefore, long CityOnly) {
  /// <summary>The interval from the call to the first officer there.</summary>
  public const string Whole = "total";

  private static readonly ByKey Nothing = new Dictionary<string, ResponseFigure>();
  private static readonly string[] Columns = [
    "split_by", "code", "priority", "interval", "from", "to", "calls", "median_seconds", "median_from", "median_to",
    "ninth_decile_seconds", "ninth_decile_from", "ninth_decile_to",
    "not_reached", "missing_time", "negative_time", "on_view", "other_agency", "open", "cancelled",
  ];

  /// <summary>The whole time of the asked priority.</summary>
  public ResponseFigure? Headline => Now.GetValueOrDefault((Whole, Asked.Priority ?? ""));
  /// <summary>The same a year before.</summary>
  public ResponseFigure? HeadlineBefore => Before.GetValueOrDefault((Whole, Asked.Priority ?? ""));

  public static async Task<ResponseData> ReadAsync(OpenEdition edition, AskedTimes asked, CancellationToken ct) {
    var (now, before) = (asked.Compare.Now, asked.Compare.Before);
    async Task<ByInterval> All(Period? period) {
      var all = new Dictionary<(string, string), ResponseFigure>();
      if (period is not { } days) return all;
      var by = asked.Priority is null ? ResponseSplit.All : ResponseSplit.Priority;
      foreach (var interval in edition.Dataset.Intervals) {
        var figures = await edition.ResponseAsync(interval.Name, by, days, asked.Area, null, ct);
        foreach (var figure in figures) all[(interval.Name, figure.Key)] = figure;
      }
      return all;
    }
    async Task<ByKey> Split(ResponseSplit by, Period? period) => period is not { } days ? Nothing
      : (await edition.ResponseAsync(Whole, by, days, asked.Area, asked.Priority, ct)).ToDictionary(f => f.Key);
    var months = await Split(ResponseSplit.Month, YearLine.TwoYears(edition, now.To.Year));
    var data = new ResponseData(asked, await All(now), await All(before), months, Nothing, Nothing, 0);
    if (asked.Area is not null) return data;
    var calls = await edition.CountAsync(SplitBy.Area, now, new(), Counted.Rows, ct);
    return data with {
      Areas = await Split(ResponseSplit.Area, now),
      AreasBefore = await Split(ResponseSplit.Area, before),
      CityOnly = calls.GetValueOrDefault(OpenEdition.CityOnly),
    };
  }

  /// <summary>The page's tables as one. A time made from fewer than ten calls is left out here too.</summary>
  public PublicRows Rows() {
    var rows = new List<IReadOnlyList<object?>>();
    var priorityAsked = Asked.Priority ?? "";
    void Add(string by, string code, string priority, string interval, Period period, ResponseFigure f) => rows.Add([
      by, code, priority, interval, period.From, period.To, f.Calls,
      Seconds(f, f.Median), Seconds(f, f.MedianWithin?.Low), Seconds(f, f.MedianWithin?.High), Seconds(f, f.Ninth), Seconds(f, f.NinthWithin?.Low), Seconds(f, f.NinthWithin?.High),
      f.NotReached, f.Missing, f.Negative, f.OnView, f.OtherAgency, f.Open, f.Cancelled,
    ]);
    void AddAreas(ByKey areas, Period period) {
      foreach (var (area, f) in areas.OrderBy(a => a.Key, StringComparer.Ordinal)) Add("area", area, priorityAsked, Whole, period, f);
    }
    var (now, before) = (Asked.Compare.Now, Asked.Compare.Before);
    foreach (var ((interval, priority), figure) in Now) Add("priority", "", priority, interval, now, figure);
    AddAreas(Areas, now);
    if (before is { } then) {
      foreach (var ((interval, priority), figure) in Before) Add("priority", "", priority, interval, then, figure);
      AddAreas(AreasBefore, then);
    }
    foreach (var (month, figure) in Months.OrderBy(m => m.Key, StringComparer.Ordinal)) {
      var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
      Add("month", month, priorityAsked, Whole, new(first, first.AddMonths(1).AddDays(-1)), figure);
    }
    return new(Columns, rows);
  }

  private static double? Seconds(ResponseFigure figure, double? seconds) =>
    figure.Calls < Pacing.FewestForTime || seconds is not { } exact ? null : Math.Round(exact, 1);
}
