namespace Porchlight.Ui.Tests.Language;

public sealed class SiteTests {
  [Theory]
  [InlineData("/es", "/data", "/es/data")]
  [InlineData("/es", "/", "/es/")]
  [InlineData("/es", "/es/data", "/es/data")]
  [InlineData("/es", "/es", "/es")]
  [InlineData("/es", "/estate", "/es/estate")]
  [InlineData("/es", "#edition", "#edition")]
  [InlineData("/es", "?page=2", "?page=2")]
  [InlineData("/es", "https://example.org/", "https://example.org/")]
  [InlineData("/es", "tel:911", "tel:911")]
  [InlineData("", "/data", "/data")]
  public void An_address_of_the_house_gets_the_language_once(string prefix, string href, string expected) =>
    Assert.Equal(expected, Rendered.Site(prefix: prefix).Link(href));

  [Fact]
  public void The_other_language_is_the_same_page_with_the_same_query() {
    Assert.Equal("/es/data?area=B12", Rendered.Site("/data", "?area=B12", prefix: "").OtherLanguageHref);
    using var _ = Tongue.Spanish();
    Assert.Equal("/en/data?area=B12", Rendered.Site("/data", "?area=B12").OtherLanguageHref);
  }

  [Fact]
  public void A_query_is_changed_in_place_and_what_it_holds_stays_escaped() {
    var site = Rendered.Site("/data", "?area=B12&sort=name&q=a%20%26%20b", prefix: "/en");
    Assert.Equal("/en/data?area=B12&q=a%20%26%20b&page=2", site.With(("page", "2"), ("sort", null)));
    Assert.Equal("/en/data?sort=name&q=a%20%26%20b&area=A14", site.With(("area", "A14")));
    Assert.Equal("a & b", site.Ask("q"));
    Assert.Null(site.Ask("page"));
  }
}
