using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Charts;

/// <summary>One step of a trend.</summary>
/// <param name="Label">At the axis: "Sep".</param>
/// <param name="FullLabel">In the table and in sentences: "September".</param>
/// <param name="Now">This year; null is a gap in the line.</param>
/// <param name="Before">The same step of last year.</param>
public sealed record TrendPoint(string Label, string FullLabel, decimal? Now, decimal? Before = null) {
  /// <summary>This year's value is not complete yet: drawn dashed to a hollow dot, said beside the chart, compared with nothing.</summary>
  public bool NowGrows { get; init; }
  /// <summary>So is last year's, as December's is in January.</summary>
  public bool BeforeGrows { get; init; }

  internal bool Grows => NowGrows || BeforeGrows;
}

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
  /// <param name="title">The chart's name.</param>
  /// <param name="year">The year of <paramref name="now"/>.</param>
  /// <param name="now">January first; null is a gap.</param>
  /// <param name="before">The year before, or null for none.</param>
  /// <param name="unit">What the values are.</param>
  /// <param name="growsFrom">The first day that is not complete yet; the months from the one it is in are marked so.</param>
  public static TrendModel OfYear(
      string title, int year, IReadOnlyList<decimal?> now, IReadOnlyList<decimal?>? before = null, Unit unit = Unit.Count,
      DateOnly? growsFrom = null) {
    bool Grows(decimal? value, int y, int month) => value is not null && new DateOnly(y, month, DateTime.DaysInMonth(y, month)) >= growsFrom;
    TrendPoint Point(int month) {
      var (here, then) = (now.ElementAtOrDefault(month - 1), before?.ElementAtOrDefault(month - 1));
      return new(Fmt.Capital(Fmt.MonthShort(month)), Fmt.Capital(Fmt.Month(month)), here, then) {
        NowGrows = Grows(here, year, month), BeforeGrows = Grows(then, year - 1, month),
      };
    }
    return new() {
      Title = title,
      NowName = $"{year}",
      BeforeName = before is null ? null : $"{year - 1}",
      Unit = unit,
      Points = [.. Enumerable.Range(1, 12).Select(Point)],
    };
  }

  /// <summary>
  /// What the picture shows, in one or two sentences made from its own rows: how often above or below last year, and the highest step. A step
  /// that is not complete yet is not compared: it would read as a drop.
  /// </summary>
  public string Says {
    get {
      var t = Texts.Of(typeof(TrendModel));
      if (Points.All(p => p.Now is null)) return t["trend.nothing", NowName];
      var both = Points.Where(p => p is { Now: not null, Before: not null, Grows: false }).ToList();
      var (below, above) = (both.Count(p => p.Now < p.Before), both.Count(p => p.Now > p.Before));
      var compared = both.Count < 2 ? ""
        : below == both.Count ? t[$"trend.all-below.{Step}", BeforeName]
        : above == both.Count ? t[$"trend.all-above.{Step}", BeforeName]
        : below + above == 0 ? t[$"trend.all-same.{Step}", BeforeName]
        : t[$"trend.mixed.{Step}", BeforeName, below, both.Count, above];
      var highest = Points.Where(p => p.Now is not null).MaxBy(p => p.Now)!;
      var peak = highest.Now == 0 ? t["trend.zero"] : t["trend.highest", InSentence(highest), Unit.Write(highest.Now!.Value)];
      return $"{compared} {peak}".Trim();
    }
  }

  /// <summary>What the dashes mean, with the steps they lead to: "Dashed, because not complete yet: August and September." Null without any.</summary>
  public string? Dashed {
    get {
      var growing = Points.Where(p => p.Grows).Select(InSentence).ToList();
      return growing.Count == 0 ? null : Texts.Of(typeof(TrendModel))["trend.dashed", Fmt.List(growing)];
    }
  }

  internal string Described => Dashed is { } dashed ? $"{Says} {dashed}" : Says;

  private string InSentence(TrendPoint point) =>
    Step == Step.Month && Words.IsSpanish ? point.FullLabel.ToLowerInvariant() : point.FullLabel;
}
