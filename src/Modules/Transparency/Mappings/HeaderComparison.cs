namespace Porchlight.Transparency.Mappings;

/// <summary>How the columns of a file differ from those its saved mapping was made for.</summary>
internal static class HeaderComparison {
  /// <summary>One line for each column that is new, gone, moved or renamed; empty where the headers are the same.</summary>
  public static IReadOnlyList<string> Between(IReadOnlyList<string> saved, IReadOnlyList<string> found) {
    List<string> lines = [];
    List<(string Name, int At)> gone = [.. saved.Index().Where(c => !found.Contains(c.Item)).Select(c => (c.Item, c.Index))];
    List<(string Name, int At)> added = [.. found.Index().Where(c => !saved.Contains(c.Item)).Select(c => (c.Item, c.Index))];
    foreach (var old in gone.ToList()) {
      var alike = added.Select(a => (Column: a, Likeness: HeaderName.Of(old.Name).Likeness(HeaderName.Of(a.Name))))
        .OrderByDescending(a => a.Likeness).FirstOrDefault();
      // the same place says as much as some of the same words, where only one column is in question
      var sameplace = gone.Count == 1 && added.Count == 1 && saved.Count == found.Count && added[0].At == old.At;
      if (alike.Likeness < 75 && !sameplace) continue;
      lines.Add($"Renamed: {old.Name} looks like {alike.Column.Name} now.");
      gone.Remove(old);
      added.Remove(alike.Column);
    }
    lines.AddRange(added.Select(a => $"New: {a.Name} (column {a.At + 1})."));
    lines.AddRange(gone.Select(g => $"Gone: {g.Name} (was column {g.At + 1})."));
    // order among the columns both have: one taken out does not move the rest
    var before = saved.Where(found.Contains).ToList();
    var after = found.Where(saved.Contains).ToList();
    if (before.Count != after.Count) return lines;
    lines.AddRange(before.Where((c, at) => after[at] != c)
      .Select(c => $"Moved: {c} was column {Place(saved, c)}, and is column {Place(found, c)}."));
    return lines;
  }

  private static int Place(IReadOnlyList<string> header, string column) => header.Index().First(c => c.Item == column).Index + 1;
}
