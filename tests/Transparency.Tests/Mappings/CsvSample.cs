using System.IO.Compression;
using System.Text;

namespace Porchlight.Transparency.Tests.Mappings;

/// <summary>A small reader of CSV for these tests: quotes and line breaks in cells, nothing else.</summary>
internal sealed record CsvSample(IReadOnlyList<string> Header, IReadOnlyList<string?[]> Rows) {
  /// <summary>The folder of real files beside the repository, or null where it is not there.</summary>
  public static readonly string? Data = Find();

  public static CsvSample Of(string text) => Read(new StringReader(text.ReplaceLineEndings("\n").Trim('\n') + "\n"));

  /// <summary>A real file, all its rows; the test is skipped where it is not there.</summary>
  public static CsvSample Real(string path) {
    Assert.SkipUnless(Data is not null && File.Exists(Path.Combine(Data, path)), $"../shared/data/{path} is not here");
    using Stream file = File.OpenRead(Path.Combine(Data, path));
    using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    using var reader = new StreamReader(stream, Encoding.UTF8);
    return Read(reader);
  }

  public IReadOnlyList<string?[]> First(int rows) => [.. Rows.Take(rows)];

  public IEnumerable<(string Value, long Rows)> Counts(params string[] columns) {
    var at = columns.Select(c => Header.Index().First(h => h.Item == c).Index).ToArray();
    return Rows.Select(r => string.Join(" / ", at.Select(a => r[a]?.Trim() ?? "").Where(c => c.Length > 0)))
      .CountBy(v => v).Select(c => (c.Key, (long)c.Value));
  }

  private static CsvSample Read(TextReader reader) {
    List<string?[]> rows = [];
    List<string?> row = [];
    var cell = new StringBuilder();
    var quoted = false;
    for (int c; (c = reader.Read()) >= 0;) {
      if (quoted) {
        if (c != '"') cell.Append((char)c);
        else if (reader.Peek() == '"') cell.Append((char)reader.Read());
        else quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c is ',' or '\n') {
        row.Add(cell.Length > 0 ? cell.ToString() : null);
        cell.Clear();
        if (c == ',') continue;
        rows.Add([.. row]);
        row.Clear();
      } else if (c != '\r') {
        cell.Append((char)c);
      }
    }
    if (cell.Length > 0 || row.Count > 0) {
      row.Add(cell.Length > 0 ? cell.ToString() : null);
      rows.Add([.. row]);
    }
    return new([.. rows[0].Select(h => h ?? "")], [.. rows.Skip(1)]);
  }

  private static string? Find() {
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) {
      var data = Path.Combine(folder.FullName, "..", "shared", "data");
      if (File.Exists(Path.Combine(folder.FullName, "Porchlight.slnx"))) return Directory.Exists(data) ? data : null;
    }
    return null;
  }
}
