using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Charts;

/// <summary>One step of a trend.</summary>
/// <param name="Label">At the axis: "Sep".</param>
/// <param name="FullLabel">In the table and in sentences: "September".</param>
/// <param name="Now">This year; null is a gap in the line.</param>
/// <param name="Before">The same step of last year.</param>
public sealed record TrendPoint(string Label, string FullLabel, decimal? Now, decimal? Before = null);

/// <summary>The length of a step, for the sentence.</summary>
public enum Step {
  /// <summary>Months.</summary>
  Month,
  /// <summary>Quarters.</summary>
  Quarter,
  /// <summary>Years.</summary>
  Year,
  /// <summary>Days.</summary>
  Day,
}

/// <summary>This year's line with last year's behind it, and the same rows as a table.</summary>
public sealed record TrendModel {
  /// <summary>The chart's name: "Reported crime, month by month".</summary>
  public required string Title { get; init; }
  /// <summary>In order of time; the whole year, also the part that has not come.</summary>
  public required IReadOnlyList<TrendPoint> Points { get; init; }
  /// <summary>"2025".</summary>
  public required string NowName { get; init; }
  /// <summary>"2024", or null where there is nothing behind.</summary>
  public string? BeforeName { get; init; }
  /// <summary>What the values are.</summary>
  public Unit Unit { get; init; } = Unit.Count;
  /// <summary>The length of a step.</summary>
  public Step Step { get; init; } = Step.Month;
  /// <summary>A note under the chart: what is left out, a break in the counting.</summary>
  public string? Note { get; init; }

  /// <summary>The twelve months of a year: a list shorter than twelve leaves the rest of the year empty.</summary>
  public static TrendModel OfYear(string title, int year, IReadOnlyList<decimal?> now, IReadOnlyList<decimal?>? before = null, Unit unit = Unit.Count) => new() {
    Title = title,
    NowName = $"{year}",
    BeforeName = before is null ? null : $"{year - 1}",
    Unit = unit,
    Points = [.. Enumerable.Range(1, 12).Select(m => new TrendPoint(Fmt.Capital(Fmt.MonthShort(m)), Fmt.Capital(Fmt.Month(m)), now.ElementAtOrDefault(m - 1), before?.ElementAtOrDefault(m - 1)))],
  };

  /// <summary>What the picture shows, in one or two sentences made from its own rows: how often above or below last year, and the highest step.</summary>
  public string Says {
    get {
      var t = Texts.Of(typeof(TrendModel));
      if (Points.All(p => p.Now is null)) return t["trend.nothing", NowName];
      var both = Points.Where(p => p is { Now: not null, Before: not null }).ToList();
      var (below, above) = (both.Count(p => p.Now < p.Before), both.Count(p => p.Now > p.Before));
      var compared = both.Count < 2 ? ""
        : below == both.Count ? t[$"trend.all-below.{Step}", BeforeName]
        : above == both.Count ? t[$"trend.all-above.{Step}", BeforeName]
        : t[$"trend.mixed.{Step}", BeforeName, below, both.Count, above];
      var highest = Points.Where(p => p.Now is not null).MaxBy(p => p.Now)!;
      var peak = t["trend.highest", Step == Step.Month && Words.IsSpanish ? highest.FullLabel.ToLowerInvariant() : highest.FullLabel, Unit.Write(highest.Now!.Value)];
      return $"{compared} {peak}".Trim();
    }
  }
}
