using System.Runtime.InteropServices;
using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// Proves that an edition is what its manifest says and that its roll-ups are what its rows add up to. It counts by SQL, so it shares no
/// code with what it checks but the file format.
/// </summary>
internal sealed class EditionCheck(string folder, RowLayout layout) {
  /// <summary>Checks all; each finding is a sentence for a steward. None: the edition is whole.</summary>
  public async Task<IReadOnlyList<string>> Verify(IReadOnlyList<EditionFile> manifest, CancellationToken ct) {
    List<string> findings = [];
    foreach (var file in manifest) {
      var path = Path.Combine(folder, file.Path);
      if (!File.Exists(path)) findings.Add($"{file.Path} is missing.");
      else if (await Task.Run(() => EditionWriter.Hash(path), ct) != file.Sha256)
        findings.Add($"{file.Path} is not the file that was published: its SHA-256 differs.");
    }
    // numbers read from a damaged file say nothing
    if (findings.Count == 0) await Task.Run(() => Recount(findings, ct), ct);
    return findings;
  }

  private void Recount(List<string> findings, CancellationToken ct) {
    var labels = Labels.Read(folder);
    using var database = DuckDatabase.Open(options: new(AllowedFolders: [folder]));
    using var table = new MonthTable(database, layout, labels);
    var rows = EditionWriter.MonthFiles(folder);
    foreach (var (file, columns) in RollupFiles.Of(layout)) {
      using var reader = SegmentReader.Open(Path.Combine(folder, RollupFiles.Folder, file));
      if (!reader.Columns.SequenceEqual(columns)) {
        findings.Add($"{file} has other columns than the dataset's declaration.");
        continue;
      }
      try {
        var wrong = Recount(file, reader, rows, table, ct);
        if (wrong > 0) findings.Add($"{file}: {Amount.Of(wrong, "count is", "counts are")} not what the rows add up to.");
      } catch (DuckException unknown) when (unknown.Kind == DuckErrorKind.Data) {
        findings.Add($"{file} cannot be counted again: the rows hold a code that labels.json does not.");
      }
    }
  }

  // Month by month, to keep little in memory. The grid is of all months at once, and city-only counts are of none.
  private int Recount(string file, SegmentReader reader, SortedDictionary<DateOnly, string> rows, MonthTable table, CancellationToken ct) {
    var wrong = 0;
    var keys = reader.Keys.ToArray().ToLookup(key => MonthOf(file, key));
    var months = keys.Select(key => key.Key).Union(rows.Keys.Select(month => (DateOnly?)month)).Append(null).Distinct();
    Dictionary<Cell, long> counts = [];
    foreach (var month in months.OrderBy(month => month is null)) {
      foreach (var key in keys[month]) {
        if (reader.Find(key, out var segment)) Collect(file, segment, counts);
      }
      if (month is { } of && rows.TryGetValue(of, out var path)) TakeAway(file, of, path, table, counts, ct);
      var city = Path.Combine(folder, EditionWriter.RowsFolder, CityCounts.File);
      if (month is null && file == RollupFiles.Counts && File.Exists(city)) TakeAwayCity(city, table, counts, ct);
      if (month is not null && file == RollupFiles.Cells) continue;
      wrong += counts.Count(cell => cell.Value != 0);
      counts.Clear();
    }
    return wrong;
  }

  private static DateOnly? MonthOf(string file, int key) => file switch {
    RollupFiles.Cells => null,
    RollupFiles.Days => DateOnly.FromDayNumber(key) is var day ? new DateOnly(day.Year, day.Month, 1) : null,
    _ => key >= RollupFiles.FirstCityKey ? null : RollupFiles.Month(key),
  };

  /// <summary>A count's place: a period, up to three numbers, and which of the file's units or reasons.</summary>
  private readonly record struct Cell(int Period, int A, int B, int C, int Unit);

  private static void Add(Dictionary<Cell, long> counts, Cell cell, long n) =>
    CollectionsMarshal.GetValueRefOrAddDefault(counts, cell, out _) += n;

  private static void Collect(string file, Segment segment, Dictionary<Cell, long> counts) {
    switch (file) {
      case RollupFiles.Cells:
        Dictionary<ulong, long> grid = [];
        new CellGrid(segment).AddTo(grid);
        foreach (var (cell, n) in grid) Add(counts, new(0, (int)(cell >> 32), (int)cell, 0, 0), n);
        break;
      case RollupFiles.Excluded:
        for (var unit = 2; unit < segment.Columns.Count; unit++)
          for (var i = 0; i < segment.Length(0); i++)
            Add(counts, new(segment.Key, segment.Span<ushort>(0)[i], segment.Span<byte>(1)[i], 0, unit - 2), segment.Span<uint>(unit)[i]);
        break;
      case RollupFiles.Counts:
        Collect(segment, 4, (i, area) => new(segment.Key, area, segment.Span<ushort>(2)[i], segment.Span<byte>(3)[i], 0), counts);
        break;
      case RollupFiles.Days:
        Collect(segment, 3, (i, area) => new(segment.Key, area, segment.Span<byte>(2)[i], 0, 0), counts);
        break;
      default:
        CollectSeconds(segment, counts);
        break;
    }
  }

