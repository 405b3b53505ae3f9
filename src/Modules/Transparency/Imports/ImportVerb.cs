using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports.Framing;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary><c>porchlight import DATASET FILE --source NAME</c>: unattended or with a person who confirms.</summary>
internal static class ImportVerb {
  private static readonly Argument<string> Dataset = new("DATASET") { Description = "incidents, calls; of a dataset with several record types, one that has a file of its own: complaints/allegations. A file of complaints may carry allegations too" };
  private static readonly Argument<FileInfo> File = new("FILE") { Description = "CSV (comma, tab, pipe or semicolon; also .gz) or .xlsx" };
  private static readonly Option<string> Source = new("--source") { Description = "Whose export it is; files of one source correct each other", HelpName = "NAME", Required = true };
  private static readonly Option<bool> AnotherSource = new("--another-source") { Description = "This is another agency's file, though most of its rows are those of a source that is live" };
  private static readonly Option<bool> Accept = new("--accept-proposed-mapping") { Description = "Accept the proposed mapping without asking" };
  private static readonly Option<FileInfo> Mapping = new("--mapping") { Description = "Read the file by this mapping (JSON, as --save-mapping writes it)", HelpName = "FILE" };
  private static readonly Option<FileInfo> SaveMapping = new("--save-mapping") { Description = "Write the mapping the file would be read by to a file to edit; nothing is imported", HelpName = "FILE" };
  private static readonly Option<string> TimeZone = new("--time-zone") { Description = "IANA zone of the department's clock, unless set", HelpName = "ZONE" };
  private static readonly Option<string> Cover = new("--cover") { Description = "What a row missing from a later file means: whole (withdrawn), rolling (withdrawn inside the file's days), additions (kept)", HelpName = "WHAT" };
  private static readonly Option<string[]> Key = new("--key") { Description = "The column (or several) that identifies a row", HelpName = "COLUMN", AllowMultipleArgumentsPerToken = true };
  private static readonly Option<string> Sheet = new("--sheet") { Description = "The sheet of an .xlsx file", HelpName = "NAME" };
  private static readonly Option<string> Encoding = new("--encoding") { Description = "The encoding of a text file, where it was guessed wrong: utf-8, utf-16, windows-1252", HelpName = "NAME" };
  private static readonly Option<string[]> Column = new("--column") { Description = "What feeds a field, where the proposal is wrong: --column reported_at=Date", HelpName = "FIELD=COLUMN" };

  static ImportVerb() {
    Cover.AcceptOnlyFromAmong("whole", "rolling", "additions");
    Encoding.AcceptOnlyFromAmong("utf-8", "utf-16", "windows-1252");
  }

  public static Command Make(VerbHost host, params Command[] others) => host.Verb("import",
    "Imports a records system's export. Rows that cannot be used are set aside with line, field and reason; the rest is live at once, or nothing is.\n\n"
    + "Boundaries and protected addresses have words of their own: porchlight import areas --help, porchlight import protected-addresses --help.",
    RunAsync, [Dataset, File, Source, AnotherSource, Accept, Mapping, SaveMapping, TimeZone, Cover, Key, Column, Sheet, Encoding, .. others]);

  private static async Task<int> RunAsync(VerbRun run, CancellationToken ct) {
    if (Catalog.Find(run.Words.GetRequiredValue(Dataset), out var dataset, out var records) is { } unknown) return run.Refuse(unknown);
    var name = run.Words.GetRequiredValue(Source).Trim();
    if (name.Length is 0 or > 80 || name.Any(char.IsControl))
      return run.Refuse(new Problem("Say whose export it is with --source, in up to 80 characters on one line: --source records. Residents will read it."));
    if (run.Words.GetValue(TimeZone) is { } zone && NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
      return run.Refuse(new Problem($"\"{zone}\" is not a time zone. Write one like America/Chicago."));
    var mapping = run.Words.GetValue(Mapping) is { } file ? ReadMapping(file) : null;
    var request = new ImportRequest(dataset, records, run.Words.GetRequiredValue(File).FullName, run.Words.GetRequiredValue(Source).Trim(), run.Words.GetValue(Accept),
      proposed => Ask(run, dataset, records, proposed), mapping, run.Words.GetValue(TimeZone),
      run.Words.GetValue(Cover) is { } cover ? Enum.Parse<Cover>(cover, ignoreCase: true) : null, run.Words.GetValue(Key) is { Length: > 0 } key ? key : null, run.Words.GetValue(Sheet),
      Columns(run.Words.GetValue(Column)), run.Words.GetValue(AnotherSource), EncodingOf(run.Words.GetValue(Encoding)));
    var importer = ActivatorUtilities.CreateInstance<Importer>(run.Services);
    if (run.Words.GetValue(SaveMapping) is { } save) return Save(run, dataset, records, await importer.ProposeAsync(request, ct), save);
    var outcome = await importer.RunAsync(request, new Progress(run.Error, run.Get<TimeProvider>()), ct);
    foreach (var line in outcome.Report) run.Out.WriteLine(line);
    foreach (var import in outcome.Imports) {
      run.Out.WriteLine($"Import {import.Number}{(outcome.Imports.Count > 1 ? $" of {import.Records}" : "")}: {import.New:N0} new, {import.Changed:N0} changed, {import.Unchanged:N0} unchanged, {import.Withdrawn:N0} withdrawn, {import.AgedOut:N0} aged out and kept.");
    }
    if (outcome.AsideFile is { } aside) run.Out.WriteLine($"Rows set aside, to correct and import again: {aside}");
    run.Out.WriteLine($"{outcome.RowsIn} rows in, {outcome.SetAside} set aside");
    return ExitCodes.Done;
  }

  private static TextEncoding? EncodingOf(string? name) => name switch {
    "utf-8" => TextEncoding.Utf8,
    // a byte order mark says otherwise where it is so
    "utf-16" => TextEncoding.Utf16LittleEndian,
    "windows-1252" => TextEncoding.Windows1252,
    _ => null,
  };

  private static Dictionary<string, string> Columns(string[]? given) {
    Dictionary<string, string> columns = [];
    foreach (var word in given ?? []) {
      var at = word.IndexOf('=', StringComparison.Ordinal);
      if (at < 1) throw new RefusedException($"--column {word}: write FIELD=COLUMN, like reported_at=Date.");
      columns[word[..at]] = word[(at + 1)..];
    }
    return columns;
  }

  private static bool Ask(VerbRun run, DatasetDeclaration dataset, RecordType records, SourceMapping proposed) {
    foreach (var line in MappingReport.Lines(proposed, dataset, records)) run.Out.WriteLine(line);
    return run.Ask("Import with this mapping?");
  }

  private static int Save(VerbRun run, DatasetDeclaration dataset, RecordType records, SourceMapping proposed, FileInfo file) {
    foreach (var line in MappingReport.Lines(proposed, dataset, records)) run.Out.WriteLine(line);
    System.IO.File.WriteAllText(file.FullName, MappingJson.Write(proposed));
    run.Out.WriteLine($"The mapping is in {file.FullName}. Edit it, then import with --mapping {file.Name}.");
    return ExitCodes.Done;
  }

  private static SourceMapping ReadMapping(FileInfo file) {
    if (!file.Exists) throw new RefusedException($"There is no file {file.FullName}. Check the name.");
    try {
      return MappingJson.Read(System.IO.File.ReadAllText(file.FullName));
    } catch (System.Text.Json.JsonException wrong) {
      throw new RefusedException($"{file.Name} is not a mapping as --save-mapping writes it (line {wrong.LineNumber + 1}). Write a new one and edit that.");
    }
  }
}
