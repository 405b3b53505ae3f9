using System.Globalization;
using System.Security.Cryptography;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>A file of an edition.</summary>
/// <param name="Path">Below the edition's folder, with forward slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record EditionFile(string Path, long Bytes, string Sha256);

/// <summary>What an edition's manifest needs to know of what was written.</summary>
/// <param name="Files">By path.</param>
/// <param name="RowsByMonth">The first of each month with rows.</param>
internal sealed record EditionContent(IReadOnlyList<EditionFile> Files, IReadOnlyDictionary<DateOnly, long> RowsByMonth);

/// <summary>
/// Writes an edition into a folder that it is given (in staging, empty): rows by month, roll-ups, labels. Months that nothing touched are
/// taken over from the edition before: their files as links, their segments copied. Making it whole and public is the caller's (flush,
/// manifest, rename).
/// </summary>
internal sealed class EditionWriter(DuckDatabase database, RowLayout layout, Labels labels, string folder) {
  public const string RowsFolder = "rows";
  private const int MonthsAtOnce = 2;
  private readonly string _rows = Path.Combine(folder, RowsFolder), _rollups = Path.Combine(folder, RollupFiles.Folder);

  /// <summary>The files of rows of an edition, by month, ascending.</summary>
  public static SortedDictionary<DateOnly, string> MonthFiles(string edition) {
    SortedDictionary<DateOnly, string> files = [];
    foreach (var path in Directory.EnumerateFiles(Path.Combine(edition, RowsFolder), "*.parquet")) {
      var name = Path.GetFileNameWithoutExtension(path) + "-01";
      if (DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        files.Add(month, path);
    }
    return files;
  }

  private string RowsFile(DateOnly month) => Path.Combine(_rows, $"{month:yyyy-MM}.parquet");

  /// <summary>Writes everything but the manifest.</summary>
  /// <param name="relation">
  /// Generalised rows with the layout's columns: a SELECT in which $1 and $2 are the first hour of a month and of the next. It sees what
  /// any connection of the database sees (no temporary tables): two months are made at once.
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
    SortedDictionary<DateOnly, string> before = earlier is null ? [] : MonthFiles(earlier);
    DateOnly[] months = [.. fresh.Union(before.Keys).Order()];
    using (var rollups = new RollupWriter(layout, _rollups, earlier, months.Length, done)) {
      await WriteMonths(months, month => fresh.Contains(month) ? null : before[month], relation, rollups, ct);
      using var table = new MonthTable(database, layout, labels);
      if (city is not null) WriteCity(table.Connection, city, rollups, ct);
      rollups.Finish(before.Where(month => fresh.Contains(month.Key)).SelectMany(month => table.Cells(month.Value, ct)));
    }
    if (earlier is not null) LinkEqualFiles(earlier);
    return await Content(ct);
  }

  private async Task WriteMonths(
      DateOnly[] months, Func<DateOnly, string?> keep, string relation, RollupWriter rollups, CancellationToken ct) {
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    var next = -1;
    await Task.WhenAll(Enumerable.Range(0, MonthsAtOnce).Select(_ => Task.Run(Work, CancellationToken.None)));

    void Work() {
      try {
        using var table = new MonthTable(database, layout, labels);
        while (Interlocked.Increment(ref next) is var i && i < months.Length) {
          stop.Token.ThrowIfCancellationRequested();
          if (keep(months[i]) is { } path) {
            HardLink.Make(path, RowsFile(months[i]));
            rollups.Add(i, months[i], made: null);
          } else {
            rollups.Add(i, months[i], Make(table, months[i], relation, stop.Token));
          }
        }
      } catch {
        stop.Cancel();
        throw;
      }
    }
  }

  private MonthRollups Make(MonthTable table, DateOnly month, string relation, CancellationToken ct) {
    if (table.Load(relation, month, ct) == 0) return new([], []);
    table.Write(RowsFile(month), ct);
    return table.Count(month, ct);
  }

  private void WriteCity(DuckConnection connection, CityPeriods city, RollupWriter rollups, CancellationToken ct) {
    var path = Path.Combine(_rows, CityCounts.File);
    connection.Execute($"COPY (FROM ({city.Sql}) ORDER BY ALL) TO {Sql.Text(path)} (FORMAT parquet, COMPRESSION zstd)", ct);
    foreach (var segment in CityCounts.Segments(connection, layout, labels, path, ct)) rollups.Write(segment);
  }

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
      var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
      files.Add(new(name, new FileInfo(path).Length, await Task.Run(() => Hash(path), ct)));
    }
    files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
    using var connection = database.Connect();
    return new(files, MonthFiles(folder).ToDictionary(
      month => month.Key, month => connection.Scalar<long>("SELECT count(*) FROM read_parquet($1)", [month.Value], ct)));
  }

  /// <summary>A file's SHA-256 in lower-case hexadecimal.</summary>
  internal static string Hash(string path) {
    using var file = File.OpenRead(path);
    return Convert.ToHexStringLower(SHA256.HashData(file));
  }
}
