using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>What is counted for the city only, as a relation.</summary>
/// <param name="Sql">
/// A SELECT of period (DATE, its first day), kind (month, quarter, year), the layout's type column (VARCHAR code), n and each flag
/// (BIGINT).
/// </param>
internal sealed record CityPeriods(string Sql);

/// <summary>
/// Classes that are published only for the city, and only by a period long enough to hide in: no rows, but segments of counts with area 1
/// and no priority, keyed by kind of period and start. They enter an answer only where the whole period does.
/// </summary>
internal static class CityCounts {
  public const string File = "city-periods.parquet";

  /// <summary>Reads the segments from the published file; ascending by key.</summary>
  /// <exception cref="InvalidOperationException">A type has no label, or a period is none: a bug of the publisher's.</exception>
  public static IEnumerable<BuiltSegment> Segments(
      DuckConnection connection, RowLayout layout, Labels labels, string path, CancellationToken ct) {
    var units = string.Join(", ", layout.Units.Select(unit => $"{Sql.Name(unit)}::BIGINT"));
    var sql = $"SELECT period::DATE, kind, {Sql.Name(layout.Type)}, {units} FROM read_parquet($1)";
    var rows = connection.List(sql, [path], row => (
      Key: Key(row.Date(0), row.Text(1)), Type: Type(labels, row.Text(2)),
      N: layout.Units.Select((_, unit) => checked((uint)row.Long(3 + unit))).ToArray()), ct);
    return rows.GroupBy(row => row.Key).OrderBy(period => period.Key).Select(period => {
      var cells = period.OrderBy(row => row.Type).ToArray();
      return new BuiltSegment(RollupFiles.Counts, period.Key, [
        new ushort[] { Labels.CityOnly }, new uint[] { (uint)cells.Length },
        cells.Select(cell => cell.Type).ToArray(), new byte[cells.Length],
        .. layout.Units.Select((_, unit) => cells.Select(cell => cell.N[unit]).ToArray()),
      ]);
    });
  }

  private static int Key(DateOnly? start, string? kind) => (start, kind) switch {
    ( { Day: 1 } month, "month") => RollupFiles.CityKey(CityPeriod.Month, month),
    ( { Day: 1, Month: 1 or 4 or 7 or 10 } quarter, "quarter") => RollupFiles.CityKey(CityPeriod.Quarter, quarter),
    ( { Day: 1, Month: 1 } year, "year") => RollupFiles.CityKey(CityPeriod.Year, year),
    _ => throw new InvalidOperationException("A city-only count is of a period that is no month, quarter or year"),
  };

  private static ushort Type(Labels labels, string? code) {
    var type = labels.Types.Number(code);
    return type != Labels.None || code is null ? type
      : throw new InvalidOperationException("A city-only count is of a type that has no label");
  }

  /// <summary>What of them answers a question, and how many it has to leave out.</summary>
  public static (List<CountRow> Rows, long LeftOut) Answer(SegmentReader counts, int unit, CountQuestion question, Labels labels) {
    List<CountRow> rows = [];
    long leftOut = 0;
    if (question.Areas?.Contains(Labels.CityOnly) == false || question.Priorities?.Contains(Labels.None) == false) return (rows, leftOut);
    for (var i = counts.Between(RollupFiles.FirstCityKey, int.MaxValue).Start.Value; i < counts.Keys.Length; i++) {
      var (kind, from, to) = RollupFiles.City(counts.Keys[i]);
      if (to < question.From || from > question.To) continue;
      var fits = from >= question.From && to <= question.To && question.Box is null && question.By.All(field => FitsInto(kind, field));
      var segment = counts.At(i);
      var types = segment.Span<ushort>(2);
      var n = segment.Span<uint>(4 + unit);
      for (var cell = 0; cell < types.Length; cell++) {
        int type = types[cell], category = labels.CategoryOfType[type];
        if (question.Types?.Contains(type) == false || question.Categories?.Contains(category) == false) continue;
        if (fits) rows.Add(new([.. question.By.Select(field => KeyPart(field, from, type, category))], n[cell]));
        else leftOut += n[cell];
      }
    }
    return (rows, leftOut);
  }

  private static bool FitsInto(CityPeriod kind, By field) => field switch {
    By.Month => kind == CityPeriod.Month,
    By.Week or By.Day or By.Weekday or By.Hour => false,
    _ => true,
  };

  private static int KeyPart(By field, DateOnly from, int type, int category) => field switch {
    By.Year or By.Month => GroupSpace.Time(field, from),
    By.Area => Labels.CityOnly,
    By.Type => type,
    By.Category => category,
    _ => Labels.None,
  };
}
