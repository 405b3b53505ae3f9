using System.Globalization;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;
using Porchlight.Transparency.ResponseTimes;

namespace Porchlight.Transparency.Areas;

/// <summary>A measure that is a sum of categories of crime; no categories: all of them.</summary>
/// <param name="Name">In the texts and in the downloaded rows.</param>
internal sealed record Measure(string Name, IReadOnlyList<string> Categories) {
  /// <summary>What the scorecard shows of crime: all, and what residents ask about most.</summary>
  public static readonly IReadOnlyList<Measure> All = [
    new("all", []), new("theft", ["theft"]), new("assault", ["simple-assault", "aggravated-assault"]), new("car-theft", ["car-theft"]),
    new("burglary", ["burglary"]),
  ];
}

/// <summary>A measure in one area.</summary>
/// <param name="CityAverage">
/// What as many people would see at the rate of all areas together; null where there are too few of them for a rate.
/// </param>
internal sealed record Measured(Measure Measure, Pair Count, decimal? CityAverage);

/// <summary>Crime in one area, and beside it in all of them.</summary>
/// <param name="ByCategory">Categories that count as crime.</param>
/// <param name="ByMonth">This year and the year before, by "2025-09"; of an area of an earlier map, all its months.</param>
internal sealed record AreaCrime(
    OpenEdition Edition, Comparison Compare, IReadOnlyList<Measured> Measures, IReadOnlyDictionary<string, Pair> ByCategory,
    IReadOnlyDictionary<string, long> ByMonth);

/// <summary>The waiting times of one area for the most urgent calls, and of the city.</summary>
internal sealed record AreaTimes(OpenEdition Edition, AskedTimes Asked, ResponseFigure? Now, ResponseFigure? Before, ResponseFigure? City);

/// <summary>The figures behind an area's page: asked once, shown as page, CSV or JSON.</summary>
/// <param name="Crime">Null where no crime is published.</param>
/// <param name="Times">Null where no calls are published, and for areas of earlier maps.</param>
internal sealed record AreaData(PublicArea Area, bool IsEarlier, AreaCrime? Crime, AreaTimes? Times) {
  private static readonly string[] Columns =
    ["area", "measure", "part", "from", "to", "value", "before_from", "before_to", "before_value", "city_average", "calls"];

  /// <summary>All crimes of the year to date, by area.</summary>
  public static Task<IReadOnlyDictionary<string, Pair>> CityAsync(OpenEdition crime, CancellationToken ct) =>
    new Counting(crime).PairsAsync(SplitBy.Area, new Asked(crime, null, null).Compare, new(OnlyCrime: true), ct);

  public static async Task<AreaData> ReadAsync(AreaList areas, PublicArea area, CancellationToken ct) {
    if (areas.Earlier.Contains(area)) return new(area, true, areas.Crime is { } old ? await OfEarlierAsync(old, area, ct) : null, null);
    return new(area, false, areas.Crime is { } crime ? await CrimeAsync(crime, area, ct) : null,
      areas.Calls is { } calls ? await TimesAsync(calls, area, ct) : null);
  }

  private static async Task<AreaCrime> CrimeAsync(OpenEdition edition, PublicArea area, CancellationToken ct) {
    var counting = new Counting(edition);
    var compare = new Asked(edition, null, null).Compare;
    // ground that was drawn anew in between has no year before
    if (!edition.Comparable(area, compare)) compare = compare with { Before = null };
    var here = new Narrow(area.Code, OnlyCrime: true);
    var categories = await counting.PairsAsync(SplitBy.Category, compare, here, ct);
    List<Measured> measures = [];
    foreach (var measure in Measure.All) {
      var byArea = new Dictionary<string, long>();
      foreach (var category in measure.Categories.DefaultIfEmpty(null)) {
        var counts = await counting.PairsAsync(SplitBy.Area, compare, new(null, category, OnlyCrime: true), ct);
        foreach (var (code, pair) in counts) byArea[code] = byArea.GetValueOrDefault(code) + pair.Now;
      }
      measures.Add(new(measure, Sum(categories, measure, compare), CityAverage(edition, area, byArea)));
    }
    var months = await edition.CountAsync(SplitBy.Month, YearLine.TwoYears(edition, compare.Now.To.Year), here, Counted.Rows, ct);
    return new(edition, compare, measures, categories, months);
  }

