using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.OverlayNG;

namespace Porchlight.Kernel.Areas;

/// <summary>One area (a beat, a district) of one version of the boundaries.</summary>
/// <param name="Code">As its file writes it, trimmed.</param>
/// <param name="Name">Null where the file has none.</param>
/// <param name="District">What it is part of; null where the file does not say.</param>
/// <param name="Population">Residents; null where the file does not say.</param>
public sealed record Area(string Code, string? Name, string? District, int? Population) {
  internal Geometry Shape { get; init; } = Polygon.Empty;

  /// <summary>Its parts, each an outer ring and then its holes: degrees, WGS84; the last point repeats the first.</summary>
  public IReadOnlyList<IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>>> Polygons => [.. Enumerable.Range(0, Shape.NumGeometries).Select(n => (Polygon)Shape.GetGeometryN(n))
    .Select(p => (IReadOnlyList<IReadOnlyList<(double, double)>>)[.. ((LineString[])[p.ExteriorRing, .. p.InteriorRings]).Select(ring => (IReadOnlyList<(double, double)>)[.. ring.Coordinates.Select(c => (c.X, c.Y))])])];

  /// <summary>All its rings, to draw with the even-odd rule.</summary>
  public IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> Rings => [.. Polygons.SelectMany(p => p)];
}

/// <summary>One version of the boundaries: every area of the city from a day on. It never changes, and many threads may read it.</summary>
public sealed class AtlasMap {
  private readonly Dictionary<string, Area> _byCode;
  private readonly STRtree<(Area Area, IndexedPointInAreaLocator Inside)> _places = new();

  internal AtlasMap(Guid mapId, DateOnly holdsFrom, string sha256, IEnumerable<Area> areas) {
    (MapId, HoldsFrom, Sha256) = (mapId, holdsFrom, sha256);
    Areas = [.. areas.OrderBy(a => a.Code, StringComparer.Ordinal)];
    _byCode = Areas.ToDictionary(a => AreaCode.Normal(a.Code), StringComparer.Ordinal);
    foreach (var area in Areas) {
      var inside = new IndexedPointInAreaLocator(area.Shape);
      inside.Locate(area.Shape.Coordinate); // builds its index now, so that threads share it read-only
      _places.Insert(area.Shape.EnvelopeInternal, (area, inside));
    }
    _places.Build();
  }

  /// <summary>Another import makes another id, a correction of the same day too: what is computed from a map may be kept under it for ever.</summary>
  public Guid MapId { get; }
  /// <summary>The first day it holds; <see cref="DateOnly.MinValue"/> where it always did.</summary>
  public DateOnly HoldsFrom { get; }
  /// <summary>SHA-256 of the file as received, lower-case hex.</summary>
  public string Sha256 { get; }
  /// <summary>All areas, by code.</summary>
  public IReadOnlyList<Area> Areas { get; }

  /// <summary>The area of a code, however it is written (<see cref="AreaCode.Normal"/>); null where the map has none.</summary>
  public Area? Find(string code) => _byCode.GetValueOrDefault(AreaCode.Normal(code));

  /// <summary>The area that holds a point; on a shared border the first by code. Null outside all areas.</summary>
  /// <param name="lon">Degrees east, WGS84.</param>
  /// <param name="lat">Degrees north, WGS84.</param>
  public Area? Place(double lon, double lat) {
    var point = new Coordinate(lon, lat);
    Area? found = null;
    foreach (var (area, inside) in _places.Query(new Envelope(point))) {
      if (inside.Locate(point) != Location.Exterior && (found is null || string.CompareOrdinal(area.Code, found.Code) < 0)) found = area;
    }
    return found;
  }
}

/// <summary>All versions of the boundaries. Immutable: hold it for as long as you compute from it.</summary>
public sealed class AreaAtlas {
  /// <summary>The part of two shapes' common ground that may differ where only the drawing changed, not the area.</summary>
  public const double SameWithin = 0.02;

  internal AreaAtlas(IEnumerable<AtlasMap> maps) => Maps = [.. maps.OrderBy(m => m.HoldsFrom)];

  /// <summary>Without any boundaries.</summary>
  public static readonly AreaAtlas Empty = new([]);

  /// <summary>Oldest first.</summary>
  public IReadOnlyList<AtlasMap> Maps { get; }
  /// <summary>The newest version; null where none was ever imported.</summary>
  public AtlasMap? Latest => Maps.Count == 0 ? null : Maps[^1];

  /// <summary>The version that holds on a day; null before the first.</summary>
  public AtlasMap? MapOn(DateOnly day) => Maps.LastOrDefault(m => m.HoldsFrom <= day);

  /// <summary>
  /// Codes, as <paramref name="later"/> writes them, whose area is the same ground on both maps: the symmetric difference of the two shapes is under
  /// <see cref="SameWithin"/> of their union. Figures of other areas must not be compared across the two maps.
  /// </summary>
  public static IReadOnlySet<string> SameAreas(AtlasMap earlier, AtlasMap later) =>
    later.Areas.Where(area => earlier.Find(area.Code) is { } before && Same(before.Shape, area.Shape)).Select(area => area.Code).ToHashSet(StringComparer.Ordinal);

  private static bool Same(Geometry a, Geometry b) {
    if (a.EqualsExact(b)) return true;
    // a cheap bound first: the shapes cannot share more than the smaller has
    var (small, large) = (Math.Min(a.Area, b.Area), Math.Max(a.Area, b.Area));
    if (!a.EnvelopeInternal.Intersects(b.EnvelopeInternal) || small < large * (1 - SameWithin)) return false;
    var common = OverlayNGRobust.Overlay(a, b, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection).Area;
    var union = a.Area + b.Area - common;
    return (union - common) / union < SameWithin;
  }
}

/// <summary>The last atlas read, so that a request or a publication does not read every shape again.</summary>
internal sealed class AtlasOnHand {
  private volatile Held? _held;
  public AreaAtlas? For(string versions) => _held is { } held && held.Versions == versions ? held.Atlas : null;
  public AreaAtlas Hold(string versions, AreaAtlas atlas) => (_held = new(versions, atlas)).Atlas;
  private sealed record Held(string Versions, AreaAtlas Atlas);
}
