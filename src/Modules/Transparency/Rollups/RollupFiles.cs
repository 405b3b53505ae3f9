namespace Porchlight.Transparency.Rollups;

/// <summary>How long the period is that a city-only count stands for.</summary>
internal enum CityPeriod {
  Month = 1,
  Quarter = 2,
  Year = 3,
}

/// <summary>Names, columns and keys of the roll-up files of an edition.</summary>
internal static class RollupFiles {
  public const string Folder = "rollups", Counts = "counts.bin", Days = "days.bin", Excluded = "excluded.bin", Cells = "cells.bin";

  public static string Seconds(string interval) => $"seconds-{interval}.bin";

  /// <summary>The files that a layout calls for, with their columns.</summary>
  public static IEnumerable<(string File, SegmentColumn[] Columns)> Of(RowLayout layout) {
    SegmentColumn[] units = [.. layout.Units.Select(unit => new SegmentColumn(unit, 4))];
    SegmentColumn[] runs = [new("area", 2), new("end", 4)];
    yield return (Counts, [.. runs, new("type", 2), new("priority", 1), .. units]);
    yield return (Days, [.. runs, new("category", 1), .. units]);
    foreach (var interval in layout.Intervals)
      yield return (Seconds(interval), [
        new("area", 2), new("priority", 1), new("end", 4), new("seconds_n", 4),
        new("over_run", 4), new("over_seconds", 4), new("over_n", 4),
      ]);
    SegmentColumn[] reasons = [.. Reasons(layout)];
    if (reasons.Length > 0) yield return (Excluded, [new("area", 2), new("priority", 1), .. reasons]);
    if (layout.Cell is not null) yield return (Cells, CellGrid.Columns);
  }

  /// <summary>
  /// The columns of <see cref="Excluded"/> after area and priority: why a row is in no response time, or not in this one.
  /// </summary>
  public static IEnumerable<SegmentColumn> Reasons(RowLayout layout) => [
    .. layout.LeftOut.Select(why => new SegmentColumn(why, 4)), .. (SegmentColumn[])(layout.Arrival is null ? [] : [new("not-reached", 4)]),
    .. layout.Intervals.SelectMany(interval => (SegmentColumn[])[new("missing-" + interval, 4), new("negative-" + interval, 4)]),
  ];

  /// <summary>Months since year 0; the key of a month's rows.</summary>
  public static int MonthKey(DateOnly day) => (day.Year * 12) + day.Month - 1;
  public static DateOnly Month(int key) => new(key / 12, (key % 12) + 1, 1);
  /// <summary>The key of a day's rows.</summary>
  public static int DayKey(DateOnly day) => day.DayNumber;

  /// <summary>The key, in counts, of what is counted for the city only in a period: beyond those of all months.</summary>
  public static int CityKey(CityPeriod kind, DateOnly start) => ((int)kind << 24) | MonthKey(start);
  public const int FirstCityKey = 1 << 24;
  public static (CityPeriod Kind, DateOnly From, DateOnly To) City(int key) {
    var kind = (CityPeriod)(key >> 24);
    var from = Month(key & 0xFFFFFF);
    return (kind, from, from.AddMonths(kind switch { CityPeriod.Month => 1, CityPeriod.Quarter => 3, _ => 12 }).AddDays(-1));
  }
}
