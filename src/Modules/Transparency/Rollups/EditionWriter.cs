using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>A file of an edition.</summary>
/// <param name="Path">Below the edition's folder, with forward slashes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record EditionFile(string Path, long Bytes, string Sha256);

/// <summary>What an edition's manifest needs to know of what was written.</summary>
/// <param name="Files">By path.</param>
/// <param name="RowsByMonth">The first of each month with rows.</param>
internal sealed record EditionContent(IReadOnlyList<EditionFile> Files, IReadOnlyDictionary<DateOnly, long> RowsByMonth);

/// <summary>What is counted for the city only, as a relation.</summary>
/// <param name="Sql">
/// A SELECT of period (DATE, its first day), kind (month, quarter, year), type and, where there are categories, category (VARCHAR codes), n and each flag (BIGINT).
/// </param>
internal sealed record CityPeriods(string Sql);

/// <summary>
/// Writes an edition into a folder that it is given (in staging, empty): rows by month, roll-ups, labels. Months that nothing touched are taken over from
/// the edition before: their files as links, their segments copied. Making it whole and public is the caller's (flush, manifest, rename).
/// </summary>
internal sealed class EditionWriter(DuckDatabase database, RowLayout layout, Labels labels, string folder) {
  public const string RowsFolder = "rows", CityFile = "city-periods.parquet";
  private readonly string _rows = Path.Combine(folder, RowsFolder), _rollups = Path.Combine(folder, RollupFiles.Folder);

