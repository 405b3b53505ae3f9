namespace Porchlight.Transparency.Datasets;

/// <summary>The small tables this program ships with, in <c>Datasets/Codes</c>.</summary>
internal static class CodeFile {
  /// <summary>Rows by column name. Lines that start with # are comments.</summary>
  public static IEnumerable<Dictionary<string, string>> Read(string name) {
    using var reader = new StreamReader(typeof(CodeFile).Assembly.GetManifestResourceStream(name)
      ?? throw new InvalidOperationException($"no code table {name}"));
    var header = Cells(reader.ReadLine()!);
    while (reader.ReadLine() is { } line) {
      if (line.Length > 0 && line[0] != '#') yield return header.Zip(Cells(line)).ToDictionary(p => p.First, p => p.Second);
    }
  }

  // a quoted cell may hold a comma, never a quote or a line break
  private static List<string> Cells(string line) {
    List<string> cells = [];
    for (var at = 0; at <= line.Length; at++) {
      var quoted = at < line.Length && line[at] == '"';
      var end = quoted ? line.IndexOf('"', at + 1) : line.IndexOf(',', at);
      if (end < 0) end = line.Length;
      cells.Add(quoted ? line[(at + 1)..end] : line[at..end]);
      at = quoted ? end + 1 : end;
    }
    return cells;
  }
}
