namespace Porchlight.Transparency.Rollups;

/// <summary>What an answer can be broken down by, and how it stands in a key.</summary>
internal enum By {
  /// <summary>2024.</summary>
  Year,
  /// <summary>202403.</summary>
  Month,
  /// <summary>The Monday it begins on, 20240304.</summary>
  Week,
  /// <summary>20240305.</summary>
  Day,
  /// <summary>1 Monday to 7 Sunday.</summary>
  Weekday,
  /// <summary>0 to 23.</summary>
  Hour,
  /// <summary>Numbers of <see cref="Labels"/>; 0 none, 1 counted for the city only.</summary>
  Area,
  Type,
  Category,
  Priority,
}

/// <summary>
/// Which rows, and broken down by what. A filter that is null lets all through; one that is given lets through the numbers in it, 0
/// (none) too.
/// </summary>
internal abstract record Question {
  /// <summary>First day.</summary>
  public required DateOnly From { get; init; }
  /// <summary>Last day.</summary>
  public required DateOnly To { get; init; }
  /// <summary>In the order of the key; none: one total.</summary>
  public IReadOnlyList<By> By { get; init; } = [];
  public IReadOnlyCollection<int>? Areas { get; init; }
  public IReadOnlyCollection<int>? Types { get; init; }
  public IReadOnlyCollection<int>? Categories { get; init; }
  public IReadOnlyCollection<int>? Priorities { get; init; }
  public CellBox? Box { get; init; }

  /// <summary>Everything it reads: what it is broken down by and what it filters.</summary>
  internal IEnumerable<By> Fields => [
    .. By, .. Areas is null ? (By[])[] : [Rollups.By.Area], .. Types is null ? (By[])[] : [Rollups.By.Type],
    .. Categories is null ? (By[])[] : [Rollups.By.Category], .. Priorities is null ? (By[])[] : [Rollups.By.Priority],
  ];

  /// <summary>The filter of a field.</summary>
  internal IReadOnlyCollection<int>? Filter(By field) => field switch {
    Rollups.By.Area => Areas,
    Rollups.By.Type => Types,
    Rollups.By.Category => Categories,
    Rollups.By.Priority => Priorities,
    _ => null,
  };
}

/// <summary>How many.</summary>
internal sealed record CountQuestion : Question {
  /// <summary><see cref="RowLayout.Rows"/> or one of the layout's flags.</summary>
  public string Unit { get; init; } = RowLayout.Rows;
}

/// <summary>How long: percentiles of an interval, and how many were within so many seconds.</summary>
internal sealed record SecondsQuestion : Question {
  public required string Interval { get; init; }
  /// <summary>Each 0 to 1.</summary>
  public IReadOnlyList<double> Quantiles { get; init; } = [0.5, 0.9];
  public IReadOnlyList<int> Within { get; init; } = [];
}

/// <summary>What stands beside the times: how many rows are in none of them, or not in this one, and why.</summary>
internal sealed record ExcludedQuestion : Question;

/// <summary>Where an answer came from; shown in traces.</summary>
[Flags]
internal enum AnswerPath {
  None = 0,
  Counts = 1,
  Days = 2,
  Cells = 4,
  Seconds = 8,
  Excluded = 16,
  Rows = 32,
}

/// <summary>A group and its count. Groups without any are not listed; without a breakdown there is always one row.</summary>
internal readonly record struct CountRow(int[] Key, long N);

/// <summary>How many.</summary>
/// <param name="Rows">Ascending by key.</param>
/// <param name="CityOnlyLeftOut">
/// What is counted for the city only in periods that overlap the question's but do not fit into it or its breakdown, so that it could not
/// be added. Year to date leaves a class that is shown by year out, and says so with this.
/// </param>
/// <param name="TimedOut">No answer within the deadline: say so (503), never show zero.</param>
internal sealed record CountAnswer(IReadOnlyList<CountRow> Rows, AnswerPath Path, long CityOnlyLeftOut = 0, bool TimedOut = false);

/// <summary>A group's times.</summary>
/// <param name="N">How many values.</param>
/// <param name="Quantiles">In the order asked; NaN where N is 0.</param>
/// <param name="Within">How many took at most so long, in the order asked.</param>
/// <param name="Intervals">Of the quantiles; null where there are too few values for one.</param>
internal readonly record struct SecondsRow(int[] Key, long N, double[] Quantiles, long[] Within, TimeInterval?[] Intervals);

/// <summary>Seconds between which a quantile lies, 19 times in 20.</summary>
internal readonly record struct TimeInterval(int Low, int High);

/// <inheritdoc cref="CountAnswer"/>
internal sealed record SecondsAnswer(IReadOnlyList<SecondsRow> Rows, AnswerPath Path, bool TimedOut = false);

/// <summary>A group's counts, in the order of <see cref="ExcludedAnswer.Reasons"/>.</summary>
internal readonly record struct ExcludedRow(int[] Key, long[] N);

/// <inheritdoc cref="CountAnswer"/>
/// <param name="Reasons">
/// The layout's left-out statuses, then <c>not-reached</c>, then <c>missing-</c> and <c>negative-</c> each interval.
/// </param>
internal sealed record ExcludedAnswer(
  IReadOnlyList<string> Reasons, IReadOnlyList<ExcludedRow> Rows, AnswerPath Path, bool TimedOut = false);
