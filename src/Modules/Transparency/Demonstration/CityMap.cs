using System.Text.Json;

namespace Porchlight.Transparency.Demonstration;

/// <summary>What the streets of a beat are like: it bends which crimes are reported there.</summary>
internal enum Streets { Center, Harbor, Homes, Hills }

/// <summary>One beat of Port Alder.</summary>
/// <param name="Corners">Its ring as names of <see cref="CityMap"/>'s corners, clockwise as drawn.</param>
internal sealed record Beat(string Code, string Name, string District, int Population, Streets Streets, string Corners);

/// <summary>
/// The invented city: 24 beats between a bay in the west and hills in the east, a river between the B and the C beats. The shapes are
/// drawn after the map of the look's mock page (data-crime-desktop), where Linden Park is B12.
/// </summary>
/// <remarks>
/// Beats share corners by name, and a corner in the middle of a neighbor's side is a corner of that neighbor too: so the shapes tile
/// exactly, whatever the rounding. Populations give the mock's rates per 1,000 residents from its reports.
/// </remarks>
internal static class CityMap {
  /// <summary>Corners in units of 12 meters east and south of the map picture's corner.</summary>
  private const string CornerList = """
    nw 195,95  n1 430,65  n2 462,59  n3 724,79  n4 795,83  ne 1021,148  e1 1029,208  e2 1049,343  e3 1055,384  e4 1047,518
    rE 1043,613  e5 1035,712  e6 1050,805  se 1061,868  s1 907,955  s2 816,965  s3 653,984  s4 548,968  s5 463,955
    b1 368,908  b2 327,861  b3 310,823  b4 303,811  rW 287,788  b5 268,772  b6 225,753  b7 190,700  b8 173,642  b9 147,617
    b10 134,611  b11 123,559  b12 146,504  b13 140,465  b14 136,450  b15 107,408  b16 119,351  b17 154,303  b18 153,292
    b19 149,236  b20 168,188
    r1 371,748  r2 399,741  r3 493,724  r4 555,699  r5 564,695  r6 581,688  r7 670,701  r8 720,679  r9 758,663  r10 800,645
    r11 848,624  r12 876,629  r13 938,641
    d1 444,189  d2 741,213  d3 457,306  d4 754,325  a1 333,302  a2 529,314  a3 346,430  a4 537,440  a5 348,459  a6 360,600
    a7 362,621  a8 548,594  m1 708,324  m2 881,334  m3 543,504  m4 715,496  m5 715,513  m6 878,488  m7 878,508
    c1 556,832  c2 806,795  c3 807,821
    """;

  private const double MetersAUnit = 12, WestUnit = 107, NorthUnit = 59, West = -124.0710, North = 46.8630;
  private const double MetersADegree = 111_200;
  private static readonly double MetersADegreeEast = MetersADegree * Math.Cos((North - 0.05) * Math.PI / 180);

