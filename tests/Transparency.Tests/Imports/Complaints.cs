using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Mappings;
using Porchlight.Transparency.Tests.Journeys;
using Porchlight.Transparency.Tests.Mappings;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>A dataset of three record types, as the program's own will be declared: complaints, their allegations and those who complained.</summary>
internal static class Complaints {
  public static readonly DatasetDeclaration Dataset = Catalog.Parse(new MemoryStream(Encoding.UTF8.GetBytes(Declare(
    Type("complaints",
      Field("complaint_number", "text", "key", "cap number", "complaint number"), Field("received_at", "timestamp", "reported", "date received", "report date"),
      Field("classification", "code", "type", "general cap classification", "classification"), Field("district", "code", "area", "dist occurrence", "district"),
      Field("outcome", "code", "none", "outcome"), Field("summary", "text", "narrative", "summary")),
    Type("allegations",
      Field("complaint_number", "text", "parent", "cap number", "complaint number"), Field("allegation_number", "text", "key", "allegation number"),
      Field("allegation", "code", "type", "allegations investigated", "allegation"), Field("finding", "code", "none", "investigative findings", "finding"),
      Field("discipline", "code", "none", "disciplinary findings", "discipline"), Field("officer", "text", "none", "po initials", "officer"),
      Field("officer_race", "code", "person-attribute", "po race", "officer race"), Field("officer_sex", "code", "person-attribute", "po sex", "officer sex")),
    Type("complainants",
      Field("complaint_number", "text", "parent", "cap number", "complaint number"), Field("sex", "code", "person-attribute", "complainant sex"),
      Field("race", "code", "person-attribute", "complainant race"), Field("age", "integer", "person-attribute", "complainant age"))))));

  public static RecordType Type(string path) {
    var parts = path.Split('/');
    return parts.Length == 1 ? Dataset.Main : Dataset.RecordTypes.Single(r => r.Name == parts[1]);
  }

  /// <summary>A declaration of complaints with these record types.</summary>
  public static string Declare(params string[] recordTypes) => $$"""
    {"name": "complaints", "label": {{Words}}, "definition": {{Words}}, "caveat": {{Words}}, "page": "/data/complaints", "typeCodes": null, "cityOnlyThreshold": 5,
     "units": [{"name": "complaints", "label": {"en": "complaints"}, "identifiedBy": ["complaint_number"]}],
     "eventTimes": ["received_at"], "sensitive": [], "intervals": [], "recordTypes": [{{string.Join(',', recordTypes)}}]}
    """;

  public static string Type(string name, params string[] fields) => $$"""{"name": "{{name}}", "label": {{Words}}, "fields": [{{string.Join(',', fields)}}]}""";

  public static string Field(string name, string type, string role, params string[] aliases) => $$"""
    {"name": "{{name}}", "type": "{{type}}", "role": "{{role}}", "publish": "withheld", "protects": false, "never": [],
     "label": {"en": "{{name.Replace('_', ' ')}}"}, "definition": {{Words}}, "aliases": [{{string.Join(", ", aliases.Select(a => $"\"{a}\""))}}]}
    """;

  private const string Words = """{"en": "Made for a test."}""";

  /// <summary>A real file of complaints; the test is skipped where it is not there.</summary>
  public static string Real(string name) {
    var path = Path.Combine(CsvSample.Data ?? "", "complaints", name);
    Assert.SkipUnless(CsvSample.Data is not null && File.Exists(path), $"../shared/data/complaints/{name} is not here");
    return path;
  }

  /// <summary>Imports a file as the verb does, every proposal accepted.</summary>
  public static async Task<ImportOutcome> ImportAsync(
      Shell shell, string path, string file, string source = "ia", Cover? cover = null, SourceMapping? mapping = null, string[]? key = null) {
    using var scope = shell.Host.Services.CreateScope();
    return await ActivatorUtilities.CreateInstance<Importer>(scope.ServiceProvider).RunAsync(
      new(Dataset, Type(path), file, source, Accept: true, Mapping: mapping, Cover: cover, Key: key), new Progress(TextWriter.Null, shell.Host.Clock), TestContext.Current.CancellationToken);
  }

  /// <summary>The rows of one record type that are live, read past the program.</summary>
  public static string Live(Shell shell, string records) {
    var imports = Path.Combine(shell.Restricted, "complaints", "imports");
    var listed = File.ReadAllText(Path.Combine(shell.Restricted, "complaints", "current.json"));
    var numbers = System.Text.Json.JsonDocument.Parse(listed).RootElement.GetProperty("imports").EnumerateArray().Select(n => n.GetInt32()).ToList();
    string Folder(int number) => Path.Combine(imports, $"{number:000000}");
    var rows = numbers.Where(n => File.ReadAllText(Path.Combine(Folder(n), "manifest.json")).Contains($"\"records\": \"{records}\"", StringComparison.Ordinal))
      .Select(n => $"SELECT *, {n} AS import, file_row_number AS row FROM read_parquet('{Folder(n)}/rows.parquet', file_row_number=true) WHERE _reason IS NULL");
    var gone = string.Join(", ", numbers.Select(n => $"'{Folder(n)}/superseded.parquet'"));
    return $"((FROM ({string.Join(" UNION ALL BY NAME ", rows)})) ANTI JOIN read_parquet([{gone}]) USING (import, row))";
  }

  public static long Count(Shell shell, string records, string where = "true") => shell.Ask($"SELECT count(*) FROM {Live(shell, records)} WHERE {where}", r => r.Long(0))[0];
}