  private static async Task<AreaCrime> OfEarlierAsync(OpenEdition edition, PublicArea area, CancellationToken ct) {
    var last = area.Until is { } until && until < edition.Covered.To ? until : edition.Covered.To;
    var first = area.From is { } from && from > edition.Covered.From ? from : edition.Covered.From;
    var held = new Period(first < last ? first : last, last);
    var months = await edition.CountAsync(SplitBy.Month, held, new(area.Code, OnlyCrime: true), Counted.Rows, ct);
    return new(edition, new(held, null), [], new Dictionary<string, Pair>(), months);
  }

  private static async Task<AreaTimes?> TimesAsync(OpenEdition edition, PublicArea area, CancellationToken ct) {
    // calls may have been placed by other maps than crime
    if (edition.AreasInForce.FirstOrDefault(a => a.Code == area.Code) is not { } there) return null;
    var asked = new AskedTimes(edition);
    async Task<ResponseFigure?> Of(Period? period, string? code) => period is not { } days ? null
      : (await edition.ResponseAsync(ResponseData.Whole, ResponseSplit.All, days, code, asked.Priority, ct)).SingleOrDefault();
    return new(edition, asked, await Of(asked.Compare.Now, area.Code),
      edition.Comparable(there, asked.Compare) ? await Of(asked.Compare.Before, area.Code) : null, await Of(asked.Compare.Now, null));
  }

  private static Pair Sum(IReadOnlyDictionary<string, Pair> byCategory, Measure measure, Comparison compare) =>
    byCategory.Where(c => measure.Categories.Count == 0 || measure.Categories.Contains(c.Key))
      .Aggregate(new Pair(0, compare.Before is null ? null : 0), (sum, c) => sum + c.Value);

  /// <summary>
  /// What as many people would see at the rate of all areas whose residents are known. Crimes counted for the city only are in no area, so
  /// they are not in this average either.
  /// </summary>
  internal static decimal? CityAverage(OpenEdition edition, PublicArea area, IReadOnlyDictionary<string, long> byArea) {
    var peopled = edition.AreasInForce.Where(a => a.Population is > 0).ToList();
    if (edition.Rate(0, area.Population) is null || peopled.Count == 0) return null;
    var (count, people) = (peopled.Sum(a => byArea.GetValueOrDefault(a.Code)), peopled.Sum(a => (long)a.Population!.Value));
    return (decimal)count * area.Population!.Value / people;
  }

  /// <summary>The page's tables as one.</summary>
  public PublicRows Rows() => new(Columns, [.. CrimeRows(), .. TimeRows()]);

  private IEnumerable<IReadOnlyList<object?>> CrimeRows() {
    if (Crime is not { } crime) yield break;
    var (now, before) = (crime.Compare.Now, crime.Compare.Before);
    object?[] Row(string measure, string part, Pair count, decimal? city) =>
      [Area.Code, measure, part, now.From, now.To, count.Now, before?.From, before?.To, count.Before, city, null];
    foreach (var m in crime.Measures)
      yield return Row("crimes", m.Measure.Name, m.Count, m.CityAverage is { } city ? Math.Round(city, 1) : null);
    foreach (var (category, count) in crime.ByCategory.OrderBy(c => c.Key, StringComparer.Ordinal))
      yield return Row("crimes_by_category", category, count, null);
    foreach (var (month, count) in crime.ByMonth.OrderBy(m => m.Key, StringComparer.Ordinal)) {
      var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
      yield return [Area.Code, "crimes_by_month", month, first, first.AddMonths(1).AddDays(-1), count, null, null, null, null, null];
    }
  }

  private IEnumerable<IReadOnlyList<object?>> TimeRows() {
    if (Times is not { Now: { } times } all) yield break;
    var (now, before) = (all.Asked.Compare.Now, all.Before is null ? null : all.Asked.Compare.Before);
    object?[] Row(string part, Func<ResponseFigure, double?> of) => [
      Area.Code, "urgent_calls", part, now.From, now.To, Given(times, of), before?.From, before?.To, Given(all.Before, of),
      Given(all.City, of), times.Calls,
    ];
    yield return Row("median_seconds", f => f.Median);
    yield return Row("ninth_decile_seconds", f => f.Ninth);
  }

  private static double? Given(ResponseFigure? figure, Func<ResponseFigure, double?> of) =>
    figure.HasTime() && of(figure!) is { } exact ? Math.Round(exact, 1) : null;
}