  /// <summary>All beats by code.</summary>
  public static readonly IReadOnlyList<Beat> Beats = [
    new("A11", "Old Wharf", "Harbor", 8_110, Streets.Harbor, "b18 a1 a3 a5 b13 b14 b15 b16 b17"),
    new("A12", "Customs House", "Harbor", 7_480, Streets.Harbor, "b9 a7 r1 rW b5 b6 b7 b8"),
    new("A13", "Ropewalk", "Harbor", 8_900, Streets.Center, "a1 d3 a2 a4 a3"),
    new("A14", "Downtown", "Harbor", 10_240, Streets.Center, "a6 a8 r4 r3 r2 r1 a7"),
    new("A15", "Courthouse", "Harbor", 6_910, Streets.Center, "a3 a4 m3 a8 a6 a5"),
    new("A16", "Ferry Landing", "Harbor", 640, Streets.Harbor, "b13 a5 a6 a7 b9 b10 b11 b12"),
    new("B11", "Eastgate", "Eastside", 9_870, Streets.Homes, "a2 m1 m4 m5 m3 a4"),
    new("B12", "Linden Park", "Eastside", 9_640, Streets.Homes, "m1 d4 m2 m6 m4"),
    new("B13", "Orchard Hill", "Eastside", 10_410, Streets.Hills, "m2 e2 e3 e4 m7 m6"),
    new("B14", "Rail Yards", "Eastside", 7_350, Streets.Harbor, "m3 m5 r8 r7 r6 r5 r4 a8"),
    new("B15", "Maple Flats", "Eastside", 11_280, Streets.Homes, "m4 m6 m7 r12 r11 r10 r9 r8 m5"),
    new("B16", "Fairgrounds", "Eastside", 8_760, Streets.Homes, "m7 e4 rE r13 r12"),
    new("C11", "Mill Bend", "Southside", 9_310, Streets.Homes, "rW r1 r2 r3 r4 r5 c1 b3 b4"),
    new("C12", "Foundry", "Southside", 8_540, Streets.Harbor, "b3 c1 s4 s5 b1 b2"),
    new("C13", "South Bank", "Southside", 9_980, Streets.Homes, "r5 r6 r7 r8 r9 r10 c2 c3 c1"),
    new("C14", "Weaver Street", "Southside", 10_120, Streets.Homes, "c1 c3 s2 s3 s4"),
    new("C15", "Lockhouse", "Southside", 10_880, Streets.Homes, "r10 r11 r12 r13 rE e5 e6 c2"),
    new("C16", "Granary", "Southside", 9_460, Streets.Homes, "c2 e6 se s1 s2 c3"),
    new("D11", "The Heights", "Northside", 11_620, Streets.Hills, "n1 n2 n3 d2 d1"),
    new("D12", "Reservoir", "Northside", 10_960, Streets.Hills, "n3 n4 ne e1 d2"),
    new("D13", "College Hill", "Northside", 12_380, Streets.Homes, "b20 d1 d3 a1 b18 b19"),
    new("D14", "Cedar Slope", "Northside", 10_560, Streets.Hills, "d1 d2 d4 m1 a2 d3"),
    new("D15", "North Gate", "Northside", 8_800, Streets.Homes, "nw n1 d1 b20"),
    new("D16", "Quarry", "Northside", 210, Streets.Harbor, "d2 e1 e2 m2 d4"),
  ];

  private static readonly Dictionary<string, (double X, double Y)> Corners = CornerList
    .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Chunk(2)
    .ToDictionary(c => c[0], c => (double.Parse(c[1].Split(',')[0]), double.Parse(c[1].Split(',')[1])));

  /// <summary>The beat's corners on the drawing plane, clockwise, not closed.</summary>
  public static IReadOnlyList<(double X, double Y)> Ring(Beat beat) => [.. beat.Corners.Split(' ').Select(name => Corners[name])];

  /// <summary>From the plane to WGS84 degrees, to a tenth of a meter (six decimals).</summary>
  public static (double Longitude, double Latitude) Degrees((double X, double Y) point) => (
    Math.Round(West + (point.X - WestUnit) * MetersAUnit / MetersADegreeEast, 6),
    Math.Round(North - (point.Y - NorthUnit) * MetersAUnit / MetersADegree, 6));

  /// <summary>Whether the beat holds the point, by the parity of the sides crossed going east.</summary>
  public static bool Holds(IReadOnlyList<(double X, double Y)> ring, (double X, double Y) point) {
    var inside = false;
    for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
      if (ring[i].Y > point.Y != ring[j].Y > point.Y
          && point.X < (ring[j].X - ring[i].X) * (point.Y - ring[i].Y) / (ring[j].Y - ring[i].Y) + ring[i].X) inside = !inside;
    return inside;
  }

  /// <summary>Writes all beats as GeoJSON (RFC 7946: longitude first, outer rings counterclockwise).</summary>
  public static void Write(Stream to) {
    using var json = new Utf8JsonWriter(to);
    json.WriteStartObject();
    json.WriteString("type", "FeatureCollection");
    json.WriteStartArray("features");
    foreach (var beat in Beats) {
      json.WriteStartObject();
      json.WriteString("type", "Feature");
      json.WriteStartObject("properties");
      json.WriteString("BEAT", beat.Code);
      json.WriteString("NAME", beat.Name);
      json.WriteString("DISTRICT", beat.District);
      json.WriteNumber("POPULATION", beat.Population);
      json.WriteEndObject();
      json.WriteStartObject("geometry");
      json.WriteString("type", "Polygon");
      json.WriteStartArray("coordinates");
      json.WriteStartArray();
      var ring = Ring(beat);
      foreach (var corner in ring.Reverse().Prepend(ring[0])) {
        var (longitude, latitude) = Degrees(corner);
        json.WriteStartArray();
        json.WriteNumberValue(longitude);
        json.WriteNumberValue(latitude);
        json.WriteEndArray();
      }
      json.WriteEndArray();
      json.WriteEndArray();
      json.WriteEndObject();
      json.WriteEndObject();
    }
    json.WriteEndArray();
    json.WriteEndObject();
  }
}
