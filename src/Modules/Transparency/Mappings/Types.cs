using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds the column, or the two, that best tell what kind of offense or call a row is.</summary>
internal static class Types {
  /// <summary>Feeds the type.</summary>
  public static void Propose(Draft draft, DatasetDeclaration dataset) {
    if (draft.Records.Of(FieldRole.Type) is not { } type || draft.IsMapped(type)) return;
    if (dataset.TypeCodes is null) Calls(draft, dataset, type);
    else Offenses(draft, new(dataset, type, draft.Rows));
  }

  private static void Calls(Draft draft, DatasetDeclaration dataset, Field type) {
    // words rather than bare codes, where both are there
    var best = draft.Best(c => c.Time is not null || (c.Distinct > 0.8 && c.Values.Count > 50) || IsSource(draft, dataset, c) ? 0
      : draft.Likeness(type, c) * (c.Lettered < 0.3 || c.Length <= 3 ? 0.8 : 1));
    if (best is null) return;
    draft.Map(type, best);
    if (best.Lettered < 0.3) draft.Doubt($"{best} holds codes without words; residents need labels for them.");
  }

  // "Call Type" that says ONVIEW, 911 and ALARM tells who started a call, not what it is
  private static bool IsSource(Draft draft, DatasetDeclaration dataset, ColumnProfile column) {
    if (draft.Records.Of(FieldRole.OnView) is not { } onView || column.Counts.Count > 30) return false;
    if (draft.Likeness(onView, column) == 0) return false;
    var map = ValueProposal.For(onView, dataset, column.Tally, ProposalContext.None);
    return map.Codes.Count > 1 && column.ShareOf(v => map.Codes.ContainsKey(ValueProposal.Key(v))) > 0.7;
  }

  /// <summary>What the rules of offenses make of a column.</summary>
  /// <param name="Sure">The share of all records that they are sure of: a column that is often empty understands less.</param>
  /// <param name="Known">The share that they understand, sure or not.</param>
  /// <param name="Codes">How many codes they tell apart.</param>
  private readonly record struct Understood(double Sure, double Known, int Codes) {
    public double Quality => 60 * Sure + 45 * (Known - Sure) + Math.Min(Codes, 25);

    /// <summary>Whether two columns together say clearly more than one.</summary>
    public bool Betters(Understood one) =>
      Quality >= one.Quality + 2 && Sure >= one.Sure - 0.02 && (Sure >= one.Sure + 0.03 || Codes >= one.Codes + 3);
  }

  private sealed class Reader(DatasetDeclaration dataset, Field type, double records) {
    public Field Type => type;

    public Understood Read(IReadOnlyList<(string Value, long Rows)> counts) {
      var map = ValueProposal.For(type, dataset, counts, ProposalContext.None).Codes;
      double sure = 0, known = 0;
      HashSet<string> codes = [];
      foreach (var (value, rows) in counts) {
        if (!map.TryGetValue(ValueProposal.Key(value), out var meaning)) continue;
        known += rows;
        if (meaning.Sure) sure += rows;
        codes.Add(meaning.Code);
      }
      return new(sure / records, known / records, codes.Count);
    }
  }

  private sealed record Candidate(ColumnProfile Column, double Name, Understood Understood) {
    public bool IsNibrs { get; } = Column.ShareOf(v => OffenseWords.NibrsCode(v) is not null) >= 0.7
      && Column.Counts.Any(c => OffenseWords.NibrsCode(c.Key)?.Any(char.IsLetter) == true);
    public double Score => Understood.Quality + 0.4 * Name + (IsNibrs ? 15 * Column.Filled : 0);
  }

  private static void Offenses(Draft draft, Reader reader) {
    var detail = draft.Records.Of(FieldRole.TypeDetail);
    var candidates = draft.Free
      .Where(c => c.Time is null && c.Point is null && c.Filled > 0.3 && (c.Counts.Count <= 60 || c.Distinct < 0.6))
      .Select(c => (Column: c, Name: Math.Max(draft.Likeness(reader.Type, c), detail is null ? 0 : 0.9 * draft.Likeness(detail, c))))
      .Where(c => c.Name >= 30).Select(c => new Candidate(c.Column, c.Name, reader.Read(c.Column.Tally)))
      // a name that says little must be borne out by more of the content
      .Where(c => c.Understood.Known >= (c.Name >= Draft.Enough ? 0.25 : 0.6))
      .OrderByDescending(c => c.Score).ThenBy(c => c.Column.At).ToList();
    if (candidates.Count == 0) {
      Unread(draft, reader.Type);
      return;
    }
    var (chosen, understood) = WithDetail(reader, candidates);
    draft.Map(reader.Type, chosen, names => new(names));
    if (understood.Known < 0.9 * chosen[0].Filled)
      draft.Doubt($"{1 - understood.Known:P0} of the sample's offenses are not understood: a person must name them.");
  }

  private static (IReadOnlyList<ColumnProfile> Chosen, Understood Understood) WithDetail(Reader reader, List<Candidate> candidates) {
    var best = candidates[0];
    IReadOnlyList<ColumnProfile> chosen = [best.Column];
    var understood = best.Understood;
    if (best.IsNibrs && understood.Known >= 0.95) return (chosen, understood);
    foreach (var other in candidates.Skip(1).Take(6).Select(c => c.Column)) {
      // the coarser first: "BATTERY / SIMPLE"
      ColumnProfile[] pair = other.Counts.Count < best.Column.Counts.Count ? [other, best.Column] : [best.Column, other];
      var joined = Draft.Join(pair, " / ").Where(t => t.Length > 0).CountBy(t => t).Select(t => (t.Key, (long)t.Value)).ToList();
      if (joined.Count > 1500 || reader.Read(joined) is var both && !both.Betters(understood)) continue;
      (chosen, understood) = (pair, both);
    }
    return (chosen, understood);
  }

  private static void Unread(Draft draft, Field type) {
    if (draft.Best(c => c.Counts.Count < 1000 && c.Time is null ? draft.Likeness(type, c) : 0, 80) is not { } column) {
      draft.Doubt("No column tells the kind of offense: every row is shown as not yet named.");
      return;
    }
    draft.Map(type, column);
    draft.Doubt($"{column} is named like the kind of offense, but no rule understands its values: a person must name them.");
  }
}
