using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>A mapping in plain lines for the person at the shell: what feeds what, what is in doubt, and what is left out.</summary>
internal static class MappingReport {
  /// <summary>The lines, without any value of a row.</summary>
  public static IReadOnlyList<string> Lines(SourceMapping mapping, DatasetDeclaration dataset, RecordType records) {
    List<string> lines = [$"How the file is read as {dataset.Name}:"];
    var width = mapping.Fields.Keys.Max(k => k.Length);
    foreach (var field in records.Fields) {
      if (mapping.Fields.TryGetValue(field.Name, out var column)) lines.Add($"  {field.Name.PadRight(width)}  {string.Join(" + ", column.Columns)}{How(column)}");
    }
    lines.Add(mapping.Key.Count == 0
      ? "Key: none. Rows are told apart by their content."
      : $"Key: {string.Join(" + ", mapping.Key.SelectMany(k => mapping.Fields[k].Columns))}{(mapping.KeyRepeats ? ", which repeats: one report can fill several rows" : "")}.");
    if (mapping.OtherKeys.Count > 0) lines.Add($"  Could be the key instead: {string.Join(", ", mapping.OtherKeys)}.");
    lines.Add($"A row counts on the day of {mapping.EventTime} ({string.Join(" + ", mapping.Fields[mapping.EventTime].Columns)}), {(mapping.TimeZone is { } zone ? $"by the clock of {zone}" : "as written")}.");
    foreach (var (name, values) in mapping.Values) {
      if (values.Codes.Count == 0) continue;
      var unsure = values.Codes.Where(c => !c.Value.Sure).Select(c => c.Key).ToList();
      var sensitive = values.Codes.Count(c => c.Value.Sensitive);
      lines.Add($"{name}: {values.Codes.Count} values known{(unsure.Count > 0 ? $", {unsure.Count} of them guessed" : "")}{(sensitive > 0 ? $", {sensitive} counted for the city only" : "")}.");
      if (unsure.Count > 0) lines.Add($"  Guessed: {string.Join("; ", unsure.Take(12).Select(u => $"{u} as {values.Codes[u].Code}"))}{(unsure.Count > 12 ? $"; and {unsure.Count - 12} more" : "")}.");
    }
    lines.AddRange(mapping.Unsure.Select(u => "Please confirm: " + u));
    var unused = mapping.Header.Except(mapping.Fields.Values.SelectMany(f => f.Columns)).ToList();
    if (unused.Count > 0) lines.Add($"Not used, never published: {string.Join(", ", unused)}.");
    return lines;
  }

  private static string How(ColumnMapping column) {
    List<string> notes = [];
    if (column.Format is { } format) notes.Add(format);
    if (column.HasOffset) notes.Add(column.DateOnly ? "zone ignored" : column.Offset is OffsetMeaning.True ? "zone is true" : "zone is not meant");
    if (column.DateOnly) notes.Add("a date, no time of day");
    return notes.Count > 0 ? $"  ({string.Join("; ", notes)})" : "";
  }
}
