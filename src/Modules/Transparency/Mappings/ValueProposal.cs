using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// What the values of a field mean. Asked with all distinct values of a file, since two thousand records do not show them all. A value that
/// no rule knows is left out of the map: it is not known, and <see cref="Unmapped"/> names it.
/// </summary>
internal static class ValueProposal {
  /// <summary>Codes of the agency field.</summary>
  public const string Own = "own", Other = "other";
  /// <summary>Codes of flags.</summary>
  public const string Yes = "yes", No = "no";
  /// <summary>
  /// Codes of a status: all but <c>kept</c> leave the totals and are counted beside them. <see cref="TypeTable.Unfounded"/> is one too.
  /// </summary>
  public const string Kept = "kept", Cancelled = "cancelled", Duplicate = "duplicate", Void = "void";

  /// <summary>The map of a field's values.</summary>
  /// <param name="values">Each distinct value, and its rows in the whole file.</param>
  public static ValueMap For(
      Field field, DatasetDeclaration dataset, IEnumerable<(string Value, long Rows)> values, ProposalContext context) {
    var known = Known(field, values);
    var meanings = field switch {
      { Role: FieldRole.Type or FieldRole.TypeDetail } when dataset.TypeCodes is null => known.Select(v => (v.Value, CallType(v.Value))),
      { Role: FieldRole.Type } => Offenses(known),
      { Role: FieldRole.Priority } => Priorities(known),
      { Role: FieldRole.Agency } => Agencies(known, context),
      { Role: FieldRole.Status } => known.Select(v => (v.Value, Status(v.Value, dataset))),
      { Role: FieldRole.PersonAttribute, Type: FieldType.Integer } => known.Select(v => (v.Value, Youngest(v.Value))),
      { Type: FieldType.Flag } => known.Select(v => (v.Value, Flag(field, v.Value))),
      _ => known.Select(v => (v.Value, (MappedValue?)new MappedValue(v.Value, new(v.Value)))),
    };
    return new(meanings.Where(m => m.Item2 is not null).ToDictionary(m => m.Value, m => m.Item2!, StringComparer.Ordinal));
  }

