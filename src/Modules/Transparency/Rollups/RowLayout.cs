namespace Porchlight.Transparency.Rollups;

/// <summary>
/// The columns of a dataset's published rows, by what they are for. A dataset's declaration gives it; nothing here knows a dataset by
/// name. Area, type, category, priority and status are VARCHAR codes, NULL for none.
/// </summary>
internal sealed record RowLayout {
  /// <summary>TIMESTAMP at a full hour: the hour the row counts on.</summary>
  public required string EventHour { get; init; }
  public string Area { get; init; } = "area";
  public string Type { get; init; } = "type";
  /// <summary>Null: types have no categories.</summary>
  public string? Category { get; init; } = "category";
  /// <summary>Null: rows have no priority.</summary>
  public string? Priority { get; init; }
  /// <summary>
  /// UTINYINT columns of 0 and 1 whose sums are units beside the count of rows, at most 4: <c>first</c> is 1 on one row of each incident,
  /// so that its sum by month and area counts incidents; <c>first_in_category</c> on one row of each incident and category.
  /// </summary>
  public IReadOnlyList<string> Flags { get; init; } = [];
  /// <summary>INTEGER columns, degrees in thousandths rounded down; null: no points are published.</summary>
  public (string Lat, string Lon)? Cell { get; init; }
  /// <summary>Names of durations; each has an INTEGER column <c>s_NAME</c> of seconds, NULL where it is missing.</summary>
  public IReadOnlyList<string> Intervals { get; init; } = [];
  /// <summary>The interval that ends with an officer's arrival: a counted row without it was not reached. Null: not asked.</summary>
  public string? Arrival { get; init; }
  /// <summary>Null: every row counts. Otherwise <c>counted</c>, or why a row is left out, one of <see cref="LeftOut"/>.</summary>
  public string? Status { get; init; }
  /// <summary>Statuses of rows that are left out of all counts and times, and counted beside them.</summary>
  public IReadOnlyList<string> LeftOut { get; init; } = [];
  /// <summary>Further columns that are published and never counted by.</summary>
  public IReadOnlyList<string> Others { get; init; } = [];

  /// <summary>The status of rows that count.</summary>
  public const string Counted = "counted";

  /// <summary>The unit that counts rows.</summary>
  public const string Rows = "n";

  /// <summary>The units: rows, then the flags.</summary>
  public IReadOnlyList<string> Units => [Rows, .. Flags];

  /// <summary>The column of an interval.</summary>
  public static string Seconds(string interval) => "s_" + interval;

  /// <summary>Every column, in the order of the file.</summary>
  public IEnumerable<string> Columns => ((string?[])[
    EventHour, Area, Type, Category, Priority, Status, Cell?.Lat, Cell?.Lon, .. Flags, .. Intervals.Select(Seconds), .. Others,
  ]).OfType<string>();
}
