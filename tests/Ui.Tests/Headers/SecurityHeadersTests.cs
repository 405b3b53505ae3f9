using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Porchlight.Ui.Tests.Headers;

public sealed class SecurityHeadersTests : IAsyncLifetime {
  private UiApp _app = null!;

  public async ValueTask InitializeAsync() => _app = await UiApp.Start(app => {
    app.MapGet("/page", () => Results.Text("page", "text/html"));
    app.MapGet("/own", (HttpContext context) => {
      context.Response.Headers["Referrer-Policy"] = "no-referrer";
      return Results.Text("own", "text/html");
    });
    app.MapGet("/broken", string () => throw new InvalidOperationException("on purpose"));
  });

  public ValueTask DisposeAsync() => _app.DisposeAsync();

  [Theory]
  [InlineData("/page")]
  [InlineData("/not/there")]
  [InlineData("/broken")]
  [InlineData("/es/broken")]
  public async Task Every_answer_forbids_inline_script_and_style_framing_and_guessing(string path) {
    var headers = (await _app.Get(path, ("Accept", "text/html"))).Headers;
    var policy = headers["content-security-policy"].Split("; ");
    Assert.Contains("default-src 'none'", policy);
    Assert.Contains("script-src 'self'", policy);
    Assert.Contains("style-src 'self'", policy);
    Assert.Contains("frame-ancestors 'none'", policy);
    Assert.Contains("base-uri 'none'", policy);
    Assert.Contains("form-action 'self'", policy);
    Assert.DoesNotContain("unsafe", headers["content-security-policy"], StringComparison.Ordinal);
    Assert.Equal("nosniff", headers["x-content-type-options"]);
    Assert.Equal("DENY", headers["x-frame-options"]);
    Assert.Contains("camera=()", headers["permissions-policy"], StringComparison.Ordinal);
  }

  [Fact]
  public async Task An_endpoint_that_says_more_itself_is_not_overruled() =>
    Assert.Equal("no-referrer", (await _app.Get("/own")).Headers["referrer-policy"]);

  [Theory]
  [InlineData("br", "br")]
  [InlineData("gzip", "gzip")]
  public async Task Pages_are_compressed_as_the_browser_asks(string accept, string encoding) =>
    Assert.Equal(encoding, (await _app.Get("/page", ("Accept-Encoding", accept))).Headers["content-encoding"]);
}
