using System.Globalization;

namespace Porchlight.Transparency.Mappings;

/// <summary>A point written in one column, which feeds both latitude and longitude.</summary>
internal static class PointText {
  /// <summary>
  /// How a column writes points: <c>wkt</c> (longitude first) or <c>latlon</c> (in brackets, latitude first); null where fewer than nine in
  /// ten of its values are points.
  /// </summary>
  public static string? Format(ColumnProfile column) =>
    column.Values.Count == 0 ? null
    : column.ShareOf(v => Read(v, "wkt") is not null) >= 0.9 ? "wkt"
    : column.ShareOf(v => Read(v, "latlon") is not null) >= 0.9 ? "latlon" : null;

  /// <summary>The point, or null.</summary>
  public static (double Latitude, double Longitude)? Read(string text, string format) {
    if (format == "wkt" && !text.TrimStart().StartsWith("POINT", StringComparison.OrdinalIgnoreCase)) return null;
    int open = text.LastIndexOf('('), close = text.LastIndexOf(')');
    // Socrata writes the street address above the brackets, and some systems leave the brackets out
    var inside = open >= 0 && close > open ? text[(open + 1)..close] : format == "latlon" ? text : "";
    var parts = inside.Split(format == "wkt" ? ' ' : ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    if (parts.Length != 2 || !Degrees(parts[0], out var first) || !Degrees(parts[1], out var second)) return null;
    var (latitude, longitude) = format == "wkt" ? (second, first) : (first, second);
    return Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180 ? (latitude, longitude) : null;
  }

  private static bool Degrees(string text, out double degrees) =>
    double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && text.Contains('.');
}
