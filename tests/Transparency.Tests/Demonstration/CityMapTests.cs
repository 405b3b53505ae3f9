using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace Porchlight.Transparency.Tests.Demonstration;

public sealed class CityMapTests(DemoCityFixture city) {
  [Fact]
  public void There_are_24_beats_in_four_districts_and_Linden_Park_is_B12_of_Eastside() {
    var beats = Features();
    Assert.Equal(24, beats.Count);
    Assert.Equal(["Eastside", "Harbor", "Northside", "Southside"], beats.Select(b => b.District).Distinct().Order());
    var b12 = beats.Single(b => b.Code == "B12");
    Assert.Equal(("Linden Park", "Eastside", 9_640), (b12.Name, b12.District, b12.Population));
  }

  [Fact]
  public void Beats_share_their_borders_exactly_without_gap_or_overlap() {
    var beats = Features();
    Assert.All(beats, b => Assert.True(b.Shape.IsValid, b.Code));
    foreach (var a in beats)
      foreach (var b in beats.Where(b => string.CompareOrdinal(a.Code, b.Code) < 0))
        Assert.False(a.Shape.Relate(b.Shape, "T********"), $"{a.Code} and {b.Code} share ground");
    var whole = UnaryUnionOp.Union(beats.Select(b => b.Shape));
    var outline = Assert.IsType<Polygon>(whole);
    Assert.Equal(0, outline.NumInteriorRings);
    Assert.Equal(beats.Sum(b => b.Shape.Area), whole.Area, 1e-12);
  }

  [Fact]
  public void Each_side_of_a_beat_is_a_side_of_one_neighbor_or_of_the_city_s_edge() {
    var beats = Features();
    var outline = Assert.IsType<Polygon>(UnaryUnionOp.Union(beats.Select(b => b.Shape))).Shell;
    var sides = beats.SelectMany(b => b.Shape.Coordinates.Zip(b.Shape.Coordinates.Skip(1))).ToHashSet();
    foreach (var (from, to) in sides)
      Assert.True(sides.Contains((to, from)) || outline.Covers(new LineString([from, to])), $"{from} to {to} is no one's border");
  }

  [Fact]
  public void Rings_turn_counterclockwise_as_GeoJSON_asks() =>
    Assert.All(Features(), b => Assert.True(((Polygon)b.Shape).Shell.IsCCW, b.Code));

  [Fact]
  public void The_city_is_about_12_by_11_kilometers_on_the_coast_of_the_Northwest() {
    var box = new Envelope();
    foreach (var beat in Features()) box.ExpandToInclude(beat.Shape.EnvelopeInternal);
    Assert.InRange(box.Height * 111.2, 10, 12);
    Assert.InRange(box.Width * 111.2 * Math.Cos(box.Centre.Y * Math.PI / 180), 10.5, 12.5);
    Assert.InRange(box.Centre.X, -124.2, -123.8);
    Assert.InRange(box.Centre.Y, 45, 49);
  }

  [Fact] public void Boundaries_hold_before_the_first_record() => Assert.True(city.Files.AreasHoldFrom < city.Files.FirstDay);

  [Theory, InlineData("incidents"), InlineData("calls")]
  public void Every_row_s_point_lies_inside_its_beat(string file) {
    var shapes = Features().ToDictionary(b => b.Code, b => b.Shape);
    var placed = (file == "incidents" ? city.Incidents : city.Calls).Where(r => r["Beat"].Length > 0)
      .Select(r => (Beat: r["Beat"], Longitude: r["Longitude"], Latitude: r["Latitude"])).ToHashSet();
    Assert.True(placed.Count > 1_000);
    Assert.All(placed, p => Assert.True(shapes[p.Beat].Contains(new Point(double.Parse(p.Longitude), double.Parse(p.Latitude)))));
    Assert.Equal(24, placed.Select(p => p.Beat).Distinct().Count());
  }

  private List<(string Code, string Name, string District, int Population, Geometry Shape)> Features() {
    using var json = JsonDocument.Parse(File.ReadAllBytes(city.Files.Areas));
    return [.. json.RootElement.GetProperty("features").EnumerateArray().Select(f => {
      var p = f.GetProperty("properties");
      var ring = f.GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
        .Select(c => new Coordinate(c[0].GetDouble(), c[1].GetDouble()));
      return (p.GetProperty("BEAT").GetString()!, p.GetProperty("NAME").GetString()!, p.GetProperty("DISTRICT").GetString()!,
        p.GetProperty("POPULATION").GetInt32(), (Geometry)new Polygon(new LinearRing([.. ring])));
    })];
  }
}
