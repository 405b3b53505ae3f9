using System.Globalization;

namespace Porchlight.Kernel;

/// <summary>
/// Lines of a table to take away, as RFC 4180 has them. Text that a spreadsheet would take for a formula has an apostrophe before it, so that
/// opening the file runs nothing.
/// </summary>
public static class CsvLine {
  /// <summary>One line with its end.</summary>
  /// <param name="cells">Text, numbers, days (2026-03-04), instants (2026-03-04T15:00:00.000000Z) or nothing.</param>
  public static string Of(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

  private static string Cell(object? value) => value switch {
    DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    DateTimeOffset instant => instant.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
    string text => Quoted(text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text),
    _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
  };

  private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
