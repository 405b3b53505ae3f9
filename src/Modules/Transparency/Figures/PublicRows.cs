using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Porchlight.Kernel;

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

  internal string Csv() => CsvLine.Of(Columns) + string.Concat(Rows.Select(CsvLine.Of));

  private string Json(string name) => JsonSerializer.Serialize(new Dictionary<string, object> {
    [name] = Rows.Select(row => Columns.Zip(row).ToDictionary(c => c.First, c => c.Second)),
  });
}
