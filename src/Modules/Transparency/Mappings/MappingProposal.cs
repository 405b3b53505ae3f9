using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// Proposes how a source's file is read, from its header and a sample of its records: by the names of the columns and by what stands in
/// them. It never changes a file; a person confirms it, or an unattended import accepts it and says so.
/// </summary>
internal static class MappingProposal {
  /// <summary>The mapping; or, where no column can be the time of the event or the key of the main record, what to do.</summary>
  /// <param name="header">The names of the columns, in order.</param>
  /// <param name="sample">Records as they stand in the file, a cell a column; some 2,000 are enough.</param>
  public static Problem? For(
      DatasetDeclaration dataset, RecordType records, IReadOnlyList<string> header, IReadOnlyList<string?[]> sample,
      ProposalContext context, out SourceMapping mapping) {
    mapping = null!;
    if (sample.Count == 0) return new("The file has a header and no records.");
    if (Unusable(context.Columns, dataset, records, header) is { } problem) return problem;
    var columns = header.Select((name, at) => new ColumnProfile(name, at, sample.Select(r => at < r.Length ? r[at] : null)));
    var draft = new Draft(records, [.. columns]);
    if (Propose(draft, dataset, header, context, out mapping) is { } refused) return refused;
    mapping = mapping with { Carries = Carried(draft, dataset, header, context, out var doubts), Unsure = [.. mapping.Unsure, .. doubts] };
    if (mapping.Carries is not null) mapping = mapping with { KeyRepeats = false };
    return null;
  }

  private static Problem? Propose(
      Draft draft, DatasetDeclaration dataset, IReadOnlyList<string> header, ProposalContext context, out SourceMapping mapping) {
    mapping = null!;
    var records = draft.Records;
    foreach (var (field, column) in context.Columns.Where(c => records.Fields.Any(f => f.Name == c.Key))) draft.Give(records[field], column);
    Places.Propose(draft);
    Times.Propose(draft, dataset);
    var eventTime = draft.EventTime(dataset);
    if (eventTime is null && records.Parent is null) {
      return new($"No column of this file can be the time of a row of {dataset.Name}. Its columns are: {string.Join(", ", header)}. "
        + $"Say which one is, with --column {dataset.EventTimes[0]}=COLUMN; its values must be dates, best with a time of day.");
    }
    Types.Propose(draft, dataset);
    Keys.Propose(draft);
    if (records.Parent is { } parent && !draft.IsMapped(parent)) {
      return new($"No column of this file can be the key that joins {records.Name} to {dataset.Main.Name}. "
        + $"Its columns are: {string.Join(", ", header)}. Say which one is, with --column {parent.Name}=COLUMN.");
    }
    Others.Propose(draft);
    var zone = Clocks.Propose(draft, context);
    var values = Values(draft, dataset, context);
    var own = records.Of(FieldRole.Agency) is { } a && values.TryGetValue(a.Name, out var agencies) ? OwnOf(agencies) : [];
    if (own.Any(o => !o.Value.Sure))
      draft.Doubt($"Which agency is this department was guessed: {string.Join(", ", own.Select(o => o.Key))}.");
    mapping = new() {
      Header = [.. header], Fields = records.Fields.Where(draft.IsMapped).ToDictionary(f => f.Name, draft.Mapping),
      Key = draft.Key, KeyRepeats = draft.KeyRepeats, OtherKeys = draft.OtherKeys, TimeZone = zone, EventTime = eventTime?.Name,
      Values = values, OwnAgency = [.. own.Select(o => o.Key)], Unsure = draft.Doubts,
    };
    return null;
  }

  // What a file of main records tells beside them, in columns that feed none of their fields: of the other record types the one that most
  // columns feed. It must tell what its rows are.
  private static CarriedMapping? Carried(
      Draft main, DatasetDeclaration dataset, IReadOnlyList<string> header, ProposalContext context, out IReadOnlyList<string> doubts) {
    doubts = [];
    if (main.Records.Of(FieldRole.Key) is not { } key || !main.Key.SequenceEqual([key.Name])) return null;
    List<(CarriedMapping Carried, int Fed)> found = [];
    foreach (var records in dataset.RecordTypes.Where(r => r.Parent is not null && main.Records.Parent is null)) {
      var draft = new Draft(records, [.. main.Free, main.Profile(key)]);
      draft.Map(records.Parent!, main.Profile(key));
      if (Propose(draft, dataset, header, context, out var mapping) is not null) continue;
      if (records.Of(FieldRole.Type) is { } type && !draft.IsMapped(type)) continue;
      if (mapping.Fields.Count > 1) found.Add((new(records.Name, mapping), mapping.Fields.Count));
    }
    found = [.. found.OrderByDescending(f => f.Fed)];
    doubts = [
      .. found.Take(1).Select(f => $"Each row is taken for one of {f.Carried.Records}; what it says of its {main.Records.Name} is repeated."),
      .. found.Skip(1).Select(f => $"It has columns of {f.Carried.Records} too, which are not read."),
    ];
    return found.Count > 0 ? found[0].Carried : null;
  }

  /// <summary>Whether a field's values are mapped one by one.</summary>
  public static bool NeedsValues(Field field) =>
    field.Type is FieldType.Code or FieldType.Flag ? field.Role is not FieldRole.Area : field.Role is FieldRole.PersonAttribute;

  private static Dictionary<string, ValueMap> Values(Draft draft, DatasetDeclaration dataset, ProposalContext context) {
    Dictionary<string, ValueMap> values = [];
    foreach (var field in draft.Records.Fields.Where(f => draft.IsMapped(f) && NeedsValues(f))) {
      // ages that are whole numbers need no map; age groups do
      if (field.Role is FieldRole.PersonAttribute && draft.Profile(field).Whole > 0.9) continue;
      var counts = draft.Texts(field).CountBy(v => v).Select(v => (v.Key, (long)v.Value));
      values[field.Name] = ValueProposal.For(field, dataset, counts, context);
    }
    return values;
  }

  private static List<KeyValuePair<string, MappedValue>> OwnOf(ValueMap agencies) =>
    [.. agencies.Codes.Where(c => c.Value.Code == ValueProposal.Own)];

  // what a person said with the import must name a field and a column that are there
  private static Problem? Unusable(
      IReadOnlyDictionary<string, string> said, DatasetDeclaration dataset, RecordType records, IReadOnlyList<string> header) {
    // with main records a file may carry others
    var fields = (records.Parent is null ? dataset.RecordTypes : [records]).SelectMany(r => r.Fields).Select(f => f.Name).ToHashSet();
    foreach (var (field, column) in said) {
      if (!fields.Contains(field))
        return new($"{dataset.PathOf(records)} has no field \"{field}\". Use one of: {string.Join(", ", fields)}.");
      if (!header.Contains(column)) return new($"The file has no column \"{column}\". Its columns are: {string.Join(", ", header)}.");
    }
    return null;
  }
}
