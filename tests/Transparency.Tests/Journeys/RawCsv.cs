using System.IO.Compression;
using System.Text;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>Reads a CSV file on its own, by RFC 4180 and nothing of the program's, so that what the program counted can be counted again.</summary>
internal static class RawCsv {
  /// <summary>A real export; skips the test where it is not there.</summary>
  public static IEnumerable<RawRow> Real(params string[] path) {
    using var file = File.OpenRead(Repository.SharedData(path));
    using Stream plain = path[^1].EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    using var reader = new StreamReader(plain, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 1 << 16);
    foreach (var row in Parse(reader)) yield return row;
  }

  public static IEnumerable<RawRow> Parse(TextReader text) {
    Dictionary<string, int>? header = null;
    foreach (var cells in Records(text)) {
      if (header is null) header = cells.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
      else yield return new(header, cells);
    }
  }

  private static IEnumerable<string[]> Records(TextReader text) {
    var cells = new List<string>();
    var cell = new StringBuilder();
    bool quoted = false, any = false;
    while (text.Read() is >= 0 and var read) {
      var c = (char)read;
      any = true;
      if (quoted) {
        if (c != '"') cell.Append(c);
        else if (text.Peek() == '"') cell.Append((char)text.Read());
        else quoted = false;
      } else if (c == '"' && cell.Length == 0) {
        quoted = true;
      } else if (c == ',') {
        Take();
      } else if (c == '\n') {
        Take();
        yield return [.. cells];
        cells.Clear();
        any = false;
      } else if (c != '\r') {
        cell.Append(c);
      }
    }
    if (any) {
      Take();
      yield return [.. cells];
    }

    void Take() {
      cells.Add(cell.ToString());
      cell.Clear();
    }
  }
}

/// <summary>One record; a cell by its column's name.</summary>
internal readonly record struct RawRow(IReadOnlyDictionary<string, int> Header, string[] Cells) {
  public string this[string column] => Cells[Header[column]];
}
