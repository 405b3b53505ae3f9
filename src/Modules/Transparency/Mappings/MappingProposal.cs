using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// Proposes how a source's file is read, from its header and a sample of its records: by the names of the columns and by what stands in them.
/// It never changes a file; a person confirms it, or an unattended import accepts it and says so.
/// </summary>
internal static class MappingProposal {
  /// <summary>The mapping; or, where no column can be the time of the event, what to do.</summary>
  /// <param name="header">The names of the columns, in order.</param>
  /// <param name="sample">Records as they stand in the file, a cell a column; some 2,000 are enough.</param>
  public static Problem? For(
      DatasetDeclaration dataset, RecordType records, IReadOnlyList<string> header, IReadOnlyList<string?[]> sample, ProposalContext context,
      out SourceMapping mapping) {
    if (sample.Count == 0) return Refused("The file has a header and no records.", out mapping);
    var columns = header.Select((name, at) => new ColumnProfile(name, at, sample.Select(r => at < r.Length ? r[at] : null))).ToList();
    var draft = new Draft(records, columns);
    if (context.Columns.FirstOrDefault(g => records.Fields.All(f => f.Name != g.Key)) is { Key: not null } unknown)
      return Refused($"{dataset.Name} has no field \"{unknown.Key}\". Use one of: {string.Join(", ", records.Fields.Select(f => f.Name))}.", out mapping);
    if (context.Columns.Values.FirstOrDefault(c => !header.Contains(c)) is { } missing)
      return Refused($"The file has no column \"{missing}\". Its columns are: {string.Join(", ", header)}.", out mapping);

    foreach (var (field, column) in context.Columns) draft.Give(records[field], column);
    Places.Propose(draft);
    Times.Propose(draft, dataset);
    if (draft.EventTime(dataset) is not { } eventTime) {
      return Refused($"No column of this file can be the time of a row of {dataset.Name}. Its columns are: {string.Join(", ", header)}. "
        + $"Say which one is, as {dataset.EventTimes[0]}=COLUMN; its values must be dates, best with a time of day.", out mapping);
    }
    Types.Propose(draft, dataset, context);
    Keys.Propose(draft);
    draft.FillByName(records.Fields);
    Clocks.Propose(draft, eventTime, context, out var zone);

    Dictionary<string, ValueMap> values = [];
    foreach (var field in records.Fields.Where(f => draft.IsMapped(f) && NeedsValues(f))) {
      var map = ValueProposal.For(field, dataset, draft.Texts(field).CountBy(v => v).Select(v => (v.Key, (long)v.Value)), context);
      // ages that are whole numbers need no map; age groups do
      if (field.Role is FieldRole.PersonAttribute && draft.Profile(field).Whole > 0.9) continue;
      values[field.Name] = map;
    }
    var agency = records.Of(FieldRole.Agency) is { } a && values.TryGetValue(a.Name, out var agencies) ? agencies : null;
    if (agency is not null && agency.Codes.Values.Any(v => !v.Sure)) draft.Doubt($"Which agency is this department was guessed: {string.Join(", ", OwnOf(agency))}.");
    mapping = new() {
      Header = [.. header],
      Fields = records.Fields.Where(draft.IsMapped).ToDictionary(f => f.Name, draft.Mapping),
      Key = draft.Key, KeyRepeats = draft.KeyRepeats, OtherKeys = draft.OtherKeys,
      TimeZone = zone, EventTime = eventTime.Name, Values = values, OwnAgency = agency is null ? [] : OwnOf(agency), Unsure = draft.Doubts,
    };
    return null;
  }

  /// <summary>Whether a field's values are mapped one by one.</summary>
  public static bool NeedsValues(Field field) => field.Type is FieldType.Code or FieldType.Flag && field.Role is not FieldRole.Area || field.Role is FieldRole.PersonAttribute;

  private static IReadOnlyList<string> OwnOf(ValueMap agency) => [.. agency.Codes.Where(c => c.Value.Code == ValueProposal.Own).Select(c => c.Key)];

  private static Problem Refused(string toDo, out SourceMapping mapping) {
    mapping = null!;
    return new(toDo);
  }
}
