using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds what identifies a row. A number of the exporting system is the last choice: sources renumber their rows.</summary>
internal static class Keys {
  /// <summary>Feeds the key and the row id, and lists the other columns that could be the key, best first.</summary>
  public static void Propose(Draft draft) {
    if (draft.Records.Of(FieldRole.Key) is not { } key) return;
    var rowId = draft.Records.Of(FieldRole.RowId);
    var named = draft.IsMapped(key) ? [] : draft.Free.Where(c => c.Filled >= 0.9 && c.Counts.Count > 2)
      .Select(c => (Column: c, Fit: draft.Likeness(key, c) * Content(c))).Where(c => c.Fit >= Draft.Enough).OrderByDescending(c => c.Fit).ThenBy(c => c.Column.At).ToList();
    if (named.Count > 0) draft.Map(key, [named[0].Column], names => new(names));
    if (rowId is not null && !draft.IsMapped(rowId)) {
      var row = draft.Free.Where(c => c.IsUnique).Select(c => (Column: c, Fit: draft.Likeness(rowId, c))).Where(c => c.Fit >= Draft.Enough).OrderByDescending(c => c.Fit).FirstOrDefault().Column;
      if (row is not null) draft.Map(rowId, [row], names => new(names));
    }
    if (!draft.IsMapped(key) && (rowId is null || !draft.IsMapped(rowId)) && draft.Free.FirstOrDefault(IsLikeKey) is { } unnamed) {
      draft.Map(key, [unnamed], names => new(names));
      draft.Doubt($"No column is named like a key; {unnamed} never repeats in the sample and is taken for it.");
    }
    draft.Key = draft.IsMapped(key) ? [key.Name] : rowId is not null && draft.IsMapped(rowId) ? [rowId.Name] : [];
    if (draft.Key.Count == 0) draft.Doubt("No column identifies a row: rows are keyed by their content, so a corrected row counts as a new one.");
    else if (!draft.IsMapped(key)) draft.Doubt($"The only key is {draft.Profile(rowId!)}, a row number of the exporting system: hold two files against each other before trusting it.");
    if (draft.Key.Count > 0) {
      var profile = draft.Profile(draft.Records[draft.Key[0]]);
      draft.KeyRepeats = profile.Counts.Count < profile.Values.Count;
    }
    List<ColumnProfile> others = [.. named.Skip(1).Select(n => n.Column)];
    if (rowId is not null && draft.IsMapped(rowId) && draft.IsMapped(key)) others.Add(draft.Profile(rowId));
    others.AddRange(draft.Free.Where(IsLikeKey));
    draft.OtherKeys = [.. others.Distinct().Take(6).Select(c => c.Name.Text)];
  }

  private static double Content(ColumnProfile column) => column.Time is { DateOnly: true } ? 0 : column.Distinct switch { >= 0.98 => 1, >= 0.5 => 0.95, >= 0.15 => 0.8, _ => 0.3 };

  // numbers that differ in every row without naming it: feet, census tracts, times
  private static readonly string[] Measures = ["x", "y", "coordinate", "geo", "geom", "point", "latitude", "longitude", "map", "time", "date", "hour", "census", "zip", "block", "address", "phone", "shape"];

  private static bool IsLikeKey(ColumnProfile column) =>
    column.IsUnique && !Array.Exists(Measures, column.Name.Has) && column.Values.Count > 20 && column.Time is null && PointText.Format(column) is null && column.Length is >= 4 and <= 40 && column.ShareOf(v => v.Any(char.IsAsciiDigit)) > 0.95
      && column.ShareOf(v => v.Contains('.') || v.Contains(' ')) < 0.05;
}
