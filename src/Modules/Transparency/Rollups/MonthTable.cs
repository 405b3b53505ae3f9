using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// A connection on which codes are ENUMs made from the labels, so that rows come out of DuckDB as label numbers and a code without a label
/// is refused. On it, a month of rows at a time is loaded, written and counted.
/// </summary>
internal sealed class MonthTable : IDisposable {
  private readonly RowLayout _layout;
  private readonly Labels _labels;

  public MonthTable(DuckDatabase database, RowLayout layout, Labels labels) {
    (Connection, _layout, _labels) = (database.Connect(), layout, labels);
    CreateEnum("area", labels.Areas.All);
    CreateEnum("type", labels.Types.All);
    CreateEnum("category", labels.Categories.All);
    CreateEnum("priority", labels.Priorities.All);
    CreateEnum("status", [RowLayout.Counted, .. layout.LeftOut]);
  }

  public DuckConnection Connection { get; }

  private void CreateEnum(string name, IEnumerable<ILabel> labels) => CreateEnum(name, [.. labels.Select(label => label.Code)]);

  private void CreateEnum(string name, string[] words) {
    // an ENUM needs a word; this one matches no code, so every value of a field without labels is refused
    if (words.Length == 0) words = ["\u0001"];
    Connection.Execute($"CREATE TEMP TYPE label_{name} AS ENUM ({string.Join(", ", words.Select(Sql.Text))})");
  }

  // Expressions of label numbers over published rows.
  public string Area => Number(_layout.Area, "area", _labels.Areas.First);
  public string Type => Number(_layout.Type, "type", _labels.Types.First);
  public string Category => Number(_layout.Category, "category", _labels.Categories.First);
  public string Priority => Number(_layout.Priority, "priority", _labels.Priorities.First);

  private static string Number(string? column, string type, int first) =>
    column is null ? "0" : $"coalesce(enum_code({Sql.Name(column)}::label_{type})::INT + {first}, 0)";

  /// <summary>Makes table <c>m</c> of a relation's rows in [month, next); its columns are the layout's.</summary>
  /// <param name="relation">A SELECT in which $1 and $2 are the month and the next, TIMESTAMPs. It is cut by them once more.</param>
  /// <param name="month">The first of the month.</param>
  /// <param name="ct">Cancelling interrupts.</param>
  /// <returns>Its rows.</returns>
  /// <exception cref="InvalidOperationException">A value has no label.</exception>
  public long Load(string relation, DateOnly month, CancellationToken ct) {
    var hour = Sql.Name(_layout.EventHour);
    var columns = string.Join(", ", _layout.Columns.Select(Column));
    try {
      Connection.Execute(
        $"CREATE OR REPLACE TEMP TABLE m AS SELECT {columns} FROM ({relation}) WHERE {hour} >= $1 AND {hour} < $2",
        [month.ToDateTime(default), month.AddMonths(1).ToDateTime(default)], ct);
    } catch (DuckException unknown) when (unknown.Kind == DuckErrorKind.Data) {
      throw new InvalidOperationException($"A row of {month:yyyy-MM} has a code that has no label, or a value of the wrong type", unknown);
    }
    return Connection.Scalar<long>("SELECT count(*) FROM m", ct);
  }

  private string Column(string column) {
    var name = Sql.Name(column);
    return Typed() is { } typed ? $"{typed} AS {name}" : name;

    string? Typed() {
      if (column == _layout.EventHour) return $"date_trunc('hour', {name})::TIMESTAMP";
      if (column == _layout.Area) return $"{name}::label_area";
      if (column == _layout.Type) return $"{name}::label_type";
      if (column == _layout.Category) return $"{name}::label_category";
      if (column == _layout.Priority) return $"{name}::label_priority";
      if (column == _layout.Status) return $"coalesce({name}, '')::label_status";   // a row without one neither counts nor is left out
      if (_layout.Flags.Contains(column)) return $"(coalesce({name}, 0) <> 0)::UTINYINT";
      string?[] numbers = [_layout.Cell?.Lat, _layout.Cell?.Lon, .. _layout.Intervals.Select(RowLayout.Seconds)];
      return numbers.Contains(column) ? $"{name}::INTEGER" : null;
    }
  }

