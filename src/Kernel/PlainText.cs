using System.Text;

namespace Porchlight.Kernel;

/// <summary>Text from outside, as a column keeps it.</summary>
internal static class PlainText {
  /// <summary>Cut to its column, and without what PostgreSQL or a terminal will not have: control characters are spaces, halves of a pair U+FFFD.</summary>
  public static string Cut(string text, int longest) {
    var clean = new StringBuilder();
    foreach (var rune in text.EnumerateRunes()) {
      if (clean.Length + rune.Utf16SequenceLength > longest) break;
      clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
    }
    return clean.ToString();
  }
}
