using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Porchlight.Testing;
using Porchlight.Ui.Maps;

namespace Porchlight.Ui.Tests.Maps;

public sealed partial class MapDrawingTests {
  private static AreaOutline Box(string code, double west, double south, double east, double north) =>
    new(code, [[new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)]]);

  [Fact]
  public void A_city_fills_the_width_less_its_margin() {
    var drawing = MapDrawing.Of([Box("A", -71, 42, -70, 42.5)]);
    var points = Points(drawing["A"].Path);
    Assert.Equal((40, 1200), (points.Min(p => p.X), points.Max(p => p.X)));
    // one degree of longitude here is cos(42.25°) of a degree of latitude
    Assert.InRange((points.Max(p => p.Y) - points.Min(p => p.Y)) / 1160.0, 0.5 / Math.Cos(42.25 * Math.PI / 180) - 0.002, 0.5 / Math.Cos(42.25 * Math.PI / 180) + 0.002);
    Assert.True(points.MinBy(p => p.Y).Y >= 40, "North is up, with a margin.");
  }

  [Fact]
  public void A_tall_city_is_fitted_by_its_height_and_stands_in_the_middle() {
    var drawing = MapDrawing.Of([Box("A", -71, 40, -70.9, 42)]);
    Assert.InRange(drawing.Height, 1200, 1480);
    var points = Points(drawing["A"].Path);
    Assert.Equal(MapDrawing.Width, points.Min(p => p.X) + points.Max(p => p.X), 2.0);
  }

  [Fact]
  public void Neighbors_keep_the_very_same_border_however_it_bends() {
    // a jagged border between two areas, walked upward by one and downward by the other
    var border = Enumerable.Range(0, 200).Select(i => new LonLat(-70.5 + 0.01 * Math.Sin(i * 0.7) * (i % 7), 42 + i * 0.005)).ToList();
    var drawing = MapDrawing.Of([
      new("W", [[.. border, new(-71, border[^1].Lat), new(-71, 42)]]),
      new("E", [[.. border.AsEnumerable().Reverse(), new(-70, 42), new(-70, border[^1].Lat)]]),
    ]);
    var (west, east) = (Points(drawing["W"].Path), Points(drawing["E"].Path));
    var middle = west.Where(p => p.X > 200 && p.X < 1040).ToHashSet();
    Assert.InRange(middle.Count, 20, 199);
    Assert.Subset(east.ToHashSet(), middle);
    Assert.Equal(middle, east.Where(p => p.X > 200 && p.X < 1040).ToHashSet());
  }

  [Fact]
  public void Points_that_add_nothing_are_left_out() {
    var drawing = MapDrawing.Of([new("A", [[.. Enumerable.Range(0, 100).Select(i => new LonLat(-71 + i * 0.01, 42)), new(-70, 43), new(-71, 43)]])]);
    Assert.InRange(Points(drawing["A"].Path).Count, 4, 6);
  }

  [Fact]
  public void A_hole_is_a_ring_of_the_same_path_and_the_label_keeps_out_of_it() {
    var drawing = MapDrawing.Of([new("A", [Box("", -71, 42, -70, 43).Rings[0], Box("", -70.7, 42.1, -70.1, 42.9).Rings[0]])]);
    Assert.Equal(2, drawing["A"].Path.Count(c => c == 'M'));
    var hole = Points(drawing["A"].Path).Skip(4).ToList();
    Assert.False(drawing["A"].LabelX > hole.Min(p => p.X) && drawing["A"].LabelX < hole.Max(p => p.X) && drawing["A"].LabelY > hole.Min(p => p.Y) && drawing["A"].LabelY < hole.Max(p => p.Y));
  }

  [Fact]
  public void An_area_smaller_than_a_pixel_is_still_drawn() {
    var drawing = MapDrawing.Of([Box("A", -71, 42, -70, 43), Box("tiny", -70.5, 42.5, -70.4995, 42.5005)]);
    Assert.StartsWith("M", drawing["tiny"].Path, StringComparison.Ordinal);
  }

  [Fact]
  public void No_area_is_no_map() => Assert.Throws<ArgumentException>(() => MapDrawing.Of([]));

  [Fact]
  public void A_label_always_stands_inside_its_area() =>
    Prop.ForAll(Gen.ArrayOf(Gen.Choose(2, 10)).Where(a => a.Length >= 3).ToArbitrary(), radii => {
      var ring = radii.Select((r, i) => new LonLat(-71 + r * 0.01 * Math.Cos(2 * Math.PI * i / radii.Length), 42 + r * 0.01 * Math.Sin(2 * Math.PI * i / radii.Length))).ToList();
      var shape = MapDrawing.Of([new("A", [ring])])["A"];
      return Inside(Points(shape.Path), shape.LabelX + 0.25, shape.LabelY + 0.25);
    }).QuickCheckThrowOnFailure();

  [Fact]
  public void Chicago_s_277_beats_are_a_small_picture_and_quickly_drawn() {
    using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.SharedData("boundaries", "chicago_police_beats_simplified.geojson")));
    var areas = file.RootElement.GetProperty("features").EnumerateArray().Select((f, i) => new AreaOutline($"{i}", [.. RingsOf(f.GetProperty("geometry"))])).ToList();
    Assert.Equal(277, areas.Count);
    var drawing = MapDrawing.Of(areas);
    var letters = drawing.Codes.Sum(c => drawing[c].Path.Length);
    Assert.InRange(letters, 5_000, 60_000);
  }

  private static IEnumerable<IReadOnlyList<LonLat>> RingsOf(JsonElement geometry) => geometry.GetProperty("type").GetString() == "Polygon"
    ? geometry.GetProperty("coordinates").EnumerateArray().Select(RingOf)
    : geometry.GetProperty("coordinates").EnumerateArray().SelectMany(p => p.EnumerateArray()).Select(RingOf);

  private static IReadOnlyList<LonLat> RingOf(JsonElement ring) => [.. ring.EnumerateArray().Select(p => new LonLat(p[0].GetDouble(), p[1].GetDouble()))];

  // Reads a path as a browser does: M absolute, l relative
  private static List<(int X, int Y)> Points(string path) {
    var points = new List<(int X, int Y)>();
    foreach (var ring in path.Split('z', StringSplitOptions.RemoveEmptyEntries)) {
      var numbers = Whole().Matches(ring).Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)).ToList();
      var at = (X: numbers[0], Y: numbers[1]);
      points.Add(at);
      for (var i = 2; i + 1 < numbers.Count; i += 2) points.Add(at = (at.X + numbers[i], at.Y + numbers[i + 1]));
    }
    return points;
  }

  private static bool Inside(List<(int X, int Y)> ring, double x, double y) {
    var inside = false;
    for (var i = 0; i < ring.Count; i++) {
      var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
      if (a.Y < y != b.Y < y && x < a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X)) inside = !inside;
    }
    return inside;
  }

  [GeneratedRegex(@"-?\d+")]
  private static partial Regex Whole();
}
