using System.Text;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>RFC 4180 by the letter, one character at a time: what the tests believe instead of the code they test.</summary>
internal static class ReferenceCsv {
  public static List<string[]> Read(string text, char delimiter) {
    List<string[]> rows = [];
    List<string> row = [];
    var cell = new StringBuilder();
    var inQuotes = false;
    for (var i = 0; i < text.Length; i++) {
      var c = text[i];
      if (inQuotes) {
        if (c != '"') cell.Append(c);
        else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
        else inQuotes = false;
      } else if (c == '"' && cell.Length == 0) inQuotes = true;
      else if (c == delimiter) EndCell();
      else if (c == '\n') EndRow();
      else cell.Append(c);
    }
    if (cell.Length > 0 || row.Count > 0) EndRow();
    return rows;

    void EndCell() {
      row.Add(cell.ToString());
      cell.Clear();
    }

    void EndRow() {
      EndCell();
      rows.Add([.. row]);
      row.Clear();
    }
  }

  public static string Write(IEnumerable<string[]> rows, char delimiter, string newLine, bool quoteAll = false) {
    var text = new StringBuilder();
    foreach (var row in rows) {
      for (var i = 0; i < row.Length; i++) {
        if (i > 0) text.Append(delimiter);
        var isAlone = row.Length == 1 && row[i].Length == 0;
        var needs = quoteAll || isAlone || row[i].StartsWith(' ') || row[i].AsSpan().ContainsAny(['"', '\n', '\r', delimiter]);
        text.Append(needs ? '"' + row[i].Replace("\"", "\"\"") + '"' : row[i]);
      }
      text.Append(newLine);
    }
    return text.ToString();
  }
}
