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
  /// <summary>
  /// Makes <c>live</c>, with <c>event</c> (the time a row counts on) and <c>_source</c>, <c>_import</c>, <c>file_row_number</c>; and <c>no_longer</c>,
  /// the rows like these that <paramref name="fresh"/> imports took out.
  /// </summary>
  public static void Make(DuckConnection duck, RestrictedStore store, RecordType records, IReadOnlyList<ImportManifest> live, IReadOnlyList<ImportManifest> fresh,
      Func<ImportManifest, SourceMapping> mappingOf, CancellationToken ct) {
    var of = live.Where(m => m.Records == records.Name).ToList();
    var rows = Workbench.Every(duck, store, records, of, m => mappingOf(m).EventTime, ct);
    MakeGone("gone", live);
    MakeGone("gone_now", fresh);
    var without = duck.Scalar<long>("SELECT count(*) FROM gone", ct) == 0 ? "" : "ANTI JOIN gone g ON g.import = r._import AND g.row = r.file_row_number";
    duck.Execute($"CREATE OR REPLACE VIEW live AS FROM {rows} r {without}", ct);
    duck.Execute($"CREATE OR REPLACE VIEW no_longer AS FROM {rows} r SEMI JOIN gone_now g ON g.import = r._import AND g.row = r.file_row_number", ct);

    void MakeGone(string table, IReadOnlyList<ImportManifest> by) => duck.Execute(by.Count == 0
      ? $"CREATE OR REPLACE TABLE {table}(import INTEGER, row BIGINT)"
      : $"CREATE OR REPLACE TABLE {table} AS SELECT DISTINCT import, row FROM read_parquet({SqlWords.Files(Workbench.Superseded(store, by))})", ct);
  }

  /// <summary>
  /// Makes <c>sensitive_details(value)</c>: what a source writes beside the offense, where its words say that people in it must be protected
  /// ("BATTERY", "DOMESTIC BATTERY SIMPLE").
  /// </summary>
  public static void MakeDetails(DuckConnection duck, RecordType records, CancellationToken ct) {
    if (records.Of(FieldRole.TypeDetail) is not { Type: FieldType.Text, Name: var field }) return;
    duck.Execute("CREATE OR REPLACE TABLE sensitive_details(value VARCHAR)", ct);
    var values = duck.List($"SELECT DISTINCT {field} FROM live WHERE {field} IS NOT NULL", [], r => r.Text(0)!, ct);
    foreach (var chunk in values.Where(v => SensitiveWords.Any(ValueWords.Of(v))).Chunk(500))
      duck.Execute($"INSERT INTO sensitive_details VALUES {string.Join(", ", chunk.Select(v => $"({Sql.Text(v)})"))}", ct);
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
}
