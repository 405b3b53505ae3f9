namespace Porchlight.Kernel.DuckDb;

/// <summary>Writes names and literals where a bound parameter cannot stand: file names, column names, ENUM words.</summary>
public static class Sql {
  /// <summary>A text literal, quotes doubled.</summary>
  public static string Text(string value) {
    ArgumentOutOfRangeException.ThrowIfNotEqual(value.Contains('\0', StringComparison.Ordinal), false);
    return "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
  }

  /// <summary>A quoted name.</summary>
  public static string Name(string name) {
    ArgumentOutOfRangeException.ThrowIfNotEqual(name.Contains('\0', StringComparison.Ordinal), false);
    return "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
  }
}
