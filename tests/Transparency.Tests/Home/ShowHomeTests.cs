using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Home;
using Porchlight.Transparency.Hub;

namespace Porchlight.Transparency.Tests.Home;

public sealed class ShowHomeTests {
  [Fact]
  public void Before_anything_is_published_it_leads_only_to_what_is_there() {
    var home = ShowHome.Show("Port Alder Police", []);
    Assert.Empty(home.Areas);
    Assert.Empty(home.Figures);
    Assert.Equal(["/data/dictionary"], home.Doors.Select(d => d.Href));
  }

  [Fact]
  public void It_starts_with_the_neighborhoods_by_name_and_shows_the_citys_figures() {
    var edition = MadeUp.Crime();
    var crime = Headline.OfCount(edition, new Asked(edition, null, null).Compare, new(9214, 9871), new Dictionary<string, long>());
    var home = ShowHome.Show("Port Alder Police", [crime]);
    Assert.Equal(["Downtown (A14)", "Linden Park (B12)", "Quarry (D16)"], home.Areas.Select(a => a.Label));
    Assert.Equal(["/data", "/data/areas", "/data/editions"], home.Doors.Select(d => d.Href));
    Assert.StartsWith("Reported crime: for the whole city", home.Doors[0].Says, StringComparison.Ordinal);
    Assert.Equal("January to September 2025, citywide", home.FiguresTitle);
    Assert.Equal("9,214", home.Figures.Single().Value[0].Number);
  }
}
