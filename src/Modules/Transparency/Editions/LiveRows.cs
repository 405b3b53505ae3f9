using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Editions;

/// <summary>
/// The view <c>live</c> that a publication reads: every live row of every source with every declared field, and beside it the tables that say
/// what each source's values mean. Value maps are applied here and not at import, so that naming a value corrects every row that has it.
/// </summary>
internal static class LiveRows {
  /// <summary>Makes <c>live</c>, with <c>event</c> (the time a row counts on) and <c>_source</c>, <c>_import</c>, <c>file_row_number</c>.</summary>
  public static void Make(DuckConnection duck, RestrictedStore store, RecordType records, IReadOnlyList<ImportManifest> live, Func<ImportManifest, SourceMapping> mappingOf, CancellationToken ct) {
    var rows = string.Join(" UNION ALL ", live.Where(m => m.Records == records.Name).Select(m => {
      var file = Path.Combine(store.FolderOf(m.Number), ImportManifest.Rows);
      var has = duck.List("SELECT name FROM parquet_schema($1)", [file], r => r.Text(0)!, ct).ToHashSet();
      var columns = records.Fields.Select(f => has.Contains(f.Name) ? f.Name : $"NULL::{SqlType(f.Type)} AS {f.Name}");
      return $"SELECT {string.Join(", ", columns)}, {mappingOf(m).EventTime} AS event, {Sql.Text(m.Source)} AS _source, {m.Number} AS _import, file_row_number FROM {Workbench.Accepted(file)}";
    }));
    var gone = live.Select(m => Path.Combine(store.FolderOf(m.Number), ImportManifest.Superseded)).Where(File.Exists).ToList();
    var any = gone.Count > 0 && duck.Scalar<long>($"SELECT count(*) FROM read_parquet({SqlWords.Files(gone)})", ct) > 0;
    duck.Execute(any
      ? $"CREATE OR REPLACE TABLE gone AS SELECT DISTINCT import, row FROM read_parquet({SqlWords.Files(gone)})"
      : "CREATE OR REPLACE TABLE gone(import INTEGER, row BIGINT)", ct);
    duck.Execute($"CREATE OR REPLACE VIEW live AS FROM ({rows}) r {(any ? "ANTI JOIN gone g ON g.import = r._import AND g.row = r.file_row_number" : "")}", ct);
  }

  /// <summary>Makes <c>map_FIELD(source, value, code, sensitive)</c> for each coded field; values are trimmed and upper case.</summary>
  public static void MakeMaps(DuckConnection duck, RecordType records, IReadOnlyDictionary<string, SourceMapping> bySource, CancellationToken ct) {
    foreach (var field in records.Fields.Where(f => f.Type is FieldType.Code or FieldType.Flag && f.Role != FieldRole.Area)) {
      duck.Execute($"CREATE OR REPLACE TABLE map_{field.Name}(source VARCHAR, value VARCHAR, code VARCHAR, sensitive BOOLEAN)", ct);
      foreach (var chunk in bySource.Where(s => s.Value.Values.ContainsKey(field.Name))
          .SelectMany(s => s.Value.Values[field.Name].Codes.Select(c => $"({Sql.Text(s.Key)}, {Sql.Text(c.Key)}, {Sql.Text(c.Value.Code)}, {c.Value.Sensitive})")).Chunk(500))
        duck.Execute($"INSERT INTO map_{field.Name} VALUES {string.Join(", ", chunk)}", ct);
    }
  }

  private static string SqlType(FieldType type) => type switch {
    FieldType.Timestamp => "TIMESTAMP", FieldType.Integer => "INTEGER", FieldType.Latitude or FieldType.Longitude => "DOUBLE", _ => "VARCHAR",
  };
}
