using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>What the words of flags and statuses mean, by <c>flag_words.csv</c>.</summary>
internal static class FlagWords {
  private static readonly ILookup<FieldRole, (WordPattern Pattern, string Code)> Rules = CodeFile.Read("flag_words.csv")
    .ToLookup(r => Role(r["role"]), r => (new WordPattern(r["words"], r["except"]), r["code"]));

  /// <summary>The code of the first rule of a role that fits, or null.</summary>
  public static string? Code(FieldRole role, string value) {
    var words = ValueWords.Of(value);
    foreach (var (pattern, code) in Rules[role]) {
      if (pattern.Fits(words)) return code;
    }
    // "Domestic", "Family violence", "Juvenile victim": the word itself is the yes
    return role is FieldRole.Sensitive && SensitiveWords.Any(words) ? ValueProposal.Yes : null;
  }

  private static FieldRole Role(string word) => word switch {
    "on-view" => FieldRole.OnView,
    "cleared" => FieldRole.Cleared,
    "sensitive" => FieldRole.Sensitive,
    "status" => FieldRole.Status,
    _ => throw new InvalidDataException($"flag_words.csv: no role {word}"),
  };
}
