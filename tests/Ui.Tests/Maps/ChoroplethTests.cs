using Porchlight.Testing;
using Porchlight.Ui.Gallery;
using Porchlight.Ui.Maps;

namespace Porchlight.Ui.Tests.Maps;

public sealed class ChoroplethTests {
  private static readonly MapDrawing Drawing = MapDrawing.Of([.. Enumerable.Range(0, 6).Select(i =>
    new AreaOutline($"A{i}", [[new(-71 + i * 0.1, 42), new(-70.9 + i * 0.1, 42), new(-70.9 + i * 0.1, 42.3), new(-71 + i * 0.1, 42.3)]]))]);

  private static MapModel Map(params MapArea[] areas) => new() {
    Title = "Crime by neighborhood", Per = "per 1,000 residents", Drawing = Drawing, Areas = areas, RateName = "Per 1,000", Columns = [new("Reports", true), new("Change", true)],
    Classes = MapClasses.At(20, 35, 50, 70),
  };

  private static MapArea Area(int i, decimal? rate, AreaState state = AreaState.Rate) => new($"A{i}", $"Name {i}", rate, state) { Href = $"/areas/A{i}", Cells = ["10", "same"] };

  [Fact]
  public async Task Each_area_is_a_link_named_by_a_whole_sentence() {
    using var _ = Tongue.Spanish();
    var page = await Rendered.Of<Choropleth>(new { Model = Map(Area(0, 12.34m), Area(1, null, AreaState.NoRate), Area(2, null, AreaState.Withheld)) });
    var map = page.Only("svg[role=group]");
    Assert.Equal("Crime by neighborhood", map.GetAttribute("aria-label"));
    Assert.Equal(["Name 0 (A0): 12.3 per 1,000 residents", "Name 1 (A1): sin tasa", "Name 2 (A2): reservado para proteger a las personas"], page.All("svg a").Select(a => a.GetAttribute("aria-label")));
    Assert.Equal("/es/areas/A0", page.All("svg a")[0].GetAttribute("href"));
  }

  [Fact]
  public async Task The_key_lists_only_what_this_map_has() {
    var plain = await Rendered.Of<Choropleth>(new { Model = Map(Area(0, 12), Area(1, 80)) });
    plain.NeverSays("No rate");
    plain.NeverSays("Withheld");
    Assert.Equal(["under 20", "20–34.9", "35–49.9", "50–69.9", "70 or more"], plain.All(".map-ramp li").Select(HtmlPage.Text));
    var hatched = await Rendered.Of<Choropleth>(new { Model = Map(Area(0, 12), Area(1, null, AreaState.NoRate)) });
    hatched.Says("No rate: no data, or fewer than 1,000 people live here");
    hatched.NeverSays("Withheld");
    Assert.Equal("url(#map-crime-by-neighborhood-none)", hatched.Only("path.area-none").GetAttribute("fill"));
    hatched.Only("pattern#map-crime-by-neighborhood-none");
    (await Rendered.Of<Choropleth>(new { Model = Map(Area(0, 12), Area(1, null, AreaState.Withheld)) })).Says("Withheld, to protect people");
  }

  [Fact]
  public async Task The_chosen_area_is_outlined_over_the_others() {
    var page = await Rendered.Of<Choropleth>(new { Model = Map(Area(0, 12), Area(1, 80)) with { Chosen = "A1" }, Small = true });
    Assert.Equal(Drawing["A1"].Path, page.Only("path.map-chosen").GetAttribute("d"));
    Assert.Equal("path", page.Only("svg").LastElementChild!.LocalName);
    page.None("text");
    page.None(".map-key");
  }

