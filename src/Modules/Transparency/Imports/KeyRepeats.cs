using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Imports;

/// <summary>Finds what stands more than once among millions of rows.</summary>
internal static class KeyRepeats {
  /// <summary>The hashes that a query gives more than once, ascending.</summary>
  /// <param name="hashes">A SELECT of one UBIGINT column.</param>
  /// <remarks>8 bytes a row: hashes are sorted in an array, where <c>count(DISTINCT)</c> would take 300 MB for ten million.</remarks>
  public static IReadOnlyList<ulong> Find(DuckConnection duck, string hashes, CancellationToken ct) {
    var all = new List<ulong>();
    using (var reader = duck.Query(hashes, ct)) {
      while (reader.Next()) all.AddRange(reader.Span<ulong>(0));
    }
    all.Sort();
    var repeated = new List<ulong>();
    for (var i = 1; i < all.Count; i++)
      if (all[i] == all[i - 1] && (repeated.Count == 0 || repeated[^1] != all[i])) repeated.Add(all[i]);
    return repeated;
  }

  /// <summary>Makes a table of one column from hashes.</summary>
  public static void Store(DuckConnection duck, string table, string column, IEnumerable<ulong> hashes, CancellationToken ct) {
    duck.Execute($"CREATE OR REPLACE TABLE {table}({column} UBIGINT)", ct);
    foreach (var chunk in hashes.Chunk(5000)) duck.Execute($"INSERT INTO {table} VALUES {string.Join(", ", chunk.Select(h => $"({h}::UBIGINT)"))}", ct);
  }
}
