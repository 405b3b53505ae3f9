namespace Porchlight.Transparency.Mappings;

/// <summary>How urgent a priority is, by how sources write them.</summary>
internal static class PriorityWords {
  private static readonly string[] MostUrgentFirst = [
    "emergency", "critical", "immediate", "urgent", "high", "priority", "prompt", "medium", "moderate", "normal", "routine", "standard",
    "low", "nonemergency", "scheduled", "information", "info", "report",
  ];

  /// <summary>Smaller is more urgent: numbers and letters as they count, then words.</summary>
  public static (int Kind, int Rank) Urgency(string value) {
    var plain = string.Concat(value.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    var digits = string.Concat(value.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
    // "E" for emergency stands above 1 where a source has both
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
