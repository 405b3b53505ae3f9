using System.Globalization;
using System.Text;

namespace Porchlight.Ui.Maps;

/// <summary>A place in degrees, WGS84.</summary>
/// <param name="Lon">Longitude, east positive.</param>
/// <param name="Lat">Latitude, north positive.</param>
public readonly record struct LonLat(double Lon, double Lat);

/// <summary>An area's boundary.</summary>
/// <param name="Code">The area's code.</param>
/// <param name="Rings">Its outer rings and holes, in any order and direction; the last point may repeat the first.</param>
public sealed record AreaOutline(string Code, IReadOnlyList<IReadOnlyList<LonLat>> Rings);

/// <summary>An area drawn.</summary>
/// <param name="Path">The d of an SVG path, whole numbers, even-odd.</param>
/// <param name="LabelX">Where its code stands.</param>
/// <param name="LabelY">Where its code stands.</param>
/// <param name="LabelRoom">How wide the area is there.</param>
public sealed record MapShape(string Path, int LabelX, int LabelY, int LabelRoom);

/// <summary>
/// Boundaries drawn once: projected, rounded to a grid, simplified along shared borders so that neighbors still meet, and written as short
/// paths. Values change with each page; this does not, so hold it for as long as the boundaries hold.
/// </summary>
public sealed class MapDrawing {
  /// <summary>Width of the viewBox. On a desktop two units are a pixel.</summary>
  public const int Width = 1240;
  private const int Margin = 40;
  private const double Tolerance = 1.6;

  private readonly Dictionary<string, MapShape> _shapes;

  private MapDrawing(LocalMap map, Dictionary<string, MapShape> shapes) => (Map, _shapes) = (map, shapes);

  /// <summary>Height of the viewBox.</summary>
  public int Height => Map.Height;
  /// <summary>Area codes, in the order given.</summary>
  public IEnumerable<string> Codes => _shapes.Keys;
  /// <summary>An area as drawn.</summary>
  public MapShape this[string code] => _shapes[code];
  internal LocalMap Map { get; }

  /// <summary>Draws areas. At least one, each code once.</summary>
  public static MapDrawing Of(IReadOnlyList<AreaOutline> areas) {
    var map = LocalMap.Around(areas.SelectMany(a => a.Rings).SelectMany(r => r), Width, Margin);
    var rings = areas.Select(a => a.Rings.Select(r => OnGrid(r, map)).Where(r => r.Count >= 3).ToList()).ToList();
    var borders = new SharedBorders(rings.SelectMany(r => r), Tolerance);
    var shapes = new Dictionary<string, MapShape>(areas.Count);
    foreach (var (area, drawn) in areas.Zip(rings)) {
      var simple = drawn.Select(borders.Simplify).Where(r => r.Count >= 3).ToList();
      if (simple.Count == 0) simple = drawn; // an area smaller than a pixel stays as it is
      var (x, y, room) = LabelPlace.Of(simple);
      shapes.Add(area.Code, new(Path(simple), x, y, room));
    }
    return new(map, shapes);
  }

  // Neighbors hold the same corners, so they round to the same points of the grid
  private static List<(int X, int Y)> OnGrid(IReadOnlyList<LonLat> ring, LocalMap map) {
    var points = new List<(int X, int Y)>(ring.Count);
    foreach (var place in ring) {
      var point = map.Place(place);
      if (points.Count == 0 || points[^1] != point) points.Add(point);
    }
    if (points.Count > 1 && points[0] == points[^1]) points.RemoveAt(points.Count - 1);
    return points;
  }

  private static string Path(List<List<(int X, int Y)>> rings) {
    var d = new StringBuilder();
    foreach (var ring in rings) {
      d.Append(CultureInfo.InvariantCulture, $"M{ring[0].X} {ring[0].Y}l");
      for (var i = 1; i < ring.Count; i++) {
        var (dx, dy) = (ring[i].X - ring[i - 1].X, ring[i].Y - ring[i - 1].Y);
        if (i > 1 && dx >= 0) d.Append(' ');
        d.Append(CultureInfo.InvariantCulture, $"{dx}");
        if (dy >= 0) d.Append(' ');
        d.Append(CultureInfo.InvariantCulture, $"{dy}");
      }
      d.Append('z');
    }
    return d.ToString();
  }
}
