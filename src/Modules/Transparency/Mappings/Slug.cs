using System.Text;

namespace Porchlight.Transparency.Mappings;

/// <summary>A stable code for a source's own value.</summary>
internal static class Slug {
  /// <summary>Its letters and digits in lower case, with single hyphens between: <c>FIGHT / DV</c> is <c>fight-dv</c>.</summary>
  public static string Of(string text) {
    var slug = new StringBuilder();
    foreach (var c in text.ToLowerInvariant()) {
      if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
      else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
    }
    var code = slug.ToString().TrimEnd('-');
    return code.Length > 0 ? code : "other";
  }
}
