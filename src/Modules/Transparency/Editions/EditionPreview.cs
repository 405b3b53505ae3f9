using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>What a preview shows of an edition that is not public yet. Counts of published rows, none of them a row.</summary>
internal sealed record EditionPreview(
    DateOnly From, DateOnly To, long Rows, int? Replaces, long Added, long Corrected, long Withdrawn, long CityOnly, long CityOnlyWithheld,
    IReadOnlyDictionary<string, long> LeftOut, IReadOnlyList<BeforeAndAfter> Years, IReadOnlyList<BeforeAndAfter> Kinds, IReadOnlyList<BeforeAndAfter> Areas) {
  // as many as a person reads; all others are in the edition itself
  private const int Most = 12;

  public static EditionPreview Of(Rehearsal rehearsal, RowLayout layout, CancellationToken ct) {
    var made = rehearsal.Edition;
    IReadOnlyList<BeforeAndAfter> By(string what, string order) => Compare(rehearsal, what, order, ct);
    return new(made.From, made.To, made.Rows, made.Replaces, made.Added, made.Corrected, made.Withdrawn, made.CityOnly, made.CityOnlyWithheld, made.LeftOut,
      By($"year({layout.EventHour})::VARCHAR", "name DESC"), layout.Category is { } category ? By($"coalesce({category}, '')", "abs(coalesce(after, 0) - coalesce(before, 0)) DESC, name") : [],
      By($"coalesce({layout.Area}, '')", "abs(coalesce(after, 0) - coalesce(before, 0)) DESC, name"));
  }

  private static List<BeforeAndAfter> Compare(Rehearsal rehearsal, string what, string order, CancellationToken ct) {
    string Count(string? folder) => folder is null ? "SELECT NULL::VARCHAR AS name, 0::BIGINT AS n WHERE false"
      : $"SELECT {what} AS name, count(*) AS n FROM read_parquet({Sql.Text(Path.Combine(folder, "rows", "[0-9]*.parquet"))}) GROUP BY 1";
    return rehearsal.Duck.List($"""
      SELECT name, before, after FROM (SELECT coalesce(a.name, b.name) AS name, b.n AS before, a.n AS after
      FROM ({Count(rehearsal.Folder)}) a FULL JOIN ({Count(rehearsal.Before)}) b ON a.name = b.name) ORDER BY {order} LIMIT {Most}
      """, [], r => new BeforeAndAfter(r.Text(0)!, r.IsNull(1) ? null : r.Long(1), r.IsNull(2) ? null : r.Long(2)), ct);
  }
}

/// <summary>A public count as it is and as it would be.</summary>
internal sealed record BeforeAndAfter(string Name, long? Before, long? After);