  [Fact]
  public async Task The_table_has_the_map_s_own_areas_highest_rate_first_and_withheld_last() {
    var page = await Rendered.Of<AreaTable>(new {
      Model = Map(Area(0, 12), Area(1, null, AreaState.Withheld), Area(2, 80), Area(3, null, AreaState.NoRate)) with { WholeCity = new(["Whole city", "9,214", "43.4", "−6.7%"]), Below = [new(["Place not known", "141", "–", "–"])] },
    });
    Assert.Equal([
      ["Area", "Reports", "Per 1,000", "Change"], ["Whole city", "9,214", "43.4", "−6.7%"], ["Name 2 A2", "10", "80.0", "same"], ["Name 0 A0", "10", "12.0", "same"],
      ["Name 3 A3", "10", "–", "same"], ["Name 1 A1", "10", "withheld", "same"], ["Place not known", "141", "–", "–"],
    ], page.Rows("table"));
    page.Only("rect.area-class-5");
  }

  [Fact]
  public async Task An_area_without_a_page_is_no_link_but_keeps_its_sentence() {
    var page = await Rendered.Of<Choropleth>(new { Model = Map(new MapArea("A0", "A0", 12), new MapArea("A1", "A1", 80)) });
    page.None("svg a");
    Assert.Equal("A0: 12.0 per 1,000 residents", page.All("svg [role=img]")[0].GetAttribute("aria-label"));
    page.NeverSays("Pick an area");
  }

  [Fact]
  public void The_sentence_goes_from_the_lowest_rate_to_the_highest() {
    Assert.Equal("From 12.0 in Name 0 to 80.0 in Name 2, per 1,000 residents.", Map(Area(0, 12), Area(1, 50), Area(2, 80)).Says);
    Assert.Equal("There are too few rates to compare areas.", Map(Area(0, 12)).Says);
  }

  [Fact]
  public void A_fifth_of_the_areas_falls_in_each_class_as_nearly_as_round_numbers_allow() {
    var classes = MapClasses.Of([13.5m, 16.7m, 21.4m, 24.3m, 29.9m, 31.7m, 34.2m, 34.3m, 38.3m, 40.4m, 40.7m, 42.9m, 43.6m, 45.8m, 47.8m, 48.2m, 53.3m, 54.4m, 56.7m, 61.8m, 73.4m, 108.0m]);
    Assert.Equal([30m, 40m, 45m, 55m], classes.Breaks);
    Assert.Equal([1, 1, 2, 5, 5], new[] { 0m, 29.9m, 30m, 55m, 999m }.Select(classes.ClassOf));
  }

  [Theory]
  [InlineData("5 5 5", "")]
  [InlineData("", "")]
  [InlineData("0 0 0 0 0 0 9", "")]
  [InlineData("1 2", "2")]
  [InlineData("0.1 0.2 0.3 0.4 0.5", "0.2 0.3 0.4 0.5")]
  public void Few_different_rates_make_few_classes(string values, string breaks) {
    var classes = MapClasses.Of(values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => decimal.Parse(v, System.Globalization.CultureInfo.InvariantCulture)));
    Assert.Equal(breaks, string.Join(' ', classes.Breaks.Select(b => b.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    Assert.Equal(classes.Breaks.Count == 0 ? 0 : classes.Breaks.Count + 1, classes.Key.Count);
  }

  [Fact]
  public void Every_rate_has_a_class_of_the_key() {
    var values = SampleCity.Areas.Where(a => a.Rate is not null).Select(a => a.Rate!.Value).ToList();
    var classes = MapClasses.Of(values);
    Assert.Subset(classes.Key.Select(k => k.Class).ToHashSet(), values.Select(classes.ClassOf).ToHashSet());
  }

  [Fact]
  public void Breaks_out_of_order_are_refused() {
    Assert.Throws<ArgumentException>(() => MapClasses.At(20, 10));
    Assert.Throws<ArgumentException>(() => MapClasses.At(1, 2, 3, 4, 5));
  }

  [Fact]
  public async Task Find_me_knows_the_map_and_what_to_say() {
    var page = await Rendered.Of<MapAndTable>(new { Model = Map(Area(0, 12), Area(1, 80)), FindMe = true });
    var box = page.Only("[data-find-me]");
    Assert.True(box.HasAttribute("hidden"));
    Assert.Equal(6, page.Only($"svg[id='{box.GetAttribute("data-find-me")}']").GetAttribute("data-map")!.Split(' ').Length);
    page.Says("Your position stays in this browser.");
  }
}
