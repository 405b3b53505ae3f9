using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds what identifies a row. A number of the exporting system is the last choice: sources renumber their rows.</summary>
internal static class Keys {
  // numbers that differ in every row without naming it: feet, census tracts, times
  private static readonly string[] Measures = [
    "x", "y", "coordinate", "geo", "geom", "shape", "point", "latitude", "longitude", "map", "time", "date", "hour", "census", "zip",
    "block", "address", "phone",
  ];

  /// <summary>Feeds the key and the row id, and lists the other columns that could be the key, best first.</summary>
  public static void Propose(Draft draft) {
    if (draft.Records.Parent is { } parent) {
      Within(draft, parent);
      return;
    }
    if (draft.Records.Of(FieldRole.Key) is not { } key) return;
    var rowId = draft.Records.Of(FieldRole.RowId);
    bool HasRowId() => rowId is not null && draft.IsMapped(rowId);
    List<ColumnProfile> named = draft.IsMapped(key) ? []
      : [.. draft.Ranked(c => c.Filled < 0.9 || c.Counts.Count <= 2 ? 0 : draft.Likeness(key, c) * Content(c))];
    if (named.Count > 0) draft.Map(key, named[0]);
    if (rowId is not null && !draft.IsMapped(rowId) && draft.Best(c => c.IsUnique ? draft.Likeness(rowId, c) : 0) is { } row) draft.Map(rowId, row);
    if (!draft.IsMapped(key) && !HasRowId() && draft.Free.FirstOrDefault(IsLikeKey) is { } unnamed) {
      draft.Map(key, unnamed);
      draft.Doubt($"No column is named like a key; {unnamed} never repeats in the sample and is taken for it.");
    }
    List<ColumnProfile> others = [.. named.Skip(1)];
    if (draft.IsMapped(key)) {
      draft.Key = [key.Name];
      if (HasRowId()) others.Add(draft.Profile(rowId!));
    } else if (HasRowId()) {
      draft.Key = [rowId!.Name];
      draft.Doubt($"The only key is {draft.Profile(rowId)}, a row number of the exporting system: hold two files against each other before "
        + "trusting it.");
    } else {
      draft.Doubt("No column identifies a row: rows are keyed by their content, so a corrected row counts as a new one.");
    }
    draft.KeyRepeats = draft.Key.Count > 0 && draft.Profile(draft.Records[draft.Key[0]]).Distinct < 1;
    others.AddRange(draft.Free.Where(IsLikeKey));
    draft.OtherKeys = [.. others.Distinct().Take(6).Select(c => c.Name.Text)];
  }

  // Records that belong to a main one are told apart within it: by a number of their own where they have one, else by what they say. A row
  // number of the exporting system is no help: the rows of one main record are compared as a set.
  private static void Within(Draft draft, Field parent) {
    if (!draft.IsMapped(parent) && draft.Best(c => c.Filled < 0.9 || c.Time is not null ? 0 : draft.Likeness(parent, c)) is { } joins)
      draft.Map(parent, joins);
    if (draft.Records.Of(FieldRole.Key) is not { } key) return;
    if (!draft.IsMapped(key) && draft.Best(c => c.Filled < 0.9 ? 0 : draft.Likeness(key, c)) is { } numbered) draft.Map(key, numbered);
    if (!draft.IsMapped(key)) return;
    // "1", "2", "3" begin anew in each
    draft.Key = draft.Profile(key).IsUnique ? [key.Name] : [parent.Name, key.Name];
  }

  private static double Content(ColumnProfile column) =>
    column.Time is { DateOnly: true } ? 0 : column.Distinct switch { >= 0.98 => 1, >= 0.5 => 0.95, >= 0.15 => 0.8, _ => 0.3 };

  private static bool IsLikeKey(ColumnProfile column) =>
    column.IsUnique && column.Values.Count > 20 && column.Length is >= 4 and <= 40 && column.Time is null && column.Point is null
      && !Array.Exists(Measures, column.Name.Has) && column.ShareOf(v => v.Any(char.IsAsciiDigit)) > 0.95
      && column.ShareOf(v => v.Contains('.') || v.Contains(' ')) < 0.05;
}
