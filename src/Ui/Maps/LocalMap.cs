namespace Porchlight.Ui.Maps;

/// <summary>
/// Local equirectangular projection: over a city, degrees of longitude shrink by the cosine of its middle latitude and nothing else matters
/// at the width of a line.
/// </summary>
internal sealed record LocalMap(double West, double North, double UnitsPerLon, double UnitsPerLat, double Left, double Top, int Height) {
  // A tall city is fitted by its height, so the map never fills more than a screen
  private const double TallestRatio = 1.2;

  public static LocalMap Around(IEnumerable<LonLat> places, int width, int margin) {
    var (west, east, south, north) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
    foreach (var place in places) {
      (west, east) = (Math.Min(west, place.Lon), Math.Max(east, place.Lon));
      (south, north) = (Math.Min(south, place.Lat), Math.Max(north, place.Lat));
    }
    if (west > east) throw new ArgumentException("A map needs at least one place.", nameof(places));
    var squeeze = Math.Cos((south + north) / 2 * Math.PI / 180);
    var (wide, tall) = (Math.Max((east - west) * squeeze, 1e-9), Math.Max(north - south, 1e-9));
    var room = width - 2 * margin;
    var scale = Math.Min(room / wide, room * TallestRatio / tall);
    return new(west, north, scale * squeeze, scale, margin + (room - wide * scale) / 2, margin, (int)Math.Ceiling(tall * scale) + 2 * margin);
  }

  public (int X, int Y) Place(LonLat place) =>
    ((int)Math.Round(Left + (place.Lon - West) * UnitsPerLon), (int)Math.Round(Top + (North - place.Lat) * UnitsPerLat));
}