  /// <summary>A saved map with what is new in a file added; what a person has decided stays.</summary>
  public static ValueMap Extend(
      ValueMap saved, Field field, DatasetDeclaration dataset, IEnumerable<(string Value, long Rows)> values, ProposalContext context) {
    var added = For(field, dataset, values, context).Codes.Where(c => !saved.Codes.ContainsKey(c.Key));
    return new(saved.Codes.Concat(added).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal));
  }

  /// <summary>Values of a file that a map does not know, most rows first: a steward names them.</summary>
  public static IReadOnlyList<(string Value, long Rows)> Unmapped(
      ValueMap map, Field field, IEnumerable<(string Value, long Rows)> values) =>
    [.. Known(field, values).Where(v => !map.Codes.ContainsKey(v.Value))];

  /// <summary>How a value stands in a map: trimmed, upper case.</summary>
  public static string Key(string value) => value.Trim().ToUpperInvariant();

  // what says something, in one spelling, most rows first
  private static List<(string Value, long Rows)> Known(Field field, IEnumerable<(string Value, long Rows)> values) =>
    [.. values.Where(v => !Placeholders.IsNotKnown(field, v.Value)).GroupBy(v => Key(v.Value))
      .Select(g => (Value: g.Key, Rows: g.Sum(v => v.Rows))).OrderByDescending(v => v.Rows).ThenBy(v => v.Value, StringComparer.Ordinal)];

  private static IEnumerable<(string Value, MappedValue?)> Offenses(List<(string Value, long Rows)> known) {
    var total = Math.Max(1, known.Sum(v => v.Rows));
    // a column of bare codes is NIBRS or the old summary system, never a mixture: many departments' own lists have a 100 and a 520
    var nibrs = known.Where(v => OffenseWords.NibrsCode(v.Value) is not null).ToList();
    if (nibrs.Sum(v => v.Rows) >= 0.7 * total && nibrs.Exists(v => v.Value.Any(char.IsLetter)))
      return known.Select(v => (v.Value, OffenseWords.NibrsCode(v.Value) is { } code ? new(code) : OffenseWords.OfCodeOrWords(v.Value)));
    if (known.Where(v => OffenseWords.OfSummaryCode(v.Value) is not null).Sum(v => v.Rows) >= 0.9 * total)
      return known.Select(v => (v.Value, OffenseWords.OfSummaryCode(v.Value)));
    bool[] isCode = [IsCodePart(0), IsCodePart(1)];
    return known.Select(v => (v.Value, OfJoined(v.Value) ?? OffenseWords.OfCodeOrWords(v.Value)));

    // "SIMPLE ASSLT / 13B": of two columns joined, one may be the code throughout
    bool IsCodePart(int at) => 2 * known
      .Where(v => v.Value.Split(" / ") is { Length: 2 } parts && OffenseWords.NibrsCode(parts[at])?.Any(char.IsLetter) == true)
      .Sum(v => v.Rows) > total;
    MappedValue? OfJoined(string value) {
      if (value.Split(" / ") is not { Length: 2 } parts) return null;
      for (var at = 0; at < 2; at++) {
        if (isCode[at] && OffenseWords.NibrsCode(parts[at]) is { } code)
          return new(code, Sensitive: SensitiveWords.Any(ValueWords.Of(value)));
      }
      return null;
    }
  }

  private static MappedValue? CallType(string value) =>
    new(Slug.Of(value), CallWords.Label(value), Sensitive: SensitiveWords.Any(ValueWords.Of(value)));

  private static IEnumerable<(string Value, MappedValue?)> Priorities(List<(string Value, long Rows)> known) =>
    known.OrderBy(v => PriorityWords.Urgency(v.Value)).ThenBy(v => v.Value, StringComparer.Ordinal)
      .Select((v, at) => (v.Value, (MappedValue?)new MappedValue(Slug.Of(v.Value), new(PriorityWords.Label(v.Value)), Order: at + 1)));

  private static IEnumerable<(string Value, MappedValue?)> Agencies(List<(string Value, long Rows)> known, ProposalContext context) {
    var named = context.OwnAgency.Select(Key).ToHashSet(StringComparer.Ordinal);
    if (known.Exists(v => named.Contains(v.Value)))
      return known.Select(v => (v.Value, (MappedValue?)new MappedValue(named.Contains(v.Value) ? Own : Other)));
    if (known.Count == 1) return [(known[0].Value, new(Own))];
    // the largest that calls itself police, or at least half of all: a guess that a person confirms
    var total = known.Sum(v => v.Rows);
    var police = known.Find(v => IsPolice(v.Value) && v.Rows * 3 >= total);
    var own = police.Value ?? known.Find(v => v.Rows * 2 >= total).Value;
    var sure = police.Value is not null;
    return own is null ? [] : known.Select(v => (v.Value, (MappedValue?)new MappedValue(v.Value == own ? Own : Other, Sure: sure)));
  }

  // "Police", "N.Y. POLICE DEPT", "CPD"
  private static bool IsPolice(string name) =>
    name.Contains("POLICE", StringComparison.Ordinal)
    || (name.Length is >= 2 and <= 5 && name.EndsWith("PD", StringComparison.Ordinal) && name.All(char.IsAsciiLetter));

  private static MappedValue? Status(string value, DatasetDeclaration dataset) {
    var code = FlagWords.Code(FieldRole.Status, value) ?? Kept;
    // a call that turned out to be nothing was still answered; a crime found not to have happened is none
    return new(code == TypeTable.Unfounded && dataset.TypeCodes is null ? Kept : code);
  }

  private static MappedValue? Flag(Field field, string value) {
    if (value is "Y" or "YES" or "TRUE" or "T" or "1" or "1.0") return new(Yes);
    if (value is "N" or "NO" or "FALSE" or "F" or "0" or "0.0") return new(No);
    return FlagWords.Code(field.Role, value) is { } code ? new(code) : null;
  }

  // an age, or an age group by its youngest: "<18" is 0, "18-24" is 18
  private static MappedValue? Youngest(string value) {
    if (value[0] == '<' || value.StartsWith("UNDER", StringComparison.Ordinal)) return new("0");
    if (value is "JUVENILE" or "MINOR" or "CHILD") return new("0");
    if (value is "ADULT") return new("18");
    var digits = string.Concat(value.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
    return value[0] != '-' && digits.Length is > 0 and < 4 && int.Parse(digits) is <= 120 and var age ? new($"{age}") : null;
  }
}
