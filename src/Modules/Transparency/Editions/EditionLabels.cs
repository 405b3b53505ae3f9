using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>What an edition's codes mean, added to what the edition before said: codes are only added, never used again.</summary>
internal static class EditionLabels {
  /// <summary>Labels of areas, types, categories and priorities; reads <c>live</c> for areas that no map has.</summary>
  /// <param name="previous">The folder of the edition before, or null.</param>
  public static Labels Make(DuckConnection duck, DatasetDeclaration dataset, RecordType records, IReadOnlyDictionary<string, SourceMapping> mappings, AreaPlacing places,
      string? previous, CancellationToken ct) {
    var labels = previous is null ? Labels.Empty : Labels.Read(previous);
    return labels.With(Areas(duck, records, places, ct), Types(dataset, records, mappings), dataset.TypeCodes is null ? [] : Categories(), Priorities(records, mappings));
  }

  private static IEnumerable<AreaLabel> Areas(DuckConnection duck, RecordType records, AreaPlacing places, CancellationToken ct) {
    foreach (var area in places.Areas) yield return new(area.Code, new(area.Name ?? area.MapCode), area.District, area.Population, area.From, area.Until);
    var field = records.Of(FieldRole.Area)!.Name;
    // where no map holds, the rows' own codes are the areas
    var known = places.Areas.Select(a => a.Code).ToHashSet();
    foreach (var code in duck.List($"SELECT DISTINCT upper(trim({field})) AS code FROM live WHERE {places.MapOf("event")} = 0 AND trim({field}) <> '' ORDER BY 1", [], r => r.Text(0)!, ct))
      if (!known.Contains(code)) yield return new(code, new(code));
  }

  private static IEnumerable<TypeLabel> Types(DatasetDeclaration dataset, RecordType records, IReadOnlyDictionary<string, SourceMapping> mappings) {
    if (dataset.TypeCodes is not null) return TypeTable.Nibrs.Values.Select(t => new TypeLabel(t.Code, t.Label, t.Category, Word(t.Class)));
    return Codes(records.Of(FieldRole.Type)!, mappings).Select(v => new TypeLabel(v.Code, v.Label ?? new(v.Code), null, "own"))
      .Append(new(TypeTable.Unmapped, TypeTable.Nibrs[TypeTable.Unmapped].Label, null, "own"));
  }

  private static IEnumerable<CategoryLabel> Categories() => TypeTable.Categories.Select(c => new CategoryLabel(c.Code, c.Label));

  private static IEnumerable<PriorityLabel> Priorities(RecordType records, IReadOnlyDictionary<string, SourceMapping> mappings) =>
    records.Of(FieldRole.Priority) is not { } field ? []
      : Codes(field, mappings).OrderBy(v => v.Order ?? int.MaxValue).ThenBy(v => v.Code, StringComparer.Ordinal).Select(v => new PriorityLabel(v.Code, v.Label ?? new(v.Code), v.Order));

  private static IEnumerable<MappedValue> Codes(Field field, IReadOnlyDictionary<string, SourceMapping> mappings) =>
    mappings.OrderBy(m => m.Key, StringComparer.Ordinal).SelectMany(m => m.Value.Values.TryGetValue(field.Name, out var map) ? map.Codes.Values : [])
      .DistinctBy(v => v.Code).OrderBy(v => v.Code, StringComparer.Ordinal);

  private static string Word(TypeClass kind) => kind switch {
    TypeClass.Crime => "crime",
    TypeClass.GroupB => "group-b",
    TypeClass.NotAnOffense => "not-an-offense",
    TypeClass.Unfounded => "unfounded",
    TypeClass.Own => "own",
    _ => "unmapped",
  };
}
