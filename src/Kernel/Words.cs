using System.Globalization;

namespace Porchlight.Kernel;

/// <summary>A short text in both languages: a label, a name, a definition.</summary>
/// <param name="En">English.</param>
/// <param name="Es">Spanish; where no one has translated it yet, null, and pages show the English with <c>lang="en"</c>.</param>
public sealed record Words(string En, string? Es = null) {
  /// <summary>The text in the language of this request.</summary>
  public string Here => IsSpanish && Es is not null ? Es : En;
  /// <summary>"en" where the page is Spanish and no Spanish was given, else null: the page's <c>lang</c> attribute for this text.</summary>
  public string? Lang => IsSpanish && Es is null ? "en" : null;
  /// <summary>Whether this request is answered in Spanish. By the culture's name: in invariant globalization every culture's two-letter name is "iv".</summary>
  public static bool IsSpanish => CultureInfo.CurrentUICulture.Name is "es";
  /// <inheritdoc/>
  public override string ToString() => Here;
}
