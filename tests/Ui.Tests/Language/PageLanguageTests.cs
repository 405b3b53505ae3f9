using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Porchlight.Ui.Tests.Language;

public sealed class PageLanguageTests : IAsyncLifetime {
  private UiApp _app = null!;

  public async ValueTask InitializeAsync() => _app = await UiApp.Start(app => {
    app.MapGet("/where", (HttpContext context) => Results.Text($"{CultureInfo.CurrentUICulture.Name} {context.Request.PathBase} {context.Request.Path}", "text/html"));
    app.MapGet("/esta", () => Results.Text("esta", "text/html"));
    app.MapGet("/", (HttpContext context) => Results.Text($"home {CultureInfo.CurrentUICulture.Name} {context.Request.Path}", "text/html"));
    app.MapGet("/away", () => SeeOther.To("/where?x=1"));
  });

  public ValueTask DisposeAsync() => _app.DisposeAsync();

  [Theory]
  [InlineData(null, "en")]
  [InlineData("", "en")]
  [InlineData("es", "es")]
  [InlineData("es-MX,es;q=0.9,en;q=0.8", "es")]
  [InlineData("en-US,en;q=0.9,es;q=0.8", "en")]
  [InlineData("en;q=0.3,es;q=0.7", "es")]
  [InlineData("fr,de;q=0.9", "en")]
  [InlineData("fr,es;q=0.1", "es")]
  [InlineData("es;q=0,en", "en")]
  [InlineData("es;q=0", "en")]
  [InlineData("*", "en")]
  [InlineData(";;;nonsense=,", "en")]
  public async Task Without_a_prefix_the_page_answers_in_place_by_what_the_browser_asks_for(string? accept, string language) {
    var page = accept is null ? await _app.Get("/where") : await _app.Get("/where", ("Accept-Language", accept));
    page.Says($"{language} /where");
    Assert.Equal(language, page.Headers["content-language"]);
    Assert.Contains("Accept-Language", page.Headers["vary"], StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("/es/where", "es /es /where")]
  [InlineData("/en/where", "en /en /where")]
  [InlineData("/es", "home es /")]
  [InlineData("/es/", "home es /")]
  public async Task A_prefix_decides_and_moves_to_the_path_base(string path, string text) {
    var page = await _app.Get(path, ("Accept-Language", path.StartsWith("/es", StringComparison.Ordinal) ? "en" : "es"));
    page.Says(text);
    Assert.DoesNotContain("Accept-Language", page.Headers.GetValueOrDefault("vary", ""), StringComparison.Ordinal);
  }

  [Fact]
  public async Task A_path_that_only_begins_like_a_prefix_has_none() {
    var page = await _app.Get("/esta", ("Accept-Language", "en"));
    page.Says("esta");
    Assert.Equal("en", page.Headers["content-language"]);
  }

  [Fact]
  public async Task A_redirect_after_a_post_is_a_303_that_keeps_the_language() {
    var page = await _app.Get("/es/away");
    Assert.Equal(System.Net.HttpStatusCode.SeeOther, page.Status);
    Assert.Equal("/es/where?x=1", page.Headers["location"]);
  }

  [Theory]
  [InlineData("//evil.example")]
  [InlineData("https://evil.example")]
  [InlineData("/\\evil.example")]
  [InlineData("where")]
  public void A_redirect_stays_in_the_house(string path) => Assert.Throws<ArgumentException>(() => SeeOther.To(path));

  [Fact]
  public async Task No_cookie_is_set_and_nothing_redirects() {
    var page = await _app.Get("/where", ("Accept-Language", "es"));
    page.Is(System.Net.HttpStatusCode.OK);
    Assert.DoesNotContain("set-cookie", page.Headers.Keys);
  }
}
