using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>What the proposal may know of a department.</summary>
/// <param name="TimeZone">The IANA zone of its settings; null where it has said none.</param>
/// <param name="OwnAgency">Its own names in an agency column, from its settings.</param>
/// <param name="GivenTimeZone">A zone given with the import itself: it wins over the settings.</param>
internal sealed record ProposalContext(string? TimeZone, IReadOnlyList<string> OwnAgency, string? GivenTimeZone = null) {
  /// <summary>What a person said with the import: from declared field name to the column that feeds it. It wins over every guess.</summary>
  public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
  /// <summary>Nothing known.</summary>
  public static readonly ProposalContext None = new(null, []);
  /// <summary>The zone to use, or null.</summary>
  public string? Zone => GivenTimeZone ?? TimeZone;
}

/// <summary>
/// What the values of a field mean. Asked with all distinct values of a file, since two thousand records do not show them all. A value that no
/// rule knows is left out of the map: it is not known, and <see cref="Unmapped"/> names it.
/// </summary>
internal static class ValueProposal {
  /// <summary>Codes of the agency field.</summary>
  public const string Own = "own", Other = "other";
  /// <summary>Codes of flags.</summary>
  public const string Yes = "yes", No = "no";
  /// <summary>Codes of a status: all but <c>kept</c> leave the totals and are counted beside them.</summary>
  public const string Kept = "kept", Cancelled = "cancelled", Duplicate = "duplicate", Void = "void";

  /// <summary>The map of a field's values.</summary>
  /// <param name="values">Each distinct value, and its rows in the whole file.</param>
  public static ValueMap For(Field field, DatasetDeclaration dataset, IEnumerable<(string Value, long Rows)> values, ProposalContext context) {
    var known = values.Where(v => !Placeholders.IsNotKnown(field, v.Value))
      .GroupBy(v => Key(v.Value)).Select(g => (Value: g.Key, Rows: g.Sum(v => v.Rows))).OrderByDescending(v => v.Rows).ThenBy(v => v.Value, StringComparer.Ordinal).ToList();
    var meanings = field switch {
      { Role: FieldRole.Type or FieldRole.TypeDetail } when dataset.TypeCodes is null => known.Select(v => (v.Value, CallType(v.Value))),
      { Role: FieldRole.Type } => Offenses(known),
      { Role: FieldRole.Priority } => Priorities(known),
      { Role: FieldRole.Agency } => Agencies(known, context),
      { Role: FieldRole.Status } => known.Select(v => (v.Value, (MappedValue?)Status(v.Value, dataset))),
      { Role: FieldRole.PersonAttribute } => known.Select(v => (v.Value, YoungestOf(v.Value))),
      { Type: FieldType.Flag } => known.Select(v => (v.Value, Flag(field, v.Value))),
      _ => known.Select(v => (v.Value, (MappedValue?)new MappedValue(v.Value, new(v.Value)))),
    };
    return new(meanings.Where(m => m.Item2 is not null).ToDictionary(m => m.Item1, m => m.Item2!, StringComparer.Ordinal));
  }

