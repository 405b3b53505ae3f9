using Porchlight.Kernel.Settings;
using Porchlight.Testing;
using Porchlight.Ui.Layout;

namespace Porchlight.Ui.Tests.Layout;

public sealed class LayoutTests {
  private static readonly DepartmentSettings Department = new(new Dictionary<string, string> {
    ["name"] = "Port Alder Police", ["name-es"] = "Policía de Port Alder", ["government"] = "City of Port Alder", ["city"] = "Port Alder", ["address"] = "220 Harbor Street; Port Alder",
    ["non-emergency-phone"] = "555-0142", ["web-address"] = "https://police.portalder.example",
  });

  private static Task<HtmlPage> Page(Site site) => Rendered.Of<PublicLayout>(new { Title = "Crime", Description = "One sentence.", Menu = "numbers", ChildContent = Rendered.Content("<h1>Crime</h1>") }, site);

  [Fact]
  public async Task A_page_names_its_language_and_where_its_other_language_is() {
    using var _ = Tongue.Spanish();
    var page = await Page(Rendered.Site("/data/crime", "?area=B12", Department));
    Assert.Equal("es", page.Document.DocumentElement.GetAttribute("lang"));
    Assert.Equal("Crime · Policía de Port Alder", page.Document.Title);
    Assert.Equal("https://police.portalder.example/es/data/crime", page.Only("link[rel=canonical]").GetAttribute("href"));
    Assert.Equal([("en", "https://police.portalder.example/en/data/crime"), ("es", "https://police.portalder.example/es/data/crime"), ("x-default", "https://police.portalder.example/data/crime")],
      page.All("link[rel=alternate]").Select(l => (l.GetAttribute("hreflang")!, l.GetAttribute("href")!)));
    var other = page.Only(".bar-language");
    Assert.Equal(("English", "en", "/en/data/crime?area=B12"), (HtmlPage.Text(other), other.GetAttribute("lang"), other.GetAttribute("href")));
  }

  [Fact]
  public async Task What_nobody_translated_keeps_its_own_language() {
    using var _ = Tongue.Spanish();
    var page = await Page(Rendered.Site(department: Department));
    Assert.Equal("en", page.Only(".mark small").GetAttribute("lang"));
    Assert.False(page.Only(".mark b").HasAttribute("lang"));
  }

  [Fact]
  public async Task The_skip_link_comes_first_and_leads_to_the_main_part() {
    var page = await Page(Rendered.Site(department: Department));
    var first = page.Document.Body!.QuerySelector("a, button, input, summary")!;
    Assert.Equal("#main", first.GetAttribute("href"));
    Assert.Equal("-1", page.Only("main#main").GetAttribute("tabindex"));
  }

  [Fact]
  public async Task The_menu_marks_where_one_is_and_is_left_out_when_empty() {
    var menu = Rendered.Site(department: Department) with { Menu = [new("numbers", new("Numbers", "Cifras"), "/data", 1), new("tips", new("Send a tip", "Dar un aviso"), "/tips", 2, IsAction: true)] };
    var page = await Page(menu);
    Assert.Equal(["/en/data", "/en/tips"], page.All(".menu-inline a").Select(a => a.GetAttribute("href")));
    Assert.Equal("Numbers", HtmlPage.Text(page.Only(".menu-inline [aria-current]")));
    page.Only("details.menu-fold summary");
    (await Page(Rendered.Site(department: Department))).None("nav");
  }

  [Fact]
  public async Task A_department_that_has_said_nothing_shows_no_empty_line() {
    var page = await Page(Rendered.Site());
    page.None(".strip");
    page.None(".bar-calm");
    page.None(".mark small");
    page.Says("In danger? Call 911");
    page.NeverSays("Not urgent");
    Assert.Equal("/en/data", page.Only("link[rel=canonical]").GetAttribute("href"));
  }

  [Fact]
  public async Task A_head_shows_the_way_back_and_the_finding() {
    var page = await Rendered.Of<PageHead>(new { Title = "9,214 crimes", ShortTitle = "Crime", Lead = "Fewer.", Crumbs = new Crumb[] { new("Home", "/"), new("Numbers", "/data") } });
    Assert.Equal("9,214 crimes", page.Heading);
    Assert.Equal(["Home", "Numbers", "Crime"], page.All("li").Select(HtmlPage.Text));
    Assert.Equal(["/en/", "/en/data"], page.Links);
    Assert.Equal("Crime", HtmlPage.Text(page.Only("[aria-current=page]")));
  }

  [Theory]
  [InlineData("By type of crime", "by-type-of-crime")]
  [InlineData("Según la ocasión, ¡año 2025!", "segun-la-ocasion-ano-2025")]
  [InlineData("  A   B  ", "a-b")]
  public void Anchors_are_plain_letters(string heading, string anchor) => Assert.Equal(anchor, Slug.Of(heading));
}
