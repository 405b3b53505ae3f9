using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Porchlight.Kernel.Settings;
using Porchlight.Testing;

namespace Porchlight.Ui.Tests.Errors;

public sealed class ErrorPagesTests : IAsyncLifetime {
  private UiApp _app = null!;

  public async ValueTask InitializeAsync() => _app = await UiApp.Start(app => {
    app.MapGet("/broken", string () => throw new InvalidOperationException("a secret of ours"));
    app.MapGet("/status/{code:int}", (int code) => Results.StatusCode(code));
    app.MapGet("/said", (HttpContext context) => {
      context.Response.StatusCode = 404;
      return context.Response.WriteAsync("""{"missing":true}""");
    });
  });

  public ValueTask DisposeAsync() => _app.DisposeAsync();

  [Theory]
  [InlineData("/no/such/page", HttpStatusCode.NotFound, "This page is not here")]
  [InlineData("/no/such/file.css", HttpStatusCode.NotFound, "This page is not here")]
  [InlineData("/es/no/such/page", HttpStatusCode.NotFound, "Esta página no está aquí")]
  [InlineData("/broken", HttpStatusCode.InternalServerError, "We can’t show this page right now")]
  [InlineData("/es/broken", HttpStatusCode.InternalServerError, "No podemos mostrar esta página ahora")]
  [InlineData("/status/403", HttpStatusCode.Forbidden, "This page is not open to you")]
  [InlineData("/status/429", HttpStatusCode.TooManyRequests, "Too many requests at once")]
  [InlineData("/status/400", HttpStatusCode.BadRequest, "We could not understand this request")]
  [InlineData("/status/503", HttpStatusCode.ServiceUnavailable, "We can’t show this page right now")]
  public async Task A_refusal_or_a_fault_is_a_whole_page_in_the_reader_s_language(string path, HttpStatusCode status, string heading) {
    var page = (await _app.Get(path, ("Accept", "text/html"))).Is(status);
    Assert.Equal(heading, page.Heading);
    page.Says("911");
    page.NeverSays("a secret of ours");
    Assert.Equal(page.Headers["content-language"], page.Document.DocumentElement.GetAttribute("lang"));
    page.Only("link[rel=stylesheet]");
    page.None("link[rel=canonical]");
    Assert.Equal("noindex", page.Only("meta[name=robots]").GetAttribute("content"));
    Assert.Contains("no-store", page.Headers["cache-control"], StringComparison.Ordinal);
  }

  [Fact]
  public async Task A_program_that_asks_for_no_page_gets_one_plain_line() {
    var page = (await _app.Get("/no/such/page", ("Accept", "application/json"))).Is(HttpStatusCode.NotFound);
    Assert.StartsWith("text/plain", page.Headers["content-type"], StringComparison.Ordinal);
    page.Says("This page is not here");
    page.None("h1");
  }

  [Fact]
  public async Task An_endpoint_s_own_words_are_kept() {
    var page = (await _app.Get("/said", ("Accept", "text/html"))).Is(HttpStatusCode.NotFound);
    page.Says("""{"missing":true}""");
  }

  [Fact]
  public async Task The_department_s_number_stands_on_the_page() {
    await using var host = await TestHost.StartAsync();
    await host.UseAsync<SettingStore>(s => s.SetAsync(new Dictionary<string, string> { ["name"] = "Port Alder Police", ["non-emergency-phone"] = "555-0142", ["demonstration"] = "yes", ["city"] = "Port Alder" }, default));
    using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/page") { Headers = { { "Accept", "text/html" } } };
    var page = await HtmlPage.ReadAsync(await host.Client.SendAsync(request));
    Assert.Contains("555-0142", HtmlPage.Text(page.Only("main")), StringComparison.Ordinal);
    Assert.Equal("tel:5550142", page.Only("main a[href^=tel]").GetAttribute("href"));
    page.Says("Port Alder is not a real city.");
  }
}
