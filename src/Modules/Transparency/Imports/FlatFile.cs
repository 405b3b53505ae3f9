using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// One flat file that carries two record types: what it says of a main record is repeated on every row of what belongs to it. Both were
/// typed from every row; here each keeps its own.
/// </summary>
internal static class FlatFile {
  private const int Shown = 12;

  /// <summary>
  /// Leaves in the main records' file one row each, the first, and in the other's what says something; rows of the table <c>wrong</c> are
  /// in neither. Says which main records are not written alike on all their rows.
  /// </summary>
  public static IReadOnlyList<string> Part(DuckConnection duck, Part main, Part beside, CancellationToken ct) {
    var key = Workbench.Part(main.Mapping.Key[0]);
    var differences = Differences(duck, main, key, ct);
    Keep(duck, main, $"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY file_row_number) = 1", ct);
    var own = new RowTyping(beside.Records, beside.Mapping, default).Fields.Where(f => f.Role is not FieldRole.Parent);
    Keep(duck, beside, $"WHERE coalesce({string.Join(", ", own.Select(f => $"{f.Name}::VARCHAR"))}) IS NOT NULL", ct);
    return differences;
  }

  private static string Right(Part part) =>
    $"(FROM read_parquet({Sql.Text(part.Rows)}, file_row_number=true) r ANTI JOIN wrong w ON w.row = r.file_row_number)";

  private static void Keep(DuckConnection duck, Part part, string which, CancellationToken ct) {
    var kept = part.Rows + ".kept";
    var rows = $"SELECT * EXCLUDE (file_row_number) FROM (FROM {Right(part)} {which}) ORDER BY file_row_number";
    duck.Execute($"COPY ({rows}) TO {Sql.Text(kept)} ({Importer.RowsForm})", ct);
    File.Move(kept, part.Rows, overwrite: true);
  }

  private static string[] Differences(DuckConnection duck, Part main, string key, CancellationToken ct) {
    var fields = new RowTyping(main.Records, main.Mapping, default).Fields.Where(f => f.Name != main.Mapping.Key[0]);
    var differs = fields.Select(f => (f.Name, Says: Workbench.Normal(f, main.Mapping)))
      .Select(f => $"CASE WHEN count(DISTINCT {f.Says}) + (count({f.Says}) < count(*))::INTEGER > 1 THEN {Sql.Text(f.Name)} END");
    var fieldsOf = $"SELECT {key} AS k, concat_ws(', ', {string.Join(", ", differs)}) AS fields FROM {Right(main)} GROUP BY 1";
    var found = duck.List($"FROM ({fieldsOf}) WHERE fields <> '' ORDER BY k", [], r => $"{r.Text(0)} ({r.Text(1)})", ct);
    var more = found.Count > Shown ? ", ..." : "";
    return found.Count == 0 ? [] : [
      $"{found.Count:N0} of the {main.Records.Name} {(found.Count == 1 ? "is not written alike on all its" : "are not written alike on all their")} rows; "
        + $"the first row stands. Look at: {string.Join(", ", found.Take(Shown))}{more}.",
    ];
  }
}
