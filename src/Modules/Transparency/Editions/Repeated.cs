using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency.Editions;

/// <summary>
/// Incidents that stand on several rows. One row of each carries <c>first</c>, so that incidents are a sum like everything else, by month and
/// area too; and one of each in every category carries <c>first_in_category</c>. An incident with one sensitive row is sensitive whole: its
/// other rows would point at it.
/// </summary>
internal static class Repeated {
  /// <summary>Makes <c>repeated(import, row, sensitive, first, first_in_category)</c> from <c>named</c> (with <c>identity</c>, <c>counts</c>, <c>category</c>).</summary>
  /// <param name="identity">What names a row <c>r</c>'s incident.</param>
  /// <param name="sources">Those in which an incident may stand on several rows.</param>
  /// <returns>How many incidents stand on several rows.</returns>
  public static long Make(DuckConnection duck, string identity, IEnumerable<string> sources, CancellationToken ct) {
    if (!sources.Any()) return 0;
    var several = KeyRepeats.Find(duck, $"SELECT hash(i) FROM (SELECT {identity} AS i FROM live r WHERE _source IN ({SqlWords.List(sources)})) WHERE i IS NOT NULL", ct).Hashes;
    if (several.Count == 0) return 0;
    KeyRepeats.Store(duck, "several", "h", several, ct);
    duck.Execute("""
      CREATE OR REPLACE TABLE repeated AS SELECT import, row, any_sensitive AS sensitive, identity, counts AND nth = 1 AS first, counts AND nth_in_category = 1 AS first_in_category
      FROM (SELECT _import AS import, file_row_number AS row, identity, counts, bool_or(sensitive) OVER (PARTITION BY identity) AS any_sensitive,
        row_number() OVER (PARTITION BY identity, counts ORDER BY type, _import, file_row_number) AS nth,
        row_number() OVER (PARTITION BY identity, counts, category ORDER BY type, _import, file_row_number) AS nth_in_category,
        count(*) OVER (PARTITION BY identity) AS n
        FROM named WHERE identity IS NOT NULL AND hash(identity) IN (SELECT h FROM several)) WHERE n > 1
      """, ct);
    return duck.Scalar<long>("SELECT count(DISTINCT identity) FROM repeated", ct);
  }
}
