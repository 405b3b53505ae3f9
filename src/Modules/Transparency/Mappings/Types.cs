using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds the column, or the two, that best tell what kind of offense or call a row is.</summary>
internal static class Types {
  // how much of a column the rules of offenses understand
  private readonly record struct Understood(double Sure, double Known, int Codes) {
    public double Quality => 60 * Sure + 30 * (Known - Sure) + Math.Min(Codes, 25);
  }

  /// <summary>Feeds the type, and the detail that helped to name it.</summary>
  public static void Propose(Draft draft, DatasetDeclaration dataset, ProposalContext context) {
    if (draft.Records.Of(FieldRole.Type) is not { } type || draft.IsMapped(type)) return;
    if (dataset.TypeCodes is null) Calls(draft, type);
    else Offenses(draft, dataset, type, context);
  }

  private static void Calls(Draft draft, Field type) {
    var best = draft.Free.Where(c => c.Time is null && !(c.Distinct > 0.8 && c.Values.Count > 50))
      .Select(c => (Column: c, Fit: draft.Likeness(type, c) * (IsSource(draft, c) ? 0 : c.Lettered < 0.3 || c.Length <= 3 ? 0.8 : 1))).Where(c => c.Fit >= Draft.Enough)
      .OrderByDescending(c => c.Fit).ThenBy(c => c.Column.At).FirstOrDefault();
    if (best.Column is null) return;
    draft.Map(type, [best.Column], names => new(names));
    if (best.Column.Lettered < 0.3) draft.Doubt($"{best.Column} holds codes without words; residents need labels for them.");
  }

  // "Call Type" that says ONVIEW, 911 and ALARM tells who started a call, not what it is
  private static bool IsSource(Draft draft, ColumnProfile column) =>
    draft.Records.Of(FieldRole.OnView) is { } onView && draft.Likeness(onView, column) > 0 && column.Counts.Count <= 30
      && ValueProposal.For(onView, Catalog.Find("calls")!, column.Counts.Select(c => (c.Key, (long)c.Value)), ProposalContext.None) is { Codes.Count: > 1 } map
      && column.ShareOf(v => map.Codes.ContainsKey(ValueProposal.Key(v))) > 0.7;

  private static void Offenses(Draft draft, DatasetDeclaration dataset, Field type, ProposalContext context) {
    var detail = draft.Records.Of(FieldRole.TypeDetail);
    // of all records: a column that is often empty understands less
    double all = draft.Columns[0].Cells.Count;
    Understood Understand(IEnumerable<(string, long)> counts) {
      var rows = counts.ToList();
      var map = ValueProposal.For(type, dataset, rows, context).Codes;
      double sure = 0, known = 0;
      HashSet<string> codes = [];
      foreach (var (value, n) in rows) {
        if (!map.TryGetValue(ValueProposal.Key(value), out var meaning)) continue;
        known += n;
        if (meaning.Sure) sure += n;
        codes.Add(meaning.Code);
      }
      return new(sure / all, known / all, codes.Count);
    }
    var candidates = draft.Free.Where(c => c.Time is null && c.Point is null && c.Filled > 0.3 && (c.Counts.Count <= 60 || c.Distinct < 0.6))
      .Select(c => (Column: c, Name: Math.Max(draft.Likeness(type, c), detail is null ? 0 : 0.9 * draft.Likeness(detail, c)))).Where(c => c.Name >= 30)
      .Select(c => (c.Column, c.Name, Understood: Understand(c.Column.Counts.Select(v => (v.Key, (long)v.Value)))))
      .Where(c => c.Understood.Known >= (c.Name >= Draft.Enough ? 0.25 : 0.6)).OrderByDescending(c => Score(c.Column, c.Name, c.Understood)).ThenBy(c => c.Column.At).ToList();
    if (candidates.Count == 0) {
      if (draft.Free.Select(c => (Column: c, Name: draft.Likeness(type, c))).Where(c => c.Name >= 80 && c.Column.Counts.Count < 1000).MaxBy(c => c.Name).Column is not { } unread) {
        draft.Doubt("No column tells the kind of offense: every row is shown as not yet named.");
        return;
      }
      draft.Map(type, [unread], names => new(names));
      draft.Doubt($"{unread} is named like the kind of offense, but no rule understands its values: a person must name them.");
      return;
    }
    var best = candidates[0];
    IReadOnlyList<ColumnProfile> chosen = [best.Column];
    var quality = best.Understood;
    if (!(IsNibrs(best.Column) && quality.Known >= 0.95)) {
      foreach (var other in candidates.Skip(1).Take(6)) {
        // the coarser first: "BATTERY / SIMPLE"
        ColumnProfile[] pair = other.Column.Counts.Count < best.Column.Counts.Count ? [other.Column, best.Column] : [best.Column, other.Column];
        var joined = Draft.Join(pair, " / ").Where(t => t.Length > 0).CountBy(t => t).Select(t => (t.Key, (long)t.Value)).ToList();
        if (joined.Count > 1500) continue;
        var both = Understand(joined);
        if (both.Quality < quality.Quality + 2 || both.Sure < quality.Sure - 0.02 || (both.Sure < quality.Sure + 0.03 && both.Codes < quality.Codes + 3)) continue;
        (chosen, quality) = (pair, both);
      }
    }
    draft.Map(type, chosen, names => new(names));
    if (quality.Known < 0.9 * best.Column.Filled) draft.Doubt($"{1 - quality.Known:P0} of the sample's offenses are not understood: a person must name them.");
  }

  private static double Score(ColumnProfile column, double name, Understood understood) => understood.Quality + 0.4 * name + (IsNibrs(column) ? 15 : 0);

  private static bool IsNibrs(ColumnProfile column) =>
    column.ShareOf(v => OffenseWords.NibrsCode(v) is not null) >= 0.7 && column.Counts.Any(c => OffenseWords.NibrsCode(c.Key) is { } code && code.Any(char.IsLetter));
}
