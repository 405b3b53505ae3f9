using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>The words of a source's value in one spelling: <c>AGG. ASSLT W/FIREARM</c> is aggravated assault with firearm.</summary>
internal static class ValueWords {
  // what a bare split at every sign would tear apart
  private static readonly (string Written, string Words)[] Signs = [
    ("w/out", " without "), ("w/o ", " without "), ("w/", " with "), ("f/", " from "), ("m/v", " mv "), ("h&r", " hit run "),
    ("h & r", " hit run "), ("b&e", " breaking entering "), ("b & e", " breaking entering "), ("a&b", " assault battery "),
    ("a & b", " assault battery "), ("d.u.i", " dui "), ("d.w.i", " dui "), ("o.u.i", " dui "), ("i.d.", " identity "), ("non-", " non"),
    ("non ", " non"), ("no offense", " nooffense"), ("no crime", " nocrime"), ("(no ", " no "), ("d/w", " deadly weapon "),
    ("break-in", " breakin"), ("break in", " breakin"), ("on-line", " online"), ("car jack", " carjack"), ("car-jack", " carjack"),
    ("run away", " runaway"), ("shop lift", " shoplift"), ("pick pocket", " pickpocket"),
    ("&", " and "), ("'s", " "), ("'", ""),
  ];
  private static readonly Dictionary<string, string[]> Forms =
    CodeFile.Read("word_forms.csv").ToDictionary(r => r["written"], r => r["word"].Split(' '), StringComparer.Ordinal);

  /// <summary>The words, each once.</summary>
  public static HashSet<string> Of(string value) {
    var text = $" {value.ToLowerInvariant()} ";
    foreach (var (written, words) in Signs) text = text.Replace(written, words, StringComparison.Ordinal);
    HashSet<string> found = new(StringComparer.Ordinal);
    for (var at = 0; at < text.Length;) {
      var end = at;
      while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
      if (end > at) {
        var word = text[at..end];
        if (Forms.TryGetValue(word, out var forms)) found.UnionWith(forms); else found.Add(word);
      }
      at = end + 1;
    }
    return found;
  }
}

/// <summary>
/// A pattern of words: every term must be there, and none of the exceptions. A bar parts words of which any will do; a star stands for the
/// rest of a word.
/// </summary>
internal sealed class WordPattern(string words, string except) {
  private readonly string[][] _terms = [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('|'))];
  private readonly string[] _except = except.Split(['|', ' '], StringSplitOptions.RemoveEmptyEntries);

  /// <summary>Whether words fit it.</summary>
  public bool Fits(HashSet<string> words) =>
    Array.TrueForAll(_terms, t => Array.Exists(t, w => Has(words, w))) && !Array.Exists(_except, w => Has(words, w));

  private static bool Has(HashSet<string> words, string term) {
    if (term[^1] != '*') return words.Contains(term);
    foreach (var word in words) {
      if (word.AsSpan().StartsWith(term.AsSpan(0, term.Length - 1), StringComparison.Ordinal)) return true;
    }
    return false;
  }
}
