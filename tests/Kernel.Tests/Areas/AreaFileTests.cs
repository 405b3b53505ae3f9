using Porchlight.Kernel.Areas;

namespace Porchlight.Kernel.Tests.Areas;

public sealed class AreaFileTests {
  private static readonly double[][] BowTie = [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]];

  [Fact]
  public async Task A_plain_file_and_a_gzipped_one_say_the_same() {
    var text = GeoJson.Text(GeoJson.Square(-87, 41, properties: new { BEAT_NUM = "0714" }));
    var plain = await Read(GeoJson.Bytes(text));
    var packed = await Read(GeoJson.Packed(text));
    Assert.Equal("0714", Assert.Single(plain.Areas).Code);
    Assert.True(plain.Areas[0].Shape.EqualsExact(Assert.Single(packed.Areas).Shape));
    Assert.NotEqual(plain.Sha256, packed.Sha256); // of the file as received
    Assert.Equal(64, plain.Sha256.Length);
  }

  [Theory]
  [InlineData("BEAT_NUM")]
  [InlineData("beat")]
  [InlineData("BEAT")]
  [InlineData("DIST_NU")]
  [InlineData("DISTRICT")]
  [InlineData("PRECINCT")]
  public async Task The_code_is_proposed_from_the_property_s_name(string property) {
    var file = await Read(GeoJson.File(GeoJson.Square(0, 0, properties: Bag(("OBJECTID", 1), (property, "A1"))), GeoJson.Square(1, 0, properties: Bag(("OBJECTID", 2), (property, "A2")))));
    Assert.Equal(property, file.Columns.Code);
    Assert.Equal(["A1", "A2"], file.Areas.Select(a => a.Code));
  }

  [Fact]
  public async Task A_property_that_does_not_tell_areas_apart_is_no_code_and_serves_as_the_district() {
    var features = Enumerable.Range(0, 10).Select(n => GeoJson.Square(n, 0, properties: new { BEAT = n % 3, DISTRICT = "1", ID = n, TOTAL_POP = 100.0 * n, NAME = $"Place {n}" })).ToArray();
    var file = await Read(GeoJson.File(features));
    Assert.Equal(new AreaColumns("ID", "NAME", "DISTRICT", "TOTAL_POP"), file.Columns);
    Assert.Equal(("7", "Place 7", "1", 700), (file.Areas[7].Code, file.Areas[7].Name, file.Areas[7].District, file.Areas[7].Population));
  }

  [Fact]
  public async Task Without_a_likely_code_the_refusal_lists_what_there_is() =>
    await Refused("FID_X (2), shape_len (1)", GeoJson.Square(0, 0, properties: new { FID_X = 1, shape_len = 5 }), GeoJson.Square(1, 0, properties: new { FID_X = 2, shape_len = 5 }));

  [Fact]
  public async Task A_property_that_is_not_there_is_refused_with_those_that_are() {
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Read(GeoJson.File(GeoJson.Square(0, 0, properties: new { beat = "A" })), new(Code: "Beat")));
    Assert.Contains("No feature has a property \"Beat\". It has: beat.", refused.Message, StringComparison.Ordinal);
  }

  [Fact]
  public async Task An_empty_word_means_that_the_file_does_not_say_it() {
    var file = await Read(GeoJson.File(GeoJson.Square(0, 0, properties: new { beat = "A", name = "x", district = "1", pop = 5 })), new(Name: "", District: "", Population: ""));
    Assert.Equal(new Area("A", null, null, null), file.Areas[0] with { Shape = new Area("", null, null, null).Shape });
  }

  [Fact]
  public async Task Features_of_one_code_are_one_area_however_they_write_it() {
    var file = await Read(GeoJson.File(
      GeoJson.Square(0, 0, properties: new { beat = "0714", pop = 100 }), GeoJson.Square(0.01, 0, properties: new { beat = " 714 ", pop = 100 }),
      GeoJson.Square(1, 0, properties: new { beat = "a1", pop = 40 }), GeoJson.Square(2, 0, properties: new { beat = "A1", pop = 2 })), new(Code: "beat"));
    Assert.Equal(["0714", "a1"], file.Areas.Select(a => a.Code));
    Assert.Equal(2 * 0.01 * 0.01, file.Areas[0].Shape.Area, 9);
    Assert.Equal([100, 42], file.Areas.Select(a => a.Population ?? 0)); // each part has the whole's number, or a number of its own
    Assert.Contains("Merged: 2 features are parts of 0714.", file.Notes);
    Assert.Equal(4, file.Features);
  }

  [Fact]
  public async Task A_hole_is_no_part_of_its_area() {
    var file = await Read(GeoJson.File(GeoJson.Feature(new { type = "Polygon", coordinates = new[] { GeoJson.Ring(0, 0, 1), GeoJson.Ring(0.4, 0.4, 0.2) } }, new { beat = "A" })));
    Assert.Equal(1 - 0.04, file.Areas[0].Shape.Area, 9);
    Assert.Equal(2, file.Areas[0].Rings.Count);
  }

  [Fact]
  public async Task A_ring_that_crosses_itself_or_does_not_close_is_repaired_and_reported() {
    var file = await Read(GeoJson.File(GeoJson.Feature(new { type = "Polygon", coordinates = new[] { BowTie } }, new { beat = "A" }),
      GeoJson.Feature(new { type = "MultiPolygon", coordinates = new[] { new[] { GeoJson.Ring(5, 5, 1)[..4] } } }, new { beat = "B" }), GeoJson.Square(9, 9, properties: new { beat = "C" })));
    Assert.All(file.Areas, area => Assert.True(area.Shape.IsValid));
    Assert.Equal([0.5, 1], file.Areas.Take(2).Select(a => Math.Round(a.Shape.Area, 6)));
    Assert.Equal(["Repaired: the boundary of A crossed itself or did not close.", "Repaired: the boundary of B crossed itself or did not close."], file.Notes);
  }

  [Fact]
  public async Task What_is_no_polygon_or_has_no_code_is_left_out_and_counted() {
    var file = await Read(GeoJson.File(GeoJson.Square(0, 0, properties: new { beat = "A" }), GeoJson.Square(1, 0, properties: new { beat = (string?)null }), GeoJson.Square(2, 0, properties: new { beat = " " }),
      GeoJson.Feature(null, new { beat = "B" }), GeoJson.Feature(new { type = "Point", coordinates = new[] { 1, 1 } }, new { beat = "C" })), new(Code: "beat"));
    Assert.Equal("A", Assert.Single(file.Areas).Code);
    Assert.Equal(["Left out: 2 features without a polygon.", "Left out: 2 features with nothing in beat."], file.Notes);
  }

  [Fact]
  public async Task A_population_that_is_no_number_is_left_out_and_reported() {
    var file = await Read(GeoJson.File(GeoJson.Square(0, 0, properties: new { beat = "A", pop = "NA" }), GeoJson.Square(1, 0, properties: new { beat = "B", pop = "9,640" }), GeoJson.Square(2, 0, properties: new { beat = "C", pop = -1 })));
    Assert.Equal([null, 9640, null], file.Areas.Select(a => a.Population));
    Assert.Equal(2, file.Notes.Count(n => n.StartsWith("Left out: the population of", StringComparison.Ordinal)));
  }

  [Fact]
  public Task Coordinates_in_feet_are_refused() => Refused("look like feet or meters", GeoJson.Square(1_150_000, 1_900_000, 500, new { beat = "A" }));

  [Fact]
  public Task Latitude_first_is_refused() => Refused("GeoJSON has longitude first", GeoJson.Square(41.8, -87.6, properties: new { beat = "A" }));

  [Theory]
  [InlineData("PK\u0003\u0004shapefile", "This is a zip file")]
  [InlineData("beat,lon,lat\nA,1,2\n", "The file is not GeoJSON (line 1)")]
  [InlineData("", "The file is not GeoJSON")]
  [InlineData("[]", "not a GeoJSON FeatureCollection")]
  [InlineData("""{"type":"Topology","objects":{}}""", "not a GeoJSON FeatureCollection")]
  [InlineData("""{"type":"FeatureCollection","features":[]}""", "The file has no polygons")]
  [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"beat":"A"},"geometry":{"type":"Polygon","coordinates":[[["x","y"]]]}}]}""", "is not two numbers")]
  [InlineData("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3435"}},"features":[]}""", "says its coordinates are urn:ogc:def:crs:EPSG::3435")]
  public async Task A_file_that_holds_no_boundaries_is_refused_with_what_to_do(string text, string says) {
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Read(GeoJson.Bytes(text)));
    Assert.Contains(says, refused.Message, StringComparison.Ordinal);
  }

  [Fact]
  public async Task A_broken_gzip_file_is_refused() {
    var packed = (MemoryStream)GeoJson.Packed(GeoJson.Text(GeoJson.Square(0, 0, properties: new { beat = "A" })));
    var broken = packed.ToArray();
    Array.Fill(broken, (byte)0xff, 12, broken.Length - 20);
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Read(new MemoryStream(broken)));
    Assert.Contains("packed with gzip but broken", refused.Message, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("0714", "714")]
  [InlineData(" b12 ", "B12")]
  [InlineData("000", "0")]
  [InlineData("A01", "A01")]
  [InlineData("", "")]
  public void Codes_are_compared_without_case_space_and_leading_zeros(string written, string normal) => Assert.Equal(normal, AreaCode.Normal(written));

  private static async Task Refused(string says, params object[] features) {
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Read(GeoJson.File(features)));
    Assert.Contains(says, refused.Message, StringComparison.Ordinal);
  }

  private static Dictionary<string, object> Bag(params (string Key, object Value)[] pairs) => pairs.ToDictionary(p => p.Key, p => p.Value);

  private static Task<AreaFile> Read(Stream file, AreaColumns? columns = null) => AreaFile.ReadAsync(file, columns ?? AreaColumns.Proposed, default);
}