  /// <summary>The month of a file of rows; null for another file.</summary>
  public static DateOnly? MonthOf(string path) =>
    DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path) + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

  /// <summary>The file of a month's rows, below the edition's folder.</summary>
  public static string RowsFile(DateOnly month) => Path.Combine(RowsFolder, $"{month:yyyy-MM}.parquet");

  /// <summary>Writes everything but the manifest.</summary>
  /// <param name="relation">
  /// Generalised rows with the layout's columns: a SELECT in which $1 and $2 are the first hour of a month and of the next. It sees what any connection of
  /// the database sees (no temporary tables): two months are made at once.
  /// </param>
  /// <param name="touched">The months to make; those of the earlier edition that are not among them are taken over.</param>
  /// <param name="earlier">The folder of the edition before; null: none, or nothing of it can be taken over.</param>
  /// <param name="city">What is counted for the city only.</param>
  /// <param name="done">Told how many months of how many are written.</param>
  /// <param name="ct">Cancelling stops within a moment; what lies in the folder is then unfinished.</param>
  /// <exception cref="InvalidOperationException">A row does not fit the layout or the labels: a bug of the publisher's.</exception>
  public async Task<EditionContent> Write(
      string relation, IEnumerable<DateOnly> touched, string? earlier, CityPeriods? city, Action<int, int>? done, CancellationToken ct) {
    if (layout.Category is null && labels.Types.All.Any(type => type.Category is not null))
      throw new InvalidOperationException("Types have categories, but the rows have no column for them");
    if (earlier is not null && !labels.Extends(Labels.Read(earlier)))
      throw new InvalidOperationException("The labels do not extend those of the edition before: nothing of it can be taken over");
    Directory.CreateDirectory(_rows);
    Directory.CreateDirectory(_rollups);
    await File.WriteAllBytesAsync(Path.Combine(folder, "labels.json"), labels.ToJson(), ct);

    var fresh = touched.Select(month => new DateOnly(month.Year, month.Month, 1)).ToHashSet();
    var kept = earlier is null ? [] : MonthsOf(earlier).Where(month => !fresh.Contains(month)).ToHashSet();
    using (var output = new Output(layout, _rollups, earlier)) {
      await WriteMonths([.. fresh.Union(kept).Order()], kept.Contains, relation, earlier, output, done, ct);
      if (city is not null) WriteCity(city, output, ct);
      using var old = new OldCells(database, layout, labels, earlier);
      output.Finish(old.Changed(fresh, ct));
    }
    if (earlier is not null) LinkEqualFiles(earlier);
    return await Content(ct);
  }

  private static IEnumerable<DateOnly> MonthsOf(string edition) =>
    Directory.EnumerateFiles(Path.Combine(edition, RowsFolder)).Select(MonthOf).OfType<DateOnly>();

  private async Task WriteMonths(
      DateOnly[] months, Func<DateOnly, bool> isKept, string relation, string? earlier, Output output, Action<int, int>? done, CancellationToken ct) {
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    var next = -1;
    await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(Work, CancellationToken.None)));

    void Work() {
      try {
        using var table = new MonthTable(database, layout, labels);
        while (Interlocked.Increment(ref next) is var i && i < months.Length) {
          stop.Token.ThrowIfCancellationRequested();
          output.Write(i, isKept(months[i]) ? Keep(months[i], earlier!) : Make(table, months[i], relation, stop.Token), months.Length, done);
        }
      } catch {
        stop.Cancel();
        throw;
      }
    }
  }

  private Month Keep(DateOnly month, string earlier) {
    HardLink.Make(Path.Combine(earlier, RowsFile(month)), Path.Combine(folder, RowsFile(month)));
    return new(month, null);
  }

  private Month Make(MonthTable table, DateOnly month, string relation, CancellationToken ct) {
    if (table.Load(relation, month, ct) == 0) return new(month, new([], []));
    table.Write(Path.Combine(folder, RowsFile(month)), ct);
    return new(month, table.Count(month, ct));
  }

  /// <summary>A month that was made, or that is taken over.</summary>
  private sealed record Month(DateOnly First, MonthRollups? Made);

  /// <summary>The roll-up files being written. Months come as they are done and are written in their order, so that files are the same every time.</summary>
  private sealed class Output : IDisposable {
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SegmentWriter> _writers = [];
    private readonly Dictionary<string, SegmentReader> _earlier = [];
    private readonly Dictionary<int, Month> _waiting = [];
    private int _next;

    public Output(RowLayout layout, string folder, string? earlier) {
      try {
        foreach (var (file, columns) in RollupFiles.Of(layout)) {
          _writers.Add(file, new(Path.Combine(folder, file), columns));
          if (earlier is not null) _earlier.Add(file, SegmentReader.Open(Path.Combine(earlier, RollupFiles.Folder, file)));
        }
      } catch {
        Dispose();
        throw;
      }
    }

    /// <summary>Points by cell, of the months that were made.</summary>
    public Dictionary<ulong, long> Cells { get; } = [];

    public void Write(int index, Month month, int all, Action<int, int>? done) {
      lock (_lock) {
        _waiting.Add(index, month);
        for (; _waiting.Remove(_next, out var ready); _next++) {
          if (ready.Made is { } made) Write(made);
          else Copy(ready.First);
          done?.Invoke(_next + 1, all);
        }
      }
    }

    private void Write(MonthRollups month) {
      foreach (var segment in month.Segments) Write(segment);
      foreach (var (cell, n) in month.Cells) CollectionsMarshal.GetValueRefOrAddDefault(Cells, cell, out _) += n;
    }

    public void Write(BuiltSegment segment) => _writers[segment.File].Add(segment.Key, segment.Columns);

    private void Copy(DateOnly month) {
      foreach (var (file, reader) in _earlier) {
        if (file == RollupFiles.Cells) continue;
        var range = file == RollupFiles.Days
          ? reader.Between(RollupFiles.DayKey(month), RollupFiles.DayKey(month.AddMonths(1).AddDays(-1)))
          : reader.Between(RollupFiles.MonthKey(month), RollupFiles.MonthKey(month));
        for (var i = range.Start.Value; i < range.End.Value; i++) _writers[file].Copy(reader.At(i));
      }
    }

    /// <summary>Ends all files; the grid is what the earlier edition had, less what its touched months held, and what was made.</summary>
    public void Finish(Dictionary<ulong, long> taken) {
      if (_writers.ContainsKey(RollupFiles.Cells)) {
        if (_earlier.TryGetValue(RollupFiles.Cells, out var old) && old.Find(0, out var grid)) new CellGrid(grid).AddTo(Cells);
        foreach (var (cell, n) in taken) CollectionsMarshal.GetValueRefOrAddDefault(Cells, cell, out _) -= n;
        if (CellGrid.Build(Cells) is { } built) Write(built);
      }
      foreach (var writer in _writers.Values) writer.Finish();
    }

    public void Dispose() {
      foreach (var writer in _writers.Values) writer.Dispose();
      foreach (var reader in _earlier.Values) reader.Dispose();
    }
  }

  /// <summary>Points that the earlier edition had in months that are made anew.</summary>
  private sealed class OldCells(DuckDatabase database, RowLayout layout, Labels labels, string? earlier) : IDisposable {
    private readonly DuckConnection _connection = database.Connect();

    public Dictionary<ulong, long> Changed(HashSet<DateOnly> months, CancellationToken ct) {
      Dictionary<ulong, long> cells = [];
      if (earlier is null || layout.Cell is null) return cells;
      foreach (var path in MonthsOf(earlier).Where(months.Contains).Select(month => Path.Combine(earlier, RowsFile(month))))
        foreach (var (cell, n) in CellsOf(_connection, layout, labels, path, ct)) cells[cell] = cells.GetValueOrDefault(cell) + n;
      return cells;
    }

    public void Dispose() => _connection.Dispose();
  }

  /// <summary>A file's points by cell and category, counted by SQL.</summary>
  internal static List<(ulong Cell, long N)> CellsOf(DuckConnection connection, RowLayout layout, Labels labels, string path, CancellationToken ct) {
    var (lat, lon) = (Sql.Name(layout.Cell!.Value.Lat), Sql.Name(layout.Cell.Value.Lon));
    var category = layout.Category is { } name ? Sql.Name(name) : "NULL::VARCHAR";
    var counted = layout.Status is { } status ? $" AND {Sql.Name(status)} = {Sql.Text(RowLayout.Counted)}" : "";
    return connection.List(
      $"SELECT {lat}, {lon}, {category}, count(*) FROM read_parquet($1) WHERE {lat} IS NOT NULL AND {lon} IS NOT NULL{counted} GROUP BY 1, 2, 3", [path],
      row => (CellGrid.Key((int)row.Long(0), (int)row.Long(1), (byte)labels.Categories.Number(row.Text(2))), row.Long(3)), ct);
  }

  private void WriteCity(CityPeriods city, Output output, CancellationToken ct) {
    using var connection = database.Connect();
    var path = Path.Combine(_rows, CityFile);
    connection.Execute($"COPY (FROM ({city.Sql}) ORDER BY ALL) TO {Sql.Text(path)} (FORMAT parquet, COMPRESSION zstd)", ct);
    foreach (var segment in CitySegments(connection, layout, labels, path, ct)) output.Write(segment);
  }

  /// <summary>The segments of what is counted for the city only, from its file; ascending by key.</summary>
  internal static IEnumerable<BuiltSegment> CitySegments(
      DuckConnection connection, RowLayout layout, Labels labels, string path, CancellationToken ct) {
    var units = string.Join(", ", layout.Units.Select(unit => $"{Sql.Name(unit)}::BIGINT"));
    var rows = connection.List($"SELECT period::DATE, kind, {Sql.Name(layout.Type)}, {units} FROM read_parquet($1)", [path], row => {
      var kind = row.Text(1) switch { "month" => CityPeriod.Month, "quarter" => CityPeriod.Quarter, "year" => CityPeriod.Year, _ => default };
      var start = row.Date(0) ?? default;
      var type = labels.Types.Number(row.Text(2));
      if (type == Labels.None && row.Text(2) is not null) throw new InvalidOperationException("A city-only count is of a type that has no label");
      if (kind == default || start.Day != 1 || RollupFiles.City(RollupFiles.CityKey(kind, start)) is var (_, from, _) && !Begins(kind, from))
        throw new InvalidOperationException("A city-only count is of a period that is no month, quarter or year");
      uint[] n = [.. layout.Units.Select((_, unit) => checked((uint)row.Long(3 + unit)))];
      return (Key: RollupFiles.CityKey(kind, start), Type: type, N: n);
    }, ct);
    return rows.GroupBy(row => row.Key).OrderBy(period => period.Key).Select(period => {
      var cells = period.OrderBy(row => row.Type).ToArray();
      return new BuiltSegment(RollupFiles.Counts, period.Key, [
        new ushort[] { Labels.CityOnly }, new uint[] { (uint)cells.Length }, cells.Select(row => row.Type).ToArray(), new byte[cells.Length],
        .. layout.Units.Select((_, unit) => cells.Select(row => row.N[unit]).ToArray()),
      ]);
    });
  }

  private static bool Begins(CityPeriod kind, DateOnly start) => kind switch {
    CityPeriod.Month => true, CityPeriod.Quarter => start.Month % 3 == 1, _ => start.Month == 1,
  };

  private void LinkEqualFiles(string earlier) {
    foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) {
      var before = Path.Combine(earlier, Path.GetRelativePath(folder, path));
      if (!File.Exists(before) || new FileInfo(before).Length != new FileInfo(path).Length || Hash(before) != Hash(path)) continue;
      File.Delete(path);
      HardLink.Make(before, path);
    }
  }

  private async Task<EditionContent> Content(CancellationToken ct) {
    List<EditionFile> files = [];
    foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) {
      ct.ThrowIfCancellationRequested();
      files.Add(new(Path.GetRelativePath(folder, path).Replace('\\', '/'), new FileInfo(path).Length, await Task.Run(() => Hash(path), ct)));
    }
    files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
    using var connection = database.Connect();
    var rows = MonthsOf(folder).Order()
      .ToDictionary(month => month, month => connection.Scalar<long>("SELECT count(*) FROM read_parquet($1)", [Path.Combine(folder, RowsFile(month))], ct));
    return new(files, rows);
  }

  /// <summary>A file's SHA-256 in lower-case hexadecimal.</summary>
  internal static string Hash(string path) {
    using var file = File.OpenRead(path);
    return Convert.ToHexStringLower(SHA256.HashData(file));
  }
}
