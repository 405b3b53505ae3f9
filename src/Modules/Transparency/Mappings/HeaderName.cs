using System.Text;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// A column's name as the proposal compares it: its letters and digits, and its words in one spelling (<c>CMPLNT_FR_DT</c> is complaint
/// from date).
/// </summary>
internal sealed class HeaderName {
  // words that say little: two names that share only these are not alike
  private static readonly HashSet<string> Weak = [
    "date", "time", "number", "id", "code", "description", "name", "type", "the", "of", "at", "on", "in", "is", "and", "a", "for",
    "incident", "call", "event", "police", "department", "public", "value", "text", "1", "2", "3",
  ];

  private HeaderName(string text, string plain, IReadOnlyList<string> words) => (Text, Plain, Words) = (text, plain, words);

  /// <summary>As the file writes it.</summary>
  public string Text { get; }
  /// <summary>Lower case letters and digits only.</summary>
  public string Plain { get; }
  /// <summary>Its words, lower case, in the one spelling of <c>header_words.csv</c>.</summary>
  public IReadOnlyList<string> Words { get; }

  /// <summary>Reads a name.</summary>
  public static HeaderName Of(string text) {
    var plain = string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    return new(text, plain, [.. Split(text).SelectMany(w => Spellings.Of(w))]);
  }

  /// <summary>How alike two names are: 100 the same letters, 96 the same words, 90 in another order, 0 nothing in common.</summary>
  public double Likeness(HeaderName other) {
    if (Plain.Length > 0 && Plain == other.Plain) return 100;
    if (Words.Count == 0 || other.Words.Count == 0) return 0;
    if (Words.SequenceEqual(other.Words)) return 96;
    HashSet<string> mine = [.. Words], theirs = [.. other.Words];
    if (mine.SetEquals(theirs)) return 90;
    var shared = mine.Where(theirs.Contains).ToList();
    // two weak words say something only where a name holds them all: "Incident Number w/year"
    if (!shared.Exists(w => !Weak.Contains(w))) return theirs.Count > 1 && theirs.IsSubsetOf(mine) ? 62 : 0;
    var all = mine.Union(theirs).Sum(Weight);
    var ratio = shared.Sum(Weight) / all;
    return theirs.IsSubsetOf(mine) ? 45 + 40 * ratio : 75 * ratio;
  }

  /// <summary>Whether one of its words is this one.</summary>
  public bool Has(string word) => Words.Contains(word);

  /// <inheritdoc/>
  public override string ToString() => Text;

  // "APD Sector": a department's own initials say least
  private static double Weight(string word) =>
    word.Length <= 4 && word.EndsWith("pd", StringComparison.Ordinal) ? 0.1 : Weak.Contains(word) ? 0.35 : 1;

  // "IncidentID" is incident id, "DATE_OCC" date occ, "LATITUDE_X" latitude x
  private static IEnumerable<string> Split(string text) {
    var word = new StringBuilder();
    for (var at = 0; at < text.Length; at++) {
      var c = text[at];
      if (word.Length > 0 && (!char.IsLetterOrDigit(c) || StartsWord(text, at))) {
        yield return word.ToString().ToLowerInvariant();
        word.Clear();
      }
      if (char.IsLetterOrDigit(c)) word.Append(c);
    }
    if (word.Length > 0) yield return word.ToString().ToLowerInvariant();
  }

  private static bool StartsWord(string text, int at) {
    char before = text[at - 1], here = text[at];
    return (char.IsLower(before) && char.IsUpper(here)) || (char.IsDigit(before) != char.IsDigit(here))
      || (char.IsUpper(before) && char.IsUpper(here) && at + 1 < text.Length && char.IsLower(text[at + 1]));
  }

  /// <summary>One spelling for the words of headers.</summary>
  private static class Spellings {
    private static readonly Dictionary<string, string[]> Known =
      CodeFile.Read("header_words.csv").ToDictionary(r => r["written"], r => r["word"].Split(' '), StringComparer.Ordinal);
    private static readonly HashSet<string> Whole = [.. Known.Keys, .. Known.Values.SelectMany(w => w), .. AliasWords()];

    public static IEnumerable<string> Of(string word) {
      if (Known.TryGetValue(word, out var known)) return known;
      if (Whole.Contains(word) || word.Length < 6) return [word];
      return Parts(word) is { } parts ? parts.SelectMany(p => Known.TryGetValue(p, out var spelled) ? spelled : [p]) : [word];
    }

    // "policebeat" and "receiveddttm": parted only where known words cover every letter, the fewest of them
    private static List<string>? Parts(string word) {
      var best = new List<string>?[word.Length + 1];
      best[0] = [];
      for (var end = 2; end <= word.Length; end++) {
        for (var start = 0; start <= end - 2; start++) {
          if (best[start] is not { } before || (best[end] is { } found && found.Count <= before.Count + 1)) continue;
          if (Whole.Contains(word[start..end])) best[end] = [.. before, word[start..end]];
        }
      }
      return best[word.Length];
    }

    private static IEnumerable<string> AliasWords() => Catalog.All.SelectMany(d => d.RecordTypes).SelectMany(r => r.Fields)
      .SelectMany(f => f.Aliases).SelectMany(a => a.Split(' ')).Where(w => w.Length > 2);
  }
}
