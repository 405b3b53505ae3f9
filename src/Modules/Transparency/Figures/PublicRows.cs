using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Porchlight.Transparency.Figures;

/// <summary>The rows of a page as a table to take away: the same that the page shows, by <c>?format=csv</c> and <c>?format=json</c>.</summary>
/// <param name="Columns">Names, snake case.</param>
/// <param name="Rows">Text, whole numbers, decimals or nothing.</param>
internal sealed record PublicRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows) {
  /// <summary>Whether <c>format</c> is one: left out, the page itself.</summary>
  public static bool IsFormat(string? format) => format is null or "" or "csv" or "json";

  /// <summary>Answers in the asked format, or null where the page itself was asked for.</summary>
  public IResult? As(string? format, string name) => format switch {
    "csv" => Results.Text(Csv(), "text/csv; charset=utf-8", Encoding.UTF8),
    "json" => Results.Text(Json(name), "application/json", Encoding.UTF8),
    _ => null,
  };

  /// <summary>RFC 4180. Text that a spreadsheet would take for a formula has an apostrophe before it, so that opening the file runs nothing.</summary>
  internal string Csv() {
    var text = new StringBuilder().AppendJoin(',', Columns.Select(Cell)).Append("\r\n");
    foreach (var row in Rows) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
    return text.ToString();
  }

  private string Json(string name) => JsonSerializer.Serialize(new Dictionary<string, object> {
    [name] = Rows.Select(row => Columns.Zip(row).ToDictionary(c => c.First, c => c.Second)),
  });

  private static string Cell(object? value) {
    if (value is DateOnly day) return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    if (value is not string text) return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
    return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
  }
}
