using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// A connection on which codes are ENUMs made from the labels, so that rows come out of DuckDB as numbers. ENUM codes count from 0, label numbers from
/// their set's first; NULL is number 0.
/// </summary>
internal sealed class MonthTable : IDisposable {
  private readonly DuckConnection _connection;
  private readonly RowLayout _layout;
  private readonly Labels _labels;

  public MonthTable(DuckDatabase database, RowLayout layout, Labels labels) {
    (_connection, _layout, _labels) = (database.Connect(), layout, labels);
    CreateEnum("area", labels.Areas.All);
    CreateEnum("type", labels.Types.All);
    CreateEnum("category", labels.Categories.All);
    CreateEnum("priority", labels.Priorities.All);
    CreateEnum("status", [RowLayout.Counted, .. layout.LeftOut]);
  }

  private void CreateEnum(string name, IEnumerable<ILabel> labels) => CreateEnum(name, [.. labels.Select(label => label.Code)]);

  // an ENUM needs a word; this one matches no code, so every value of a field without labels is refused
  private void CreateEnum(string name, string[] words) =>
    _connection.Execute($"CREATE TEMP TYPE label_{name} AS ENUM ({string.Join(", ", (words.Length == 0 ? ["\u0001"] : words).Select(Sql.Text))})");

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
      // as a subquery, so that $1 and $2 are used even by a relation that is cut already
      _connection.Execute(
        $"CREATE OR REPLACE TEMP TABLE m AS SELECT {columns} FROM ({relation}) WHERE {hour} >= $1 AND {hour} < $2",
        [month.ToDateTime(default), month.AddMonths(1).ToDateTime(default)], ct);
    } catch (DuckException unknown) when (unknown.Kind == DuckErrorKind.Data) {
      throw new InvalidOperationException($"A row of {month:yyyy-MM} holds a code that has no label, or a value of the wrong type", unknown);
    }
    return _connection.Scalar<long>("SELECT count(*) FROM m", ct);
  }

  private string Column(string column) {
    var name = Sql.Name(column);
    if (column == _layout.EventHour) return $"date_trunc('hour', {name})::TIMESTAMP AS {name}";
    if (column == _layout.Area) return $"{name}::label_area AS {name}";
    if (column == _layout.Type) return $"{name}::label_type AS {name}";
    if (column == _layout.Category) return $"{name}::label_category AS {name}";
    if (column == _layout.Priority) return $"{name}::label_priority AS {name}";
    if (column == _layout.Status) return $"{name}::label_status AS {name}";
    if (_layout.Flags.Contains(column)) return $"coalesce({name}, 0)::UTINYINT AS {name}";
    if (column == _layout.Cell?.Lat || column == _layout.Cell?.Lon) return $"{name}::INTEGER AS {name}";
    return _layout.Intervals.Any(interval => RowLayout.Seconds(interval) == column) ? $"{name}::INTEGER AS {name}" : name;
  }

  /// <summary>
  /// Writes <c>m</c> as a file of published rows. They are ordered by all their columns: the order of arrival would give back the minutes that the hour
  /// hides. It also makes the file the same byte for byte every time.
  /// </summary>
  public void Write(string path, CancellationToken ct) =>
    _connection.Execute($"COPY (FROM m ORDER BY ALL) TO {Sql.Text(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)", ct);

  /// <summary>Counts <c>m</c>.</summary>
  public MonthRollups Count(DateOnly month, CancellationToken ct) {
    using var builder = new MonthBuilder(_layout, _labels, month);
    var chunk = new RowChunk(_layout);
    using var reader = _connection.Query($"SELECT {Numbers()} FROM m", ct);
    while (reader.Next()) {
      chunk.Rows = reader.Rows;
      var column = 0;
      Read(reader, column++, _labels.Areas.First, chunk.Area);
      Read(reader, column++, _labels.Types.First, chunk.Type);
      Read(reader, column++, _labels.Categories.First, chunk.Category);
      Read(reader, column++, _labels.Priorities.First, chunk.Priority);
      reader.Span<byte>(column++).CopyTo(chunk.Day);
      reader.Span<byte>(column++).CopyTo(chunk.Flags);
      Read(reader, column++, 0, chunk.Status);
      reader.Span<int>(column++).CopyTo(chunk.Lat);
      reader.Span<int>(column++).CopyTo(chunk.Lon);
      foreach (var seconds in chunk.Seconds) reader.Span<int>(column++).CopyTo(seconds);
      builder.Add(chunk);
    }
    return builder.Finish();
  }

  private string Numbers() {
    var hour = Sql.Name(_layout.EventHour);
    var flags = string.Join(" + ", _layout.Flags.Select((flag, i) => $"CASE {Sql.Name(flag)} WHEN 0 THEN 0 ELSE {1 << i} END"));
    return string.Join(", ", (string[])[
      Sql.Name(_layout.Area), Sql.Name(_layout.Type), Optional(_layout.Category, "category"), Optional(_layout.Priority, "priority"),
      $"day({hour})::UTINYINT", flags.Length == 0 ? "0::UTINYINT" : $"({flags})::UTINYINT", Optional(_layout.Status, "status"),
      .. Point(), .. _layout.Intervals.Select(interval => OrMissing(Sql.Name(RowLayout.Seconds(interval)))),
    ]);
  }

  private static string Optional(string? column, string type) => column is null ? $"NULL::label_{type}" : Sql.Name(column);

  private static string OrMissing(string number) => $"coalesce({number}, {RowChunk.Missing})::INTEGER";

  private string[] Point() {
    if (_layout.Cell is not var (lat, lon)) return [OrMissing("NULL"), OrMissing("NULL")];
    (lat, lon) = (Sql.Name(lat), Sql.Name(lon));
    return [OrMissing($"CASE WHEN {lon} IS NOT NULL THEN {lat} END"), OrMissing($"CASE WHEN {lat} IS NOT NULL THEN {lon} END")];
  }

  private static void Read(DuckReader reader, int column, int first, ushort[] into) {
    if (reader.Columns[column].Storage == DuckType.UInt8) {
      var codes = reader.Span<byte>(column);
      for (var row = 0; row < codes.Length; row++) into[row] = (ushort)(codes[row] + first);
    } else {
      var codes = reader.Span<ushort>(column);
      for (var row = 0; row < codes.Length; row++) into[row] = (ushort)(codes[row] + first);
    }
    if (reader.Validity(column).Length == 0) return;
    for (var row = 0; row < reader.Rows; row++)
      if (reader.IsNull(column, row)) into[row] = Labels.None;
  }

  private static void Read(DuckReader reader, int column, int first, byte[] into) {
    var codes = reader.Span<byte>(column);
    for (var row = 0; row < codes.Length; row++) into[row] = (byte)(codes[row] + first);
    if (reader.Validity(column).Length == 0) return;
    for (var row = 0; row < reader.Rows; row++)
      if (reader.IsNull(column, row)) into[row] = 0;
  }

  public void Dispose() => _connection.Dispose();
}
