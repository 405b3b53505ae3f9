using System.Text;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// What stands in the cells of records that were set aside. A row that cannot be read is not missing: where its number can still be found in
/// the text, the earlier row of that number is not taken for withdrawn.
/// </summary>
internal static class AsideWords {
  // longer is no number of a report
  private const int Longest = 80;

  /// <summary>Every cell's text, trimmed and in upper case, as keys are; quotes part cells too, since what was set aside may not frame.</summary>
  public static IEnumerable<string> Read(string path, char delimiter) {
    using var reader = new StreamReader(path);
    var word = new StringBuilder(Longest);
    for (int read = reader.Read(); ; read = reader.Read()) {
      if (read >= 0 && (char)read is var c && c != delimiter && c is not ('"' or '\n' or '\r')) {
        if (word.Length <= Longest) word.Append(c);
        continue;
      }
      if (word.Length is > 0 and <= Longest && word.ToString().Trim().ToUpperInvariant() is { Length: > 0 } whole) yield return whole;
      word.Clear();
      if (read < 0) yield break;
    }
  }
}
