using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>What a source calls a kind of call, in plain words: English always, Spanish where the table knows all of it.</summary>
internal static class CallWords {
  private const string InTheHome = "domestic violence";
  private static readonly Dictionary<string, Words> Known = CodeFile.Read("call_words.csv")
    .ToDictionary(r => r["written"], r => new Words(r["label_en"], r["label_es"]), StringComparer.Ordinal);
  private static readonly Dictionary<string, string> Spelled =
    CodeFile.Read("label_words.csv").ToDictionary(r => r["written"], r => r["word"], StringComparer.Ordinal);
  // abbreviations that people read as such
  private static readonly HashSet<string> Kept = ["dui", "dwi", "atm", "911", "ems", "gps", "atv", "id"];

  /// <summary>The label of a value.</summary>
  public static Words Label(string value) {
    var lower = $"{value.ToLowerInvariant()} ".Replace("w/o ", "without ", StringComparison.Ordinal)
      .Replace("w/", "with ", StringComparison.Ordinal);
    var text = string.Join(' ', lower.Trim().TrimStart('-', '*', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Spell));
    return Look(text) ?? Parts(text) ?? new(text.Length > 0 ? Capital(text) : value.Trim());
  }

  private static Words? Look(string text) => Known.GetValueOrDefault(Slug.Of(text).Replace('-', ' '));

  // "disturbance - noise" and "stabbing domestic violence": each part by itself
  private static Words? Parts(string text) {
    if (text.EndsWith(' ' + InTheHome, StringComparison.Ordinal) && Look(text[..^InTheHome.Length]) is { } violent)
      return new($"{violent.En}, domestic violence", $"{violent.Es}, violencia en el hogar");
    List<Words> parts = [];
    foreach (var part in text.Split(" - ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) {
      if (Look(part) is not { } known) return null;
      if (!parts.Contains(known)) parts.Add(known);
    }
    return parts.Count == 0 ? null : new(Together(parts.Select(p => p.En)), Together(parts.Select(p => p.Es!)));
  }

  private static string Spell(string word) {
    // "assault/battery" is two words
    if (word.Contains('/') && word.Length > 3) return string.Join('/', word.Split('/').Select(p => p.Length > 0 ? Spell(p) : p));
    var start = 0;
    var end = word.Length;
    while (start < end && !char.IsLetterOrDigit(word[start])) start++;
    while (end > start && !char.IsLetterOrDigit(word[end - 1])) end--;
    var core = word[start..end];
    if (Kept.Contains(core)) return word.ToUpperInvariant();
    return word[..start] + (Spelled.TryGetValue(core, out var spelled) ? spelled : core) + word[end..].TrimEnd('.');
  }

  private static string Together(IEnumerable<string> parts) => string.Join(": ", parts.Select((p, at) => at == 0 ? p : Small(p)));

  private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

  private static string Small(string text) => text.Length > 1 && char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
