using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// Finds keys that stand on more than one row of a file. Two rows of one file never replace each other: each gets an ordinal within its key,
/// by what it says, so that a file in another order gives the same ordinals.
/// </summary>
internal static class KeyRepeats {
  /// <summary>Makes the temporary table <c>ordinals(row, ordinal, key)</c> of the rows whose key repeats; returns how many keys do.</summary>
  /// <remarks>16 bytes a row: hashes are sorted in an array, where <c>count(DISTINCT)</c> would take 300 MB for ten million. Equal hashes are confirmed on the key.</remarks>
  public static long Find(DuckConnection duck, string accepted, string key, string says, string type, CancellationToken ct) {
    var hashes = new List<ulong>();
    using (var reader = duck.Query($"SELECT hash({key}) FROM {accepted}", ct)) {
      while (reader.Next()) hashes.AddRange(reader.Span<ulong>(0));
    }
    hashes.Sort();
    var repeated = new List<ulong>();
    for (var i = 1; i < hashes.Count; i++)
      if (hashes[i] == hashes[i - 1] && (repeated.Count == 0 || repeated[^1] != hashes[i])) repeated.Add(hashes[i]);
    if (repeated.Count == 0) {
      duck.Execute("CREATE OR REPLACE TEMP TABLE ordinals(row BIGINT, ordinal BIGINT, key VARCHAR)", ct);
      return 0;
    }
    var wanted = repeated.Count > 100_000 ? "" : $"WHERE hash({key}) IN (SELECT unnest([{string.Join(", ", repeated.Select(h => $"{h}::UBIGINT"))}]))";
    duck.Execute($"""
      CREATE OR REPLACE TEMP TABLE ordinals AS SELECT row, ordinal, key FROM (
        SELECT file_row_number AS row, key, row_number() OVER (PARTITION BY key ORDER BY type, says, file_row_number) AS ordinal, count(*) OVER (PARTITION BY key) AS n
        FROM (SELECT file_row_number, {key} AS key, {says} AS says, {type} AS type FROM {accepted} {wanted})) WHERE n > 1
      """, ct);
    return duck.Scalar<long>("SELECT count(DISTINCT key) FROM ordinals", ct);
  }
}