  /// <summary>
  /// Writes <c>m</c> as a file of published rows. They are ordered by all their columns: the order of arrival would give back the minutes
  /// that the hour hides. It also makes the file the same byte for byte every time.
  /// </summary>
  public void Write(string path, CancellationToken ct) =>
    Connection.Execute($"COPY (FROM m ORDER BY ALL) TO {Sql.Text(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)", ct);

  /// <summary>Counts <c>m</c>.</summary>
  public MonthRollups Count(DateOnly month, CancellationToken ct) {
    using var builder = new MonthBuilder(_layout, _labels, month);
    var chunk = new RowChunk(_layout);
    using var reader = Connection.Query($"SELECT {Numbers()} FROM m", ct);
    while (reader.Next()) {
      chunk.Rows = reader.Rows;
      reader.Span<ushort>(0).CopyTo(chunk.Area);
      reader.Span<ushort>(1).CopyTo(chunk.Type);
      reader.Span<byte>(2).CopyTo(chunk.Category);
      reader.Span<byte>(3).CopyTo(chunk.Priority);
      reader.Span<byte>(4).CopyTo(chunk.Day);
      reader.Span<byte>(5).CopyTo(chunk.Flags);
      reader.Span<byte>(6).CopyTo(chunk.Status);
      reader.Span<int>(7).CopyTo(chunk.Lat);
      reader.Span<int>(8).CopyTo(chunk.Lon);
      for (var interval = 0; interval < chunk.Seconds.Length; interval++) reader.Span<int>(9 + interval).CopyTo(chunk.Seconds[interval]);
      builder.Add(chunk);
    }
    return builder.Finish();
  }

  private string Numbers() {
    string[] flags = ["0", .. _layout.Flags.Select((flag, bit) => $"({Sql.Name(flag)}::INT << {bit})")];
    return string.Join(", ", (string[])[
      $"{Area}::USMALLINT", $"{Type}::USMALLINT", $"{Category}::UTINYINT", $"{Priority}::UTINYINT",
      $"day({Sql.Name(_layout.EventHour)})::UTINYINT", $"({string.Join(" + ", flags)})::UTINYINT",
      _layout.Status is { } status ? $"enum_code({Sql.Name(status)})::UTINYINT" : "0::UTINYINT",
      .. Point(), .. _layout.Intervals.Select(interval => OrMissing(Sql.Name(RowLayout.Seconds(interval)))),
    ]);
  }

  private static string OrMissing(string number) => $"coalesce({number}, {RowChunk.Missing})::INTEGER";

  private string[] Point() {
    if (_layout.Cell is not var (lat, lon)) return [OrMissing("NULL"), OrMissing("NULL")];
    (lat, lon) = (Sql.Name(lat), Sql.Name(lon));
    return [OrMissing($"CASE WHEN {lon} IS NOT NULL THEN {lat} END"), OrMissing($"CASE WHEN {lat} IS NOT NULL THEN {lon} END")];
  }

  /// <summary>The points in a file of published rows, by cell and category.</summary>
  public List<(ulong Cell, long N)> Cells(string path, CancellationToken ct) {
    if (_layout.Cell is not var (lat, lon)) return [];
    (lat, lon) = (Sql.Name(lat), Sql.Name(lon));
    var counted = _layout.Status is { } status ? $" AND {Sql.Name(status)} = {Sql.Text(RowLayout.Counted)}" : "";
    var where = $"{lat} IS NOT NULL AND {lon} IS NOT NULL{counted}";
    return Connection.List(
      $"SELECT {lat}, {lon}, {Category}, count(*) FROM read_parquet($1) WHERE {where} GROUP BY 1, 2, 3",
      [path], row => (CellGrid.Key((int)row.Long(0), (int)row.Long(1), (byte)row.Long(2)), row.Long(3)), ct);
  }

  public void Dispose() => Connection.Dispose();
}
