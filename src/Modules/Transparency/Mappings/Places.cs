using System.Globalization;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds the columns of the point: two of degrees, or one that holds both. Feet and meters of a state plane are not degrees and feed nothing.</summary>
internal static class Places {
  /// <summary>Feeds latitude and longitude, both or neither.</summary>
  public static void Propose(Draft draft) {
    if (draft.Records.Of(FieldRole.Latitude) is not { } latitude || draft.Records.Of(FieldRole.Longitude) is not { } longitude) return;
    if (draft.IsMapped(latitude) && draft.IsMapped(longitude)) return;
    var north = Best(draft, latitude, North);
    var east = Best(draft, longitude, East);
    if (north is null && east is null) {
      // the columns may stand under each other's names
      north = Best(draft, longitude, c => North(c) >= 1 ? 1 : 0);
      east = Best(draft, latitude, c => East(c) >= 1 ? 1 : 0);
      if (north is not null && east is not null) draft.Doubt($"{north} and {east} seem to hold each other's degrees; they are read by what they hold.");
    }
    var point = draft.Free.Where(c => c.Point is not null).OrderByDescending(c => c.Filled).FirstOrDefault();
    if (north is not null && east is not null && north != east && (point is null || north.Filled >= 0.5 * point.Filled)) {
      draft.Map(latitude, [north], names => new(names));
      draft.Map(longitude, [east], names => new(names));
    } else if (point is not null) {
      var format = point.Point;
      draft.Map(latitude, [point], names => new(names, format));
      draft.Map(longitude, [point], names => new(names, format));
    }
  }

  private static ColumnProfile? Best(Draft draft, Field field, Func<ColumnProfile, double> content) =>
    draft.Free.Select(c => (Column: c, Fit: draft.Likeness(field, c) * content(c))).Where(c => c.Fit >= 40).OrderByDescending(c => c.Fit).FirstOrDefault().Column;

  // the United States and its territories first; elsewhere degrees are only told by their decimals
  private static double North(ColumnProfile column) => !Decimals(column) ? 0 : column.ShareBetween(13, 72) >= 0.9 ? 1 : column.ShareBetween(-180, -64) >= 0.9 ? 0
    : column.ShareBetween(-90, 90) >= 0.99 ? 0.7 : 0;

  private static double East(ColumnProfile column) => !Decimals(column) ? 0 : column.ShareBetween(-180, -64) >= 0.9 || column.ShareBetween(144, 147) >= 0.9 ? 1
    : column.ShareBetween(13, 72) >= 0.9 ? 0.5 : column.ShareBetween(-180, 180) >= 0.99 ? 0.7 : 0;

  private static bool Decimals(ColumnProfile column) => column.Values.Count > 0 && column.ShareOf(v =>
    double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && (n is 0 or -1 or 1 || v.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot && v.Length - dot > 2)) >= 0.6;
}
