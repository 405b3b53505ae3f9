using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Union;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Kernel.Areas;

/// <summary>One feature of a boundary file: its properties, and its shape where it has a usable one.</summary>
internal sealed record AreaFeature(IReadOnlyDictionary<string, JsonElement> Properties, Geometry? Shape, bool Repaired) {
  /// <summary>A property as text, trimmed; null where it is missing, null or empty. A whole number is written without a fraction.</summary>
  public string? Text(string? property) {
    if (string.IsNullOrEmpty(property) || !Properties.TryGetValue(property, out var value)) return null;
    var text = value.ValueKind switch {
      JsonValueKind.String => value.GetString()!.Trim(),
      JsonValueKind.Number => value.GetDouble().ToString("0.##########", CultureInfo.InvariantCulture),
      _ => "",
    };
    return text.Length == 0 ? null : text;
  }
}

/// <summary>
/// Reads a boundary file: a GeoJSON FeatureCollection (RFC 7946: WGS84, longitude first) of polygons, plain or gzipped. What cannot be a city's
/// boundaries is refused with what to do; a ring that crosses itself is repaired and reported.
/// </summary>
internal sealed class AreaFile {
  private const int MostBytes = 64 << 20, MostUnpacked = 256 << 20;
  private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);
  // the reference systems that are longitude and latitude within a few feet, by the end of their names
  private static readonly string[] Degrees = ["CRS84", "CRS83", ":4326", ":4269"];

  private readonly List<string> _notes = [];

  private AreaFile(string sha256) => Sha256 = sha256;

  /// <summary>SHA-256 of the file as received, lower-case hex.</summary>
  public string Sha256 { get; }
  /// <summary>How many features it has.</summary>
  public int Features { get; private set; }
  /// <summary>Which properties were read.</summary>
  public AreaColumns Columns { get; private set; } = AreaColumns.Proposed;
  /// <summary>One for each code, by code.</summary>
  public IReadOnlyList<Area> Areas { get; private set; } = [];
  /// <summary>What was merged, repaired or left out: sentences for the person at the shell.</summary>
  public IReadOnlyList<string> Notes => _notes;

  /// <summary>Reads it all. <see cref="RefusedException"/> where it cannot be used.</summary>
  public static async Task<AreaFile> ReadAsync(Stream received, AreaColumns columns, CancellationToken ct) {
    var bytes = await AllAsync(received, MostBytes, ct);
    var file = new AreaFile(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    using var document = await ParseAsync(bytes, ct);
    var features = file.Read(document.RootElement);
    file.Columns = columns.Complete(features);
    file.Areas = file.Gather(features, ct);
    return file;
  }

  private static async Task<byte[]> AllAsync(Stream stream, int most, CancellationToken ct) {
    using var all = new MemoryStream();
    var buffer = new byte[81920];
    for (int n; (n = await stream.ReadAsync(buffer, ct)) > 0;) {
      if (all.Length + n > most) throw new RefusedException($"The file is larger than {most >> 20} MB. Simplify the boundaries (a meter is fine enough), then import them again.");
      all.Write(buffer, 0, n);
    }
    return all.ToArray();
  }

  private static async Task<JsonDocument> ParseAsync(byte[] bytes, CancellationToken ct) {
    if (bytes is [0x1f, 0x8b, ..]) {
      try {
        await using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        bytes = await AllAsync(packed, MostUnpacked, ct);
      } catch (InvalidDataException) {
        throw new RefusedException("The file is packed with gzip but broken. Fetch it again.");
      }
    }
    if (bytes is [(byte)'P', (byte)'K', ..])
      throw new RefusedException("This is a zip file, perhaps of a shapefile. Export the boundaries as GeoJSON in WGS84 (longitude and latitude), then import that.");
    try {
      return JsonDocument.Parse(bytes.AsMemory(bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0));
    } catch (JsonException wrong) {
      throw new RefusedException($"The file is not GeoJSON (line {wrong.LineNumber + 1}). Export the boundaries as GeoJSON in WGS84, then import that.");
    }
  }

  private List<AreaFeature> Read(JsonElement root) {
    if (Member(root, "type") is not { ValueKind: JsonValueKind.String } type || type.GetString() != "FeatureCollection"
        || Member(root, "features") is not { ValueKind: JsonValueKind.Array } list)
      throw new RefusedException("The file is not a GeoJSON FeatureCollection. Export the boundaries as one, then import that.");
    // RFC 7946 has no crs member; older writers do
    if (Member(root, "crs") is { ValueKind: JsonValueKind.Object } crs && Member(crs, "properties") is { ValueKind: JsonValueKind.Object } named
        && Member(named, "name") is { ValueKind: JsonValueKind.String } name && !Degrees.Any(end => name.GetString()!.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
      throw new RefusedException($"The file says its coordinates are {name.GetString()}. Convert it to WGS84 (longitude and latitude), then import that.");
    Features = list.GetArrayLength();
    List<AreaFeature> features = [];
    var shapeless = 0;
    foreach (var one in list.EnumerateArray()) {
      var rings = new RingReader();
      var shape = Member(one, "geometry") is { ValueKind: JsonValueKind.Object } geometry ? rings.Shape(geometry) : null;
      if (shape is null) shapeless++;
      else features.Add(new(Properties(one), shape, rings.Repaired));
    }
    if (features.Count == 0) throw new RefusedException("The file has no polygons: boundaries of areas are polygons. Choose another file.");
    if (shapeless > 0) _notes.Add($"Left out: {Amount.Of(shapeless, "feature")} without a polygon.");
    return features;
  }

  private static Dictionary<string, JsonElement> Properties(JsonElement feature) {
    var properties = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
    if (Member(feature, "properties") is { ValueKind: JsonValueKind.Object } given)
      foreach (var property in given.EnumerateObject()) properties[property.Name] = property.Value;
    return properties;
  }

  private static JsonElement? Member(JsonElement element, string name) =>
    element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

  private List<Area> Gather(List<AreaFeature> features, CancellationToken ct) {
    var coded = features.Where(f => f.Text(Columns.Code) is not null).ToList();
    if (features.Count > coded.Count) _notes.Add($"Left out: {Amount.Of(features.Count - coded.Count, "feature")} with nothing in {Columns.Code}.");
    List<Area> areas = [];
    foreach (var parts in coded.GroupBy(f => AreaCode.Normal(f.Text(Columns.Code)!), StringComparer.Ordinal).Select(g => g.ToList())) {
      ct.ThrowIfCancellationRequested();
      var code = parts[0].Text(Columns.Code)!;
      if (code.Length > AreaMap.LongestCode) throw new RefusedException($"\"{code}\" is too long for a code. Choose another property with --code.");
      if (parts.Count > 1) _notes.Add($"Merged: {parts.Count} features are parts of {code}.");
      if (parts.Any(p => p.Repaired)) _notes.Add($"Repaired: the boundary of {code} crossed itself or did not close.");
      var shape = parts.Count == 1 ? parts[0].Shape! : UnaryUnionOp.Union(parts.Select(p => p.Shape!).ToList());
      areas.Add(new(code, First(parts, Columns.Name, AreaMap.LongestName), First(parts, Columns.District, AreaMap.LongestName), Residents(code, parts)) { Shape = shape });
    }
    return [.. areas.OrderBy(a => a.Code, StringComparer.Ordinal)];
  }

  private static string? First(List<AreaFeature> parts, string? property, int most) =>
    parts.Select(p => p.Text(property)).FirstOrDefault(t => t is not null) is { } text ? text[..Math.Min(text.Length, most)] : null;

  private int? Residents(string code, List<AreaFeature> parts) {
    var said = parts.Select(p => p.Text(Columns.Population)).OfType<string>().ToList();
    var counts = said.Select(s => double.TryParse(s.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var n) && n is >= 0 and < int.MaxValue ? (int?)Math.Round(n) : null).ToList();
    if (counts.Contains(null)) _notes.Add($"Left out: the population of {code} is not a number ({said[counts.IndexOf(null)]}).");
    var known = counts.OfType<int>().ToList();
    // parts of an area carry either the area's own number, each the same, or a number each
    return known.Count == 0 ? null : known.Distinct().Count() == 1 ? known[0] : known.Sum();
  }

  /// <summary>Makes polygons of a feature's coordinates.</summary>
  private sealed class RingReader {
    public bool Repaired { get; private set; }

    public Geometry? Shape(JsonElement geometry) {
      var polygons = Polygons(geometry).ToArray();
      if (polygons.Length == 0) return null;
      Geometry shape = polygons.Length == 1 ? polygons[0] : Factory.CreateMultiPolygon(polygons);
      if (!shape.IsValid) {
        Repaired = true;
        shape = PolygonalOnly(GeometryFixer.Fix(shape));
      }
      return shape.IsEmpty ? null : shape;
    }

    private IEnumerable<Polygon> Polygons(JsonElement geometry) {
      if (Member(geometry, "geometries") is { ValueKind: JsonValueKind.Array } several) return several.EnumerateArray().SelectMany(Polygons);
      if (Member(geometry, "coordinates") is not { ValueKind: JsonValueKind.Array } coordinates) return [];
      return Member(geometry, "type")?.GetString() switch {
        "Polygon" => Polygon(coordinates) is { } one ? [one] : [],
        "MultiPolygon" => coordinates.EnumerateArray().Select(Polygon).OfType<Polygon>(),
        _ => [],
      };
    }

    private Polygon? Polygon(JsonElement rings) {
      var read = rings.EnumerateArray().Select(Ring).ToList();
      if (read.Count == 0 || read[0] is not { } shell) return null;
      return Factory.CreatePolygon(shell, [.. read.Skip(1).OfType<LinearRing>()]);
    }

    private LinearRing? Ring(JsonElement points) {
      var ring = points.EnumerateArray().Select(Point).ToList();
      if (ring.Count > 0 && !ring[0].Equals2D(ring[^1])) {
        Repaired = true;
        ring.Add(ring[0].Copy());
      }
      if (ring.Count >= LinearRing.MinimumValidSize) return Factory.CreateLinearRing([.. ring]);
      Repaired = true;
      return null;
    }

    private static Coordinate Point(JsonElement point) {
      if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2 || point[0].ValueKind != JsonValueKind.Number || point[1].ValueKind != JsonValueKind.Number)
        throw new RefusedException("A point of a polygon is not two numbers. Export the boundaries again as GeoJSON.");
      var (lon, lat) = (point[0].GetDouble(), point[1].GetDouble());
      if (Math.Abs(lon) > 180 || Math.Abs(lat) > 90)
        throw new RefusedException($"These coordinates ({lon:0.##}, {lat:0.##}) look like feet or meters, not degrees. Convert the file to WGS84 (longitude and latitude), then import that.");
      // no department polices the Antarctic: -87.6 there is a longitude
      if (lat < -60) throw new RefusedException($"These coordinates ({lon:0.##}, {lat:0.##}) look like latitude first. GeoJSON has longitude first: turn them round, then import the file again.");
      return new(lon, lat);
    }

    private static Geometry PolygonalOnly(Geometry fixedShape) => fixedShape is NetTopologySuite.Geometries.Polygon or MultiPolygon ? fixedShape
      : Factory.BuildGeometry([.. PolygonExtracter.GetPolygons(fixedShape)]);
  }
}
