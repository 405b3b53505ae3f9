using System.Text;

namespace Porchlight.Ui.Layout;

/// <summary>Anchors from headings.</summary>
public static class Slug {
  private const string Accented = "áéíóúüñ";
  private const string Plain = "aeiouun";

  /// <summary>"Por tipo de delito, 2025" gives "por-tipo-de-delito-2025"; Spanish accents fall away.</summary>
  public static string Of(string text) {
    var slug = new StringBuilder();
    foreach (var letter in text.ToLowerInvariant()) {
      var plain = Accented.IndexOf(letter) is >= 0 and var at ? Plain[at] : letter;
      if (char.IsAsciiLetterOrDigit(plain)) slug.Append(plain);
      else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
    }
    return slug.ToString().Trim('-');
  }
}
