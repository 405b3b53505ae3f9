using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// Holds every value of the coded fields against the source's maps. A field met for the first time gets a proposed map from all its values; a
/// value that a saved map does not know goes in as unmapped, and is named here.
/// </summary>
internal static class ValueNaming {
  private const int Shown = 12;

  public static (SourceMapping Mapping, IReadOnlyList<string> Said) Name(
      DuckConnection duck, string accepted, ImportRequest request, SourceMapping mapping, ProposalContext context, bool isFirst, CancellationToken ct) {
    var (dataset, records) = (request.Dataset, request.Records);
    var values = mapping.Values.ToDictionary(v => v.Key, v => v.Value);
    List<string> said = [];
    foreach (var field in new RowTyping(records, mapping, default).Fields.Where(MappingProposal.NeedsValues).Where(f => f.Type != FieldType.Integer)) {
      var found = duck.List($"SELECT trim({field.Name}), count(*) FROM {accepted} WHERE {field.Name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1", [],
        r => (Value: r.Text(0)!, Rows: r.Long(1)), ct);
      // a sample of the file does not show all its values: the first import proposes from all of them
      if (!values.TryGetValue(field.Name, out var map)) map = ValueProposal.For(field, dataset, found, context);
      else if (isFirst || request.Accept) map = ValueProposal.Extend(map, field, dataset, found, context);
      values[field.Name] = map;
      var unknown = ValueProposal.Unmapped(map, field, found);
      if (unknown.Count > 0) {
        said.Add($"{field.Name}: {Amount.Of(unknown.Count, "value")} no map knows, on {Amount.Of(unknown.Sum(u => u.Rows), "row")}, {(unknown.Count == 1 ? "goes" : "go")} in as unmapped{(field.Protects ? " and, because the field protects people, for the city only" : "")}: "
          + string.Join(", ", unknown.Take(Shown).Select(u => $"{u.Value} ({u.Rows:N0})")) + (unknown.Count > Shown ? ", ..." : ""));
      }
      var unsure = found.Where(v => map.Codes.TryGetValue(v.Value.ToUpperInvariant(), out var to) && !to.Sure && to.Code != TypeTable.Unmapped).ToList();
      if (unsure.Count > 0) {
        said.Add($"{field.Name}: {Amount.Of(unsure.Count, "value was named from part of its words", "values were named from part of their words")}; look at: "
          + string.Join(", ", unsure.Take(Shown).Select(u => $"{u.Value} -> {map.Codes[u.Value.ToUpperInvariant()].Code} ({u.Rows:N0})")) + (unsure.Count > Shown ? ", ..." : ""));
      }
      var untranslated = map.Codes.Values.Where(v => v.Label is { Es: null }).DistinctBy(v => v.Code).Count();
      if (field.Role == FieldRole.Type && untranslated > 0) said.Add($"{field.Name}: {Amount.Of(untranslated, "label has no Spanish yet; pages show it in English.", "labels have no Spanish yet; pages show them in English.")}");
    }
    return (mapping with { Values = values }, said);
  }
}
