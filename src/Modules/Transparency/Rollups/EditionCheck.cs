using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// Proves that an edition is what its manifest says and that its roll-ups are what its rows add up to. It counts by SQL, so it shares no code with what it
/// checks but the file format.
/// </summary>
internal sealed class EditionCheck(string folder, RowLayout layout) {
  /// <summary>Checks all; each finding is a sentence for a steward. None: the edition is whole.</summary>
  public async Task<IReadOnlyList<string>> Verify(IReadOnlyList<EditionFile> manifest, CancellationToken ct) {
    List<string> findings = [];
    foreach (var file in manifest) {
      var path = Path.Combine(folder, file.Path);
      if (!File.Exists(path)) findings.Add($"{file.Path} is missing.");
      else if (await Task.Run(() => EditionWriter.Hash(path), ct) != file.Sha256) findings.Add($"{file.Path} is not the file that was published: its SHA-256 differs.");
    }
    // numbers read from a damaged file say nothing
    if (findings.Count == 0) await Task.Run(() => Recount(findings, ct), ct);
    return findings;
  }

  private void Recount(List<string> findings, CancellationToken ct) {
    var labels = Labels.Read(folder);
    using var database = DuckDatabase.Open(options: new(AllowedFolders: [folder]));
    using var connection = database.Connect();
    var months = Directory.EnumerateFiles(Path.Combine(folder, EditionWriter.RowsFolder)).Where(path => EditionWriter.MonthOf(path) is not null)
      .ToDictionary(path => EditionWriter.MonthOf(path)!.Value);
    foreach (var (file, columns) in RollupFiles.Of(layout)) {
      using var reader = SegmentReader.Open(Path.Combine(folder, RollupFiles.Folder, file));
      if (!reader.Columns.SequenceEqual(columns)) {
        findings.Add($"{file} has other columns than the dataset's declaration.");
        continue;
      }
      Dictionary<Cell, long[]> kept = [];
      foreach (var key in reader.Keys) {
        reader.Find(key, out var segment);
        Collect(file, segment, kept);
      }
      foreach (var path in months.OrderBy(month => month.Key).Select(month => month.Value)) TakeAway(file, path, labels, connection, kept, ct);
      if (file == RollupFiles.Counts) TakeAwayCity(labels, connection, kept, ct);
      var wrong = kept.Count(cell => cell.Value.Any(n => n != 0));
      if (wrong > 0) findings.Add($"{file}: {wrong:N0} counts are not what the rows add up to.");
    }
  }

  /// <summary>A period (or interval's month) and up to three numbers.</summary>
  private readonly record struct Cell(int Period, int A, int B, int C);

  private void Collect(string file, Segment segment, Dictionary<Cell, long[]> cells) {
    if (file == RollupFiles.Cells) {
      Dictionary<ulong, long> grid = [];
      new CellGrid(segment).AddTo(grid);
      foreach (var (cell, n) in grid) Add(cells, new(0, (int)(cell >> 32), (int)(cell & uint.MaxValue), 0), [n]);
      return;
    }
    if (file == RollupFiles.Excluded) {
      for (var i = 0; i < segment.Length(0); i++)
        Add(cells, new(segment.Key, segment.Span<ushort>(0)[i], segment.Span<byte>(1)[i], 0), Units(segment, 2, i));
      return;
    }
    var seconds = file is not (RollupFiles.Counts or RollupFiles.Days);
    var ends = segment.Span<uint>(seconds ? 2 : 1);
    for (var (run, i) = (0, 0); run < ends.Length; run++)
      for (; i < ends[run]; i++) {
        var area = segment.Span<ushort>(0)[run];
        if (seconds) Add(cells, new(segment.Key, area, segment.Span<byte>(1)[run], segment.Span<ushort>(3)[i]), [segment.Span<ushort>(4)[i]]);
        else if (file == RollupFiles.Days) Add(cells, new(segment.Key, area, segment.Span<byte>(2)[i], 0), Units(segment, 3, i));
        else Add(cells, new(segment.Key, area, segment.Span<ushort>(2)[i], segment.Span<byte>(3)[i]), Units(segment, 4, i));
      }
    for (var i = 0; seconds && i < segment.Length(5); i++) {
      var run = (int)segment.Span<uint>(5)[i];
      Add(cells, new(segment.Key, segment.Span<ushort>(0)[run], segment.Span<byte>(1)[run], (int)segment.Span<uint>(6)[i]), [segment.Span<uint>(7)[i]]);
    }
  }

  private static long[] Units(Segment segment, int first, int cell) =>
    [.. Enumerable.Range(first, segment.Columns.Count - first).Select(column => (long)segment.Span<uint>(column)[cell])];

