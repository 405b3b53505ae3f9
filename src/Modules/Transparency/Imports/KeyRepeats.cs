using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Imports;

/// <summary>What stands more than once among hashes.</summary>
/// <param name="Hashes">Those that do, each once.</param>
/// <param name="Distinct">How many different ones there are.</param>
internal sealed record Repeats(IReadOnlyList<ulong> Hashes, long Distinct);

/// <summary>Finds what stands more than once among millions of rows.</summary>
internal static class KeyRepeats {
  /// <param name="hashes">A SELECT of one UBIGINT column.</param>
  /// <remarks>8 bytes a row: hashes are parted by their first byte and sorted, where <c>count(DISTINCT)</c> would take 300 MB for ten million.</remarks>
  public static Repeats Find(DuckConnection duck, string hashes, CancellationToken ct) {
    List<ulong>[] parts = [.. Enumerable.Range(0, 256).Select(_ => new List<ulong>())];
    using (var reader = duck.Query(hashes, ct)) {
      while (reader.Next())
        foreach (var hash in reader.Span<ulong>(0)) parts[hash >> 56].Add(hash);
    }
    var found = parts.AsParallel().AsOrdered().WithCancellation(ct).Select(Among).ToList();
    return new([.. found.SelectMany(f => f.Hashes)], found.Sum(f => f.Distinct));
  }

  private static Repeats Among(List<ulong> part) {
    part.Sort();
    List<ulong> repeated = [];
    var distinct = 0;
    for (var i = 0; i < part.Count; i++) {
      if (i == 0 || part[i] != part[i - 1]) distinct++;
      else if (repeated.Count == 0 || repeated[^1] != part[i]) repeated.Add(part[i]);
    }
    return new(repeated, distinct);
  }

  /// <summary>Makes a table of one column from hashes.</summary>
  public static void Store(DuckConnection duck, string table, string column, IEnumerable<ulong> hashes, CancellationToken ct) {
    duck.Execute($"CREATE OR REPLACE TABLE {table}({column} UBIGINT)", ct);
    foreach (var chunk in hashes.Chunk(5000)) duck.Execute($"INSERT INTO {table} VALUES {string.Join(", ", chunk.Select(h => $"({h}::UBIGINT)"))}", ct);
  }
}
