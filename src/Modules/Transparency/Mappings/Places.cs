using System.Globalization;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// Finds the columns of the point: two of degrees, or one that holds both. Feet and meters of a state plane are no degrees and feed
/// nothing.
/// </summary>
internal static class Places {
  /// <summary>Feeds latitude and longitude, both or neither.</summary>
  public static void Propose(Draft draft) {
    if (draft.Records.Of(FieldRole.Latitude) is not { } latitude || draft.Records.Of(FieldRole.Longitude) is not { } longitude) return;
    if (draft.IsMapped(latitude) || draft.IsMapped(longitude)) return;
    var north = draft.Best(c => draft.Likeness(latitude, c) * North(c), 40);
    var east = draft.Best(c => draft.Likeness(longitude, c) * East(c), 40);
    if (north is null && east is null) {
      // the columns may stand under each other's names
      north = draft.Best(c => North(c) < 1 ? 0 : draft.Likeness(longitude, c), 40);
      east = draft.Best(c => East(c) < 1 ? 0 : draft.Likeness(latitude, c), 40);
      if (north is not null && east is not null)
        draft.Doubt($"{north} and {east} hold each other's degrees; they are read by what they hold.");
    }
    var point = draft.Best(c => c.Point is null ? 0 : c.Filled, double.Epsilon);
    if (north is not null && east is not null && north != east && (point is null || north.Filled >= 0.5 * point.Filled)) {
      draft.Map(latitude, north);
      draft.Map(longitude, east);
    } else if (point is not null) {
      draft.Map(latitude, point);
      draft.Map(longitude, point);
    }
  }

  // the United States and its territories first; elsewhere degrees are only told by their decimals
  private static double North(ColumnProfile column) {
    if (!HasDecimals(column) || column.ShareBetween(-180, -64) >= 0.9) return 0;
    return column.ShareBetween(13, 72) >= 0.9 ? 1 : column.ShareBetween(-90, 90) >= 0.99 ? 0.7 : 0;
  }

  private static double East(ColumnProfile column) {
    if (!HasDecimals(column)) return 0;
    if (column.ShareBetween(-180, -64) >= 0.9 || column.ShareBetween(144, 147) >= 0.9) return 1;
    return column.ShareBetween(13, 72) >= 0.9 ? 0.5 : column.ShareBetween(-180, 180) >= 0.99 ? 0.7 : 0;
  }

  private static bool HasDecimals(ColumnProfile column) => column.ShareOf(v =>
    double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
      && (number is 0 or -1 or 1 || (v.Contains('.') && v.Length - v.IndexOf('.', StringComparison.Ordinal) > 2))) >= 0.6;
}
