using System.Globalization;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Imports;

/// <summary>Lists and days as DuckDB literals, beside <see cref="Sql"/>.</summary>
internal static class SqlWords {
  public static string List(IEnumerable<string> values) => string.Join(", ", values.Select(Sql.Text));
  public static string Day(DateOnly day) => $"DATE '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
  public static string Files(IEnumerable<string> paths) => $"[{List(paths)}]";
}
