using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>The columns' names, and whether they can be that.</summary>
internal static class Header {
  /// <summary>Names by which columns can be told apart: trimmed, on one line, an empty one called by its number.</summary>
  public static string[] Names(IReadOnlyList<string?> cells) {
    var names = new string[cells.Count];
    for (var i = 0; i < names.Length; i++) {
      var name = string.Join(' ', (cells[i] ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
      names[i] = name.Length > 0 ? name : $"column {i + 1}";
    }
    return names;
  }

  /// <summary>How many columns before the source's own are ours, and whether there are any.</summary>
  public static (int Drop, bool IsAside) AsideColumns(string?[] cells) {
    var ours = AsideWriter.Columns;
    var isAside = cells.Length > ours.Length && cells.AsSpan(0, ours.Length).SequenceEqual(ours);
    return (isAside ? ours.Length : 0, isAside);
  }

  /// <summary>Refuses names that stand twice; capital or small letters make no difference to a query.</summary>
  public static void RefuseTwins(IReadOnlyList<string> names, int line, string? doubt) {
    var twins = names.Select((name, i) => (name, i))
        .GroupBy(n => n.name, n => n.i + 1, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).ToList();
    if (twins.Count == 0) return;
    var said = string.Join("; ", twins.Take(5).Select(t => $"\"{t.Key}\" in columns {string.Join(" and ", t)}"));
    throw new RefusedException(
        $"The header on line {line} has the same name more than once: {said}. "
        + "Give each column its own name in the export, then import again."
        + (doubt is null ? "" : $" (Or this is no header: {doubt}. A file needs a first line that names its columns.)"));
  }

  /// <summary>Why the names look like values; null when they look like names.</summary>
  public static string? Doubt(IReadOnlyList<string?> cells) {
    for (var i = 0; i < cells.Count; i++) {
      if (cells[i] is { } cell && LooksLikeValue(cell.Trim())) return $"\"{cell.Trim()}\" in column {i + 1} looks like a value";
    }
    return cells.Count(c => string.IsNullOrWhiteSpace(c)) * 2 > cells.Count ? "more than half of its cells are empty" : null;
  }

  // a number, a date, a time: they begin with a digit or sign and hold hardly a letter ("T", "Z", "AM")
  private static bool LooksLikeValue(string cell) =>
    cell.Length > 0 && (char.IsAsciiDigit(cell[0]) || cell[0] is '-' or '.' or '$')
    && cell.Count(char.IsLetter) <= 2 && cell.Count(char.IsAsciiDigit) is > 0 and var digits && digits * 2 >= cell.Length;
}
