using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Feeds what needs no search of its own: areas, addresses, flags, priorities, statuses.</summary>
internal static class Others {
  /// <summary>Feeds every field still unfed with the free column that fits best.</summary>
  public static void Propose(Draft draft) {
    var open = draft.Records.Fields.Where(f => f.Type is not (FieldType.Timestamp or FieldType.Latitude or FieldType.Longitude));
    // a status decides what is counted, so it has the first choice
    draft.MapBest(open, (f, c) => (draft.Likeness(f, c) + (f.Role is FieldRole.Status ? 6 : 0)) * Content(f, c), (field, column) => {
      var number = field.Role is FieldRole.Address ? StreetNumber(draft, column) : null;
      if (number is null) draft.Map(field, column);
      else draft.Map(field, [number, column], names => new(names));
    });
    // one column may tell both how a case ended and whether someone was arrested
    if (draft.Records.Of(FieldRole.Cleared) is { } cleared && !draft.IsMapped(cleared) && draft.Fed(FieldRole.Status) is { } status
        && draft.Profile(status) is var ended && ended.ShareOf(v => v.Contains("arrest", StringComparison.OrdinalIgnoreCase)) > 0)
      draft.Map(cleared, ended, shared: true);
  }

  // the number of the house or block, where it stands in a column of its own
  private static ColumnProfile? StreetNumber(Draft draft, ColumnProfile street) =>
    !street.Name.Words.Any(w => w is "street" or "road") || street.Lettered < 0.5 ? null
    : draft.Free.FirstOrDefault(c => c != street && c.Whole > 0.8 && c.Name.Has("number")
      && c.Name.Words.Any(w => w is "block" or "street" or "address" or "house"));

  /// <summary>How well a column's content fits a field, 0 to 1.</summary>
  private static double Content(Field field, ColumnProfile column) => field switch {
    { Type: FieldType.Clock } => Clock(column),
    { Role: FieldRole.OnView } => FlagShare(field, column) >= 0.5 ? 1 : 0,
    { Role: FieldRole.Cleared } => FlagShare(field, column) >= 0.3 ? 1 : 0,
    { Type: FieldType.Flag } => FlagShare(field, column) is >= 0.6 and var known ? known : 0,
    { Role: FieldRole.PersonAttribute, Type: FieldType.Integer } => column.Time is null && column.ShareOf(v => v.Any(char.IsAsciiDigit)) >= 0.5 ? 1 : 0,
    { Role: FieldRole.Area } => Area(column),
    { Type: FieldType.Code } => column.Counts.Count > 300 || IsNearlyUnique(column) || column.Time is not null ? 0
      // "IC" beside "Invest Cont": where both are there, the words
      : field.Role is FieldRole.Status && column.Length <= 3 ? 0.95 : 1,
    { Role: FieldRole.TypeDetail } => column.Lettered < 0.5 ? 0 : 1,
    { Role: FieldRole.Address } => column.Lettered < 0.5 || column.Point is not null ? 0 : 1,
    { Role: FieldRole.Narrative } => column.Lettered < 0.3 ? 0 : 1,
    _ => 1,
  };

  // "1", "2", "3" in a column that does not speak of hours are watches
  private static double Clock(ColumnProfile column) => ClockWitness.Format(column.Values) switch {
    null => 0,
    "shift" => 1,
    _ => column.Name.Words.Any(w => w is "hour" or "hr" or "time") ? 1 : 0,
  };

  private static double Area(ColumnProfile column) {
    if (column.Time is not null || column.Point is not null || column.Counts.Count > 1500 || IsNearlyUnique(column)) return 0;
    var filled = column.Filled switch { < 0.2 => 0.6, < 0.75 => 0.9, _ => 1 };
    // hundreds of areas are too small to tell residents anything
    return column.Counts.Count > 300 ? 0.85 * filled : filled;
  }

  private static bool IsNearlyUnique(ColumnProfile column) => column.Distinct > 0.9 && column.Values.Count > 50;

  private static double FlagShare(Field field, ColumnProfile column) {
    if (column.Counts.Count > 60) return 0;
    var map = ValueProposal.For(field, Catalog.All[0], column.Tally, ProposalContext.None);
    return column.ShareOf(v => map.Codes.ContainsKey(ValueProposal.Key(v)));
  }
}