  /// <summary>A saved map with what is new in a file added; what a person has decided stays.</summary>
  public static ValueMap Extend(ValueMap saved, Field field, DatasetDeclaration dataset, IEnumerable<(string Value, long Rows)> values, ProposalContext context) {
    var all = values.ToList();
    var proposed = For(field, dataset, all, context);
    var added = proposed.Codes.Where(c => !saved.Codes.ContainsKey(c.Key));
    return new(saved.Codes.Concat(added).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal));
  }

  /// <summary>Values of a file that a map does not know, most rows first: a steward names them.</summary>
  public static IReadOnlyList<(string Value, long Rows)> Unmapped(ValueMap map, Field field, IEnumerable<(string Value, long Rows)> values) =>
    [.. values.Where(v => !Placeholders.IsNotKnown(field, v.Value) && !map.Codes.ContainsKey(Key(v.Value)))
      .GroupBy(v => Key(v.Value)).Select(g => (Value: g.Key, Rows: g.Sum(v => v.Rows))).OrderByDescending(v => v.Rows).ThenBy(v => v.Value, StringComparer.Ordinal)];

  /// <summary>How a value stands in a map: trimmed, upper case.</summary>
  public static string Key(string value) => value.Trim().ToUpperInvariant();

  private static IEnumerable<(string, MappedValue?)> Offenses(List<(string Value, long Rows)> known) {
    var total = Math.Max(1, known.Sum(v => v.Rows));
    // a column of bare codes is read as NIBRS or as the old summary system, never a mixture: 100, 220 and 520 stand in many departments' own lists
    var nibrs = known.Where(v => OffenseWords.NibrsCode(v.Value) is not null).Sum(v => v.Rows);
    if (nibrs >= 0.7 * total && known.Exists(v => OffenseWords.NibrsCode(v.Value) is { } c && c.Any(char.IsLetter)))
      return known.Select(v => (v.Value, OffenseWords.NibrsCode(v.Value) is { } code ? new MappedValue(code) : OffenseWords.OfCodeOrWords(v.Value)));
    if (known.Where(v => OffenseWords.OfSummaryCode(v.Value) is not null).Sum(v => v.Rows) >= 0.9 * total)
      return known.Select(v => (v.Value, OffenseWords.OfSummaryCode(v.Value)));
    return known.Select(v => (v.Value, OffenseWords.OfCodeOrWords(v.Value)));
  }

  private static MappedValue? CallType(string value) => new(Slug.Of(value), CallWords.Label(value), SensitiveWords.Any(ValueWords.Of(value)));

  private static IEnumerable<(string, MappedValue?)> Priorities(List<(string Value, long Rows)> known) =>
    known.OrderBy(v => PriorityWords.Urgency(v.Value)).ThenBy(v => v.Value, StringComparer.Ordinal)
      .Select((v, at) => (v.Value, (MappedValue?)new MappedValue(Slug.Of(v.Value), new(PriorityWords.Label(v.Value)), Order: at + 1)));

  private static IEnumerable<(string, MappedValue?)> Agencies(List<(string Value, long Rows)> known, ProposalContext context) {
    var named = context.OwnAgency.Select(Key).ToHashSet(StringComparer.Ordinal);
    if (known.Exists(v => named.Contains(v.Value))) return known.Select(v => (v.Value, (MappedValue?)new MappedValue(named.Contains(v.Value) ? Own : Other)));
    if (known.Count == 1) return [(known[0].Value, new MappedValue(Own))];
    var police = known.Where(v => AgencyWords.IsPolice(v.Value)).ToList();
    var total = known.Sum(v => v.Rows);
    // the largest that calls itself police, and at least a third of all: a guess that a person confirms
    var own = police.Count > 0 && police[0].Rows * 3 >= total ? police[0].Value : known.Count > 0 && known[0].Rows * 2 >= total ? known[0].Value : null;
    return known.Select(v => (v.Value, own is null ? null : (MappedValue?)new MappedValue(v.Value == own ? Own : Other, Sure: police.Count > 0)));
  }

  private static MappedValue Status(string value, DatasetDeclaration dataset) {
    var words = ValueWords.Of(value);
    bool Has(params ReadOnlySpan<string> any) {
      foreach (var word in any) if (words.Contains(word)) return true;
      return false;
    }
    // a call that turned out to be nothing was still answered; a crime found not to have happened is none
    if (dataset.TypeCodes is not null && Has("unfounded", "unf")) return new(TypeTable.Unfounded);
    if (Has("dup", "duplicate", "duplicated", "dupe")) return new(Duplicate);
    if (Has("void", "voided")) return new(Void);
    if (Has("can", "cancel", "cancelled", "canceled", "cancellation", "cncl", "canc")) return new(Cancelled);
    return new(Kept);
  }

  private static MappedValue? Flag(Field field, string value) {
    var word = string.Concat(value.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    if (word is "y" or "yes" or "true" or "t" or "1" or "10") return new(Yes);
    if (word is "n" or "no" or "false" or "f" or "0" or "00") return new(No);
    return field.Role switch {
      FieldRole.OnView => OnView(word),
      FieldRole.Cleared => Cleared(word),
      // "DOMESTIC", "Family violence", "juvenile victim"; "NOT DOMESTIC", "Non-Domestic"
      FieldRole.Sensitive when word.StartsWith("no", StringComparison.Ordinal) => new(No),
      FieldRole.Sensitive when SensitiveWords.Any(ValueWords.Of(value)) => new(Yes),
      _ => null,
    };
  }

  private static MappedValue? OnView(string word) {
    if (word.StartsWith("onview", StringComparison.Ordinal) || word.Contains("selfinit", StringComparison.Ordinal) || word.Contains("officerinit", StringComparison.Ordinal)
        || word is "officer" or "field" or "selfdispatched" or "fieldevent" or "proactive" or "o" or "self" or "unit" or "fieldinitiated" or "policeinitiated" or "radio" or "mdt" or "mdc")
      return new(Yes);
    if (word.Contains("911", StringComparison.Ordinal) || word.Contains("telephone", StringComparison.Ordinal) || word.Contains("phone", StringComparison.Ordinal)
        || word.StartsWith("alarm", StringComparison.Ordinal) || word.Contains("citizen", StringComparison.Ordinal) || word.Contains("public", StringComparison.Ordinal)
        || word.StartsWith("dispatch", StringComparison.Ordinal) || word is "text" or "textmessage" or "call" or "caller" or "walkin" or "inperson" or "online" or "historycallretrieved" or "policealarm" or "proquainboundcall"
          or "scheduledeventrecurring" or "scheduledevent" or "email" or "web" or "lobby" or "mail" or "inpersoncomplaint" or "c" or "d" or "other")
      return new(No);
    return null;
  }

  private static MappedValue? Cleared(string word) =>
    word.Contains("noarrest", StringComparison.Ordinal) || word.StartsWith("not", StringComparison.Ordinal) || word.StartsWith("open", StringComparison.Ordinal)
      || word.StartsWith("pending", StringComparison.Ordinal) || word is "none" or "active" or "inactive" or "closed" or "suspended" ? new(No)
    : word.Contains("arrest", StringComparison.Ordinal) || word.StartsWith("cleared", StringComparison.Ordinal) || word.Contains("exceptional", StringComparison.Ordinal) ? new(Yes)
    : null;

  // an age, or an age group by its youngest: "<18" is 0, "18-24" is 18
  private static MappedValue? YoungestOf(string value) {
    if (value.StartsWith('<') || value.StartsWith("UNDER", StringComparison.Ordinal) || value is "JUVENILE" or "MINOR" or "CHILD") return new("0");
    if (value is "ADULT") return new("18");
    var digits = string.Concat(value.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
    return digits.Length is 1 or 2 or 3 && int.Parse(digits) is <= 120 and var age && !value.StartsWith('-') ? new($"{age}") : null;
  }
}

/// <summary>Whether an agency's name says police.</summary>
internal static class AgencyWords {
  /// <summary>"Police", "N.Y. POLICE DEPT", "CPD".</summary>
  public static bool IsPolice(string name) =>
    name.Contains("POLICE", StringComparison.OrdinalIgnoreCase)
    || (name.Length is 2 or 3 or 4 or 5 && name.EndsWith("PD", StringComparison.OrdinalIgnoreCase) && name.All(char.IsAsciiLetter));
}

/// <summary>How urgent a priority is, by how sources write them.</summary>
internal static class PriorityWords {
  private static readonly string[] MostUrgentFirst = ["emergency", "critical", "immediate", "urgent", "high", "priority", "prompt", "medium", "moderate", "normal", "routine", "standard", "low", "nonemergency", "scheduled", "information", "info", "report"];

  /// <summary>Smaller is more urgent: numbers and letters as they count, then words.</summary>
  public static (int Kind, int Rank) Urgency(string value) {
    var plain = string.Concat(value.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    var digits = string.Concat(value.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
    // "E" stands above 1 where a source has both
    if (plain is "e" or "p") return (0, -1);
    if (digits.Length is > 0 and < 6) return (0, int.Parse(digits));
    if (plain.Length == 1) return (1, plain[0]);
    if (plain.StartsWith("non", StringComparison.Ordinal)) return (2, Array.IndexOf(MostUrgentFirst, "nonemergency"));
    var word = Array.FindIndex(MostUrgentFirst, w => plain.StartsWith(w, StringComparison.Ordinal));
    return word < 0 ? (3, 0) : (2, word);
  }

  /// <summary>As the source writes it, in plain case.</summary>
  public static string Label(string value) => value.Length <= 3 ? value : char.ToUpperInvariant(value[0]) + value[1..].ToLowerInvariant();
}
