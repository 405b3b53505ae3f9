using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>Boundaries read from their GeoJSON on their own, and points placed by counting crossings: a second opinion on where a row lies.</summary>
internal sealed class RawMap {
  private readonly List<(string Code, List<(double X, double Y)[]> Rings)> _areas = [];

  /// <summary>A real map; skips the test where it is not there.</summary>
  public static RawMap Real(string code, params string[] path) {
    using var file = File.OpenRead(Repository.SharedData(path));
    using var plain = new GZipStream(file, CompressionMode.Decompress);
    using var json = JsonDocument.Parse(plain);
    var map = new RawMap();
    foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray()) {
      var geometry = feature.GetProperty("geometry");
      var coordinates = geometry.GetProperty("coordinates").EnumerateArray();
      var rings = (geometry.GetProperty("type").GetString() == "Polygon" ? coordinates : coordinates.SelectMany(p => p.EnumerateArray()))
        .Select(ring => ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble())).ToArray()).ToList();
      var name = feature.GetProperty("properties").GetProperty(code);
      map._areas.Add((Normal(name.ValueKind == JsonValueKind.Number ? name.GetRawText() : name.GetString()!), rings));
    }
    return map;
  }

  public bool Has(string code) => _areas.Exists(a => a.Code == code);

  /// <summary>The area whose rings a ray from the point crosses an odd number of times; null where no area has it.</summary>
  public string? Place(string longitude, string latitude) {
    if (longitude.Length == 0 || latitude.Length == 0) return null;
    var (x, y) = (double.Parse(longitude, CultureInfo.InvariantCulture), double.Parse(latitude, CultureInfo.InvariantCulture));
    return _areas.Find(a => a.Rings.Sum(ring => Crossings(ring, x, y)) % 2 == 1).Code;
  }

  /// <summary>"0714" and "714" are one.</summary>
  public static string Normal(string code) => code.Trim().TrimStart('0');

  private static int Crossings((double X, double Y)[] ring, double x, double y) {
    var crossings = 0;
    for (var (i, j) = (0, ring.Length - 1); i < ring.Length; j = i++)
      if (ring[i].Y > y != ring[j].Y > y && x < (ring[j].X - ring[i].X) * (y - ring[i].Y) / (ring[j].Y - ring[i].Y) + ring[i].X) crossings++;
    return crossings;
  }
}