  private static void Collect(Segment segment, int firstUnit, Func<int, int, Cell> cell, Dictionary<Cell, long> counts) {
    var areas = segment.Span<ushort>(0);
    var ends = segment.Span<uint>(1);
    for (var (run, i) = (0, 0); run < ends.Length; run++)
      for (; i < ends[run]; i++)
        for (var unit = firstUnit; unit < segment.Columns.Count; unit++)
          Add(counts, cell(i, areas[run]) with { Unit = unit - firstUnit }, segment.Span<uint>(unit)[i]);
  }

  private static void CollectSeconds(Segment segment, Dictionary<Cell, long> counts) {
    var areas = segment.Span<ushort>(0);
    var priorities = segment.Span<byte>(1);
    var ends = segment.Span<uint>(2);
    var cells = segment.Span<uint>(3);
    for (var (run, i) = (0, 0); run < ends.Length; run++)
      for (; i < ends[run]; i++) Add(counts, new(segment.Key, areas[run], priorities[run], (ushort)cells[i], 0), cells[i] >> 16);
    var over = segment.Span<uint>(4);
    for (var i = 0; i < over.Length; i++) {
      var run = (int)over[i];
      Add(counts, new(segment.Key, areas[run], priorities[run], (int)segment.Span<uint>(5)[i], 0), segment.Span<uint>(6)[i]);
    }
  }

  private void TakeAway(string file, DateOnly month, string path, MonthTable table, Dictionary<Cell, long> counts, CancellationToken ct) {
    var counted = layout.Status is { } status ? $"{Sql.Name(status)} = {Sql.Text(RowLayout.Counted)}" : "true";
    string[] units = ["count(*)", .. layout.Flags.Select(flag => $"sum({Sql.Name(flag)})")];
    var key = $"{RollupFiles.MonthKey(month)}";
    switch (file) {
      case RollupFiles.Cells:
        foreach (var (cell, n) in table.Cells(path, ct)) Add(counts, new(0, (int)(cell >> 32), (int)cell, 0, 0), -n);
        break;
      case RollupFiles.Counts:
        Ask([key, table.Area, table.Type, table.Priority], units, counted);
        break;
      case RollupFiles.Days:
        var day = $"{Sql.Name(layout.EventHour)}::DATE - DATE '0001-01-01'";
        Ask([day, table.Area, table.Category, "0"], units, counted);
        break;
      case RollupFiles.Excluded:
        Ask([key, table.Area, table.Priority, "0"], [.. Reasons(counted)], "true");
        break;
      default:
        var seconds = Sql.Name(RowLayout.Seconds(layout.Intervals.First(interval => RollupFiles.Seconds(interval) == file)));
        Ask([key, table.Area, table.Priority, seconds], ["count(*)"], $"{counted} AND {seconds} >= 0");
        break;
    }

    void Ask(string[] keys, string[] sums, string where) =>
      TakeAway($"SELECT {Keys(keys)}, {Sums(sums)} FROM read_parquet($1) WHERE {where} GROUP BY 1, 2, 3, 4", path, table, counts, ct);
  }

  private static string Keys(string[] keys) => string.Join(", ", keys.Select(key => $"({key})::INT"));
  private static string Sums(string[] sums) => string.Join(", ", sums.Select(sum => $"({sum})::BIGINT"));

  private static void TakeAway(string sql, string path, MonthTable table, Dictionary<Cell, long> counts, CancellationToken ct) {
    using var reader = table.Connection.Query(sql, [path], ct);
    while (reader.Next()) {
      ReadOnlySpan<int> period = reader.Span<int>(0), a = reader.Span<int>(1), b = reader.Span<int>(2), c = reader.Span<int>(3);
      for (var sum = 4; sum < reader.Columns.Count; sum++) {
        var n = reader.Span<long>(sum);
        for (var row = 0; row < reader.Rows; row++) Add(counts, new(period[row], a[row], b[row], c[row], sum - 4), -n[row]);
      }
    }
  }

  private IEnumerable<string> Reasons(string counted) => [
    .. layout.LeftOut.Select(why => $"count(*) FILTER ({Sql.Name(layout.Status!)} = {Sql.Text(why)})"),
    .. layout.Arrival is { } arrival ? [$"count(*) FILTER ({counted} AND {Sql.Name(RowLayout.Seconds(arrival))} IS NULL)"] : (string[])[],
    .. layout.Intervals.Select(interval => Sql.Name(RowLayout.Seconds(interval))).SelectMany(seconds => (string[])[
      $"count(*) FILTER ({counted} AND {seconds} IS NULL)", $"count(*) FILTER ({counted} AND {seconds} < 0)"]),
  ];

  private void TakeAwayCity(string path, MonthTable table, Dictionary<Cell, long> counts, CancellationToken ct) {
    var kind = "CASE kind WHEN 'month' THEN 1 WHEN 'quarter' THEN 2 ELSE 3 END";
    var key = $"({kind} << 24) + year(period::DATE) * 12 + month(period::DATE) - 1";
    var keys = Keys([key, $"{Labels.CityOnly}", table.Type, "0"]);
    var sums = Sums([.. layout.Units.Select(unit => $"sum({Sql.Name(unit)})")]);
    TakeAway($"SELECT {keys}, {sums} FROM read_parquet($1) GROUP BY 1, 2, 3, 4", path, table, counts, ct);
  }
}
