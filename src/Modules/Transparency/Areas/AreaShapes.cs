using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.Areas;
using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Areas;

/// <summary><c>/data/areas.geojson</c>: the boundaries that the pages draw and divide by, to take away (RFC 7946).</summary>
internal static class AreaShapes {
  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/areas.geojson", Get);

  private static async Task<IResult> Get(Shelf shelf, AreaStore areas, CancellationToken ct) {
    var edition = (await AreaList.ReadAsync(shelf, ct)).First;
    var map = edition is null ? null : (await areas.LoadAtlasAsync(ct)).MapOn(edition.Manifest.To);
    return Results.Bytes(Write(map), "application/geo+json");
  }

  /// <summary>The areas of a map; without one, a collection of none.</summary>
  internal static byte[] Write(AtlasMap? map) => JsonSerializer.SerializeToUtf8Bytes(new {
    type = "FeatureCollection",
    features = (map?.Areas ?? []).Select(area => new {
      type = "Feature",
      properties = new {
        code = area.Code, name = area.Name, district = area.District, residents = area.Population, holds_from = Day(map!.HoldsFrom),
      },
      geometry = new { type = "MultiPolygon", coordinates = area.Polygons.Select(Rings) },
    }),
  });

  private static IEnumerable<IEnumerable<double[]>> Rings(IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> polygon) =>
    polygon.Select((ring, at) => Points(ring, outer: at == 0));

  // the first map a department gives may hold "always"
  private static string? Day(DateOnly day) => day == DateOnly.MinValue ? null : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

  // outer rings run counterclockwise, holes clockwise
  private static IEnumerable<double[]> Points(IReadOnlyList<(double Lon, double Lat)> ring, bool outer) {
    var twiceArea = ring.Zip(ring.Skip(1), (a, b) => (b.Lon - a.Lon) * (b.Lat + a.Lat)).Sum();
    return (twiceArea < 0 == outer ? ring : ring.Reverse()).Select(p => (double[])[p.Lon, p.Lat]);
  }
}
