using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// From what a source calls an offense to its NIBRS code: the code itself, its official name, a code of the old summary system, or words.
/// </summary>
internal static class OffenseWords {
  private static readonly List<(WordPattern Pattern, MappedValue Value)> Rules = [.. CodeFile.Read("offense_words.csv")
    .Select(r => (new WordPattern(r["words"], r["except"]), Meaning(r)))];
  private static readonly Dictionary<string, MappedValue> Summary = CodeFile.Read("ucr.csv")
    .ToDictionary(r => r["ucr"], Meaning, StringComparer.OrdinalIgnoreCase);
  private static readonly Dictionary<string, string> Names = TypeTable.NibrsNames
    .GroupBy(n => Plain(n.Key)).ToDictionary(n => n.Key, n => n.First().Value, StringComparer.Ordinal);

  /// <summary>What words mean, or null where no rule knows them.</summary>
  public static MappedValue? OfWords(string value) {
    if (Names.TryGetValue(Plain(value), out var named)) return new(named, Sensitive: IsSensitive(value));
    var words = ValueWords.Of(value);
    foreach (var (pattern, meaning) in Rules) {
      if (pattern.Fits(words)) return meaning with { Sensitive = meaning.Sensitive || SensitiveWords.Any(words) };
    }
    return null;
  }

  /// <summary>What a value means that may be a NIBRS code, alone or before its words ("13A / Aggravated assault"), or words.</summary>
  public static MappedValue? OfCodeOrWords(string value) {
    foreach (var part in value.Split((string[])[" / ", " - ", ": "], StringSplitOptions.TrimEntries)) {
      if (NibrsCode(part) is { } code && code.Any(char.IsLetter)) return new(code, Sensitive: IsSensitive(value));
    }
    return OfWords(value);
  }

  /// <summary>The NIBRS code a text is, or null: 13A, 13a, 9A for 09A.</summary>
  public static string? NibrsCode(string text) {
    var code = text.Trim().ToUpperInvariant();
    if (code.Length == 2 && code[0] == '9') code = "0" + code;
    return code.Length == 3 && TypeTable.Nibrs.ContainsKey(code) ? code : null;
  }

  /// <summary>What a code of the summary system means (1 to 29, with letters; Chicago writes its FBI codes so), or null.</summary>
  public static MappedValue? OfSummaryCode(string text) =>
    Summary.TryGetValue(text.Trim(), out var meaning) || Summary.TryGetValue(text.Trim().TrimStart('0'), out meaning) ? meaning : null;

  private static MappedValue Meaning(Dictionary<string, string> rule) =>
    new(rule["code"], Sensitive: rule["sensitive"] == "yes", Sure: rule["sure"] == "yes");

  private static bool IsSensitive(string value) => SensitiveWords.Any(ValueWords.Of(value));

  private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>Words that make a row sensitive, of an offense or of a call.</summary>
internal static class SensitiveWords {
  private static readonly List<WordPattern> Patterns =
    [.. CodeFile.Read("sensitive_words.csv").Select(r => new WordPattern(r["words"], r["except"]))];

  /// <summary>Whether any is among these.</summary>
  public static bool Any(HashSet<string> words) => Patterns.Exists(p => p.Fits(words));
}