  private static void Add(Dictionary<Cell, long[]> cells, Cell cell, long[] n, int sign = 1) {
    if (!cells.TryGetValue(cell, out var sums)) cells.Add(cell, sums = new long[n.Length]);
    for (var i = 0; i < n.Length; i++) sums[i] += sign * n[i];
  }

  private void TakeAway(string file, string path, Labels labels, DuckConnection connection, Dictionary<Cell, long[]> cells, CancellationToken ct) {
    var hour = Sql.Name(layout.EventHour);
    var (area, type) = (Sql.Name(layout.Area), Sql.Name(layout.Type));
    var category = layout.Category is null ? "NULL::VARCHAR" : Sql.Name(layout.Category);
    var priority = layout.Priority is null ? "NULL::VARCHAR" : Sql.Name(layout.Priority);
    var counted = layout.Status is { } status ? $"{Sql.Name(status)} = {Sql.Text(RowLayout.Counted)}" : "true";
    string[] units = ["count(*)", .. layout.Flags.Select(flag => $"sum({Sql.Name(flag)})")];
    var month = RollupFiles.MonthKey(EditionWriter.MonthOf(path)!.Value);

    if (file == RollupFiles.Cells) {
      foreach (var (cell, n) in EditionWriter.CellsOf(connection, layout, labels, path, ct))
        Add(cells, new(0, (int)(cell >> 32), (int)(cell & uint.MaxValue), 0), [n], -1);
    } else if (file == RollupFiles.Counts) {
      Ask($"{area}, {type}, {priority}", units, counted, row =>
        new(month, labels.Areas.Number(row.Text(0)), labels.Types.Number(row.Text(1)), labels.Priorities.Number(row.Text(2))));
    } else if (file == RollupFiles.Days) {
      Ask($"{area}, {category}, {hour}::DATE", units, counted, row =>
        new(RollupFiles.DayKey(row.Date(2)!.Value), labels.Areas.Number(row.Text(0)), labels.Categories.Number(row.Text(1)), 0));
    } else if (file == RollupFiles.Excluded) {
      Ask($"{area}, {priority}, NULL", Reasons(counted), "true", row =>
        new(month, labels.Areas.Number(row.Text(0)), labels.Priorities.Number(row.Text(1)), 0));
    } else {
      var seconds = Sql.Name(RowLayout.Seconds(layout.Intervals.First(interval => RollupFiles.Seconds(interval) == file)));
      Ask($"{area}, {priority}, {seconds}", ["count(*)"], $"{counted} AND {seconds} >= 0", row =>
        new(month, labels.Areas.Number(row.Text(0)), labels.Priorities.Number(row.Text(1)), (int)row.Long(2)));
    }

    void Ask(string keys, string[] sums, string where, Func<DuckRow, Cell> cell) {
      var sql = $"SELECT {keys}, {string.Join(", ", sums)} FROM read_parquet($1) WHERE {where} GROUP BY 1, 2, 3";
      foreach (var (key, n) in connection.List(sql, [path], row => (cell(row), (long[])[.. sums.Select((_, i) => row.Long(3 + i))]), ct)) Add(cells, key, n, -1);
    }
  }

  private string[] Reasons(string counted) => [
    .. layout.LeftOut.Select(why => $"count(*) FILTER ({Sql.Name(layout.Status!)} = {Sql.Text(why)})"),
    .. layout.Arrival is { } arrival ? [$"count(*) FILTER ({counted} AND {Sql.Name(RowLayout.Seconds(arrival))} IS NULL)"] : (string[])[],
    .. layout.Intervals.Select(interval => Sql.Name(RowLayout.Seconds(interval))).SelectMany(seconds => (string[])[
      $"count(*) FILTER ({counted} AND {seconds} IS NULL)", $"count(*) FILTER ({counted} AND {seconds} < 0)"]),
  ];

  private void TakeAwayCity(Labels labels, DuckConnection connection, Dictionary<Cell, long[]> cells, CancellationToken ct) {
    var path = Path.Combine(folder, EditionWriter.RowsFolder, EditionWriter.CityFile);
    if (!File.Exists(path)) return;
    var units = string.Join(", ", layout.Units.Select(unit => $"sum({Sql.Name(unit)})"));
    var sql = $"SELECT period::DATE, kind, {Sql.Name(layout.Type)}, {units} FROM read_parquet($1) GROUP BY 1, 2, 3";
    foreach (var (key, n) in connection.List(sql, [path], row => (
        new Cell(RollupFiles.CityKey(Enum.Parse<CityPeriod>(row.Text(1)!, ignoreCase: true), row.Date(0)!.Value), Labels.CityOnly, labels.Types.Number(row.Text(2)), 0),
        (long[])[.. layout.Units.Select((_, i) => row.Long(3 + i))]), ct))
      Add(cells, key, n, -1);
  }
}
