using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>
/// The tables that an edition is made from: <c>decided</c>, every live row as it is published or held back, and <c>tally</c>, how many of
/// each kind there are by month.
/// </summary>
/// <remarks>
/// A row is decided once and then asked for by month. Codes are kept as small numbers, some 30 bytes a row, so that ten million stay in memory
/// in whatever order they came; more of them spill.
/// </remarks>
internal static class DecidedRows {
  private static readonly IReadOnlyList<string> Statuses = ["counted", "other-agency", "void", "cancelled", "on-view", "open"];

  /// <summary>Makes both from <c>named</c> and <c>types</c>.</summary>
  /// <param name="rows">A SELECT of what is decided of each row; see <see cref="Generalised.Decided"/>.</param>
  public static void Make(DuckConnection duck, string rows, RowLayout layout, Labels labels, IEnumerable<string> sources, CancellationToken ct) {
    List<string> columns = ["event", "sensitive", "first", "first_in_category"];
    void Code(string column, IEnumerable<string> words) {
      duck.Execute($"CREATE TYPE known_{column} AS ENUM ({SqlWords.List(words.DefaultIfEmpty(""))})", ct);
      columns.Add($"{column}::known_{column} AS {column}");
    }
    Code("_source", sources);
    Code("type", labels.Types.All.Select(t => t.Code));
    Code("category", labels.Categories.All.Select(c => c.Code).Append(""));
    Code("area", labels.Areas.All.Select(a => a.Code));
    Code("priority", labels.Priorities.All.Select(p => p.Code));
    Code("status", Statuses);
    if (layout.Cell is var (lat, lon)) columns.AddRange([lat, lon]);
    columns.AddRange(layout.Intervals.Select(RowLayout.Seconds));
    duck.Execute($"CREATE TABLE decided AS SELECT {string.Join(", ", columns)} FROM ({rows})", ct);
    duck.Execute("""
      CREATE TABLE tally AS SELECT * REPLACE (_source::VARCHAR AS _source, type::VARCHAR AS type, category::VARCHAR AS category, status::VARCHAR AS status) FROM (
        SELECT _source, date_trunc('month', event)::DATE AS month, type, category, status, sensitive, count(*) AS n, min(event)::DATE AS from_day, max(event)::DATE AS to_day,
        count(*) FILTER (first) AS first, count(*) FILTER (first_in_category) AS first_in_category FROM decided GROUP BY ALL)
      """, ct);
  }
}
