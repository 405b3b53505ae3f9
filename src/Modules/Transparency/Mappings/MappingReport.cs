using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>A mapping in plain lines for the person at the shell: what feeds what, what is in doubt, and what is left out.</summary>
internal static class MappingReport {
  private const int Shown = 12;
  private const string NotUsed = "Not used, never published: ";

  /// <summary>The lines. They name values of coded columns and never a cell of free text.</summary>
  public static IReadOnlyList<string> Lines(SourceMapping mapping, DatasetDeclaration dataset, RecordType records) {
    List<string> lines = [$"How the file is read as {dataset.PathOf(records)}:"];
    var width = mapping.Fields.Keys.Max(k => k.Length);
    foreach (var field in records.Fields.Where(f => mapping.Fields.ContainsKey(f.Name)))
      lines.Add($"  {field.Name.PadRight(width)}  {Columns(mapping, field.Name)}{How(mapping.Fields[field.Name])}");
    if (records.Parent is { } parent)
      lines.Add($"Each belongs to the one of {dataset.Main.Name} that {Columns(mapping, parent.Name)} names, and counts on its day.");
    lines.Add(mapping.Key.Count == 0 ? "Key: none. Rows are told apart by their content."
      : $"Key: {string.Join(" + ", mapping.Key.Select(k => Columns(mapping, k)))}"
        + (mapping.KeyRepeats ? ", which repeats: one report can fill several rows." : "."));
    if (mapping.OtherKeys.Count > 0) lines.Add($"  Could be the key instead: {string.Join(", ", mapping.OtherKeys)}.");
    var clock = mapping.TimeZone is { } zone ? $"by the clock of {zone}" : "as written";
    if (mapping.EventTime is { } time) lines.Add($"A row counts on the day of {time} ({Columns(mapping, time)}), {clock}.");
    foreach (var (name, values) in mapping.Values.Where(v => v.Value.Codes.Count > 0)) lines.AddRange(Values(name, values.Codes));
    lines.AddRange(mapping.Unsure.Select(u => "Please confirm: " + u));
    if (mapping.Carries is { } carried) {
      var other = dataset.RecordTypes.First(r => r.Name == carried.Records);
      lines.AddRange(Lines(carried.Mapping, dataset, other).Where(l => !l.StartsWith(NotUsed, StringComparison.Ordinal)));
    }
    var unused = mapping.Header.Except(Fed(mapping)).ToList();
    if (unused.Count > 0) lines.Add($"{NotUsed}{string.Join(", ", unused)}.");
    return lines;
  }

  private static IEnumerable<string> Fed(SourceMapping mapping) =>
    mapping.Fields.Values.SelectMany(f => f.Columns).Concat(mapping.Carries is { } carried ? Fed(carried.Mapping) : []);

  private static string Columns(SourceMapping mapping, string field) => string.Join(" + ", mapping.Fields[field].Columns);

  private static string How(ColumnMapping column) {
    List<string> notes = [];
    if (column.Format is { } format) notes.Add(format);
    if (column.HasOffset)
      notes.Add(column.DateOnly ? "zone ignored" : column.Offset is OffsetMeaning.True ? "zone is true" : "zone is not meant");
    if (column.DateOnly) notes.Add("a date, no time of day");
    return notes.Count > 0 ? $"  ({string.Join("; ", notes)})" : "";
  }

  private static IEnumerable<string> Values(string field, IReadOnlyDictionary<string, MappedValue> codes) {
    var guessed = codes.Where(c => !c.Value.Sure).Select(c => $"{c.Key} as {c.Value.Code}").ToList();
    var cityOnly = codes.Values.Count(v => v.Sensitive);
    yield return $"{field}: {Amount.Of(codes.Count, "value")} known{(guessed.Count > 0 ? $", {guessed.Count} of them guessed" : "")}"
      + $"{(cityOnly > 0 ? $", {cityOnly} counted for the city only" : "")}.";
    if (guessed.Count == 0) yield break;
    var more = guessed.Count > Shown ? $"; and {guessed.Count - Shown} more" : "";
    yield return $"  Guessed: {string.Join("; ", guessed.Take(Shown))}{more}.";
  }
}
