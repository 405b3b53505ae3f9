using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>What a source calls a kind of call, in plain words: English always, Spanish where the table knows it.</summary>
internal static class CallWords {
  private static readonly Dictionary<string, Words> Known = CodeFile.Read("call_words.csv")
    .ToDictionary(r => r["written"], r => new Words(r["label_en"], r["label_es"].Length > 0 ? r["label_es"] : null), StringComparer.Ordinal);
  private static readonly Dictionary<string, string> Spelled =
    CodeFile.Read("label_words.csv").ToDictionary(r => r["written"], r => r["word"], StringComparer.Ordinal);
  // abbreviations that people read as such
  private static readonly HashSet<string> Kept = ["dui", "dwi", "atm", "911", "ems", "gps", "atv", "id", "spd", "sfd", "cpr"];

  /// <summary>The label of a value.</summary>
  public static Words Label(string value) {
    var key = Slug.Of(value).Replace('-', ' ');
    if (Known.TryGetValue(key, out var known)) return known;
    var spelled = value.ToLowerInvariant().Replace("w/o", "without ", StringComparison.Ordinal).Replace("w/", "with ", StringComparison.Ordinal);
    var text = string.Join(' ', spelled.Trim().TrimStart('-', '*', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Spell));
    return new(text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : value.Trim());
  }

  private static string Spell(string word) {
    // "ASSAULT/BATTERY" is two words
    if (word.Contains('/') && word.Length > 3) return string.Join('/', word.Split('/').Select(p => p.Length > 0 ? Spell(p) : p));
    var start = 0;
    var end = word.Length;
    while (start < end && !char.IsLetterOrDigit(word[start])) start++;
    while (end > start && !char.IsLetterOrDigit(word[end - 1])) end--;
    var core = word[start..end];
    if (Kept.Contains(core)) return word.ToUpperInvariant();
    return word[..start] + (Spelled.TryGetValue(core, out var spelled) ? spelled : core) + word[end..].TrimEnd('.');
  }
}
