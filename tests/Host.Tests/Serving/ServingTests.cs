using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Porchlight.Host.Serving;
using Porchlight.Kernel;
using Porchlight.Testing;

namespace Porchlight.Host.Tests.Serving;

public sealed class ServingTests {
  [Theory]
  [InlineData("/health/live")]
  [InlineData("/health/ready")]
  public async Task A_healthy_program_says_so(string address) {
    await using var host = await TestHost.StartAsync();
    Assert.Equal("Healthy", await host.Client.GetStringAsync(address));
  }

  [Fact]
  public async Task Without_its_database_the_program_is_alive_but_not_ready() {
    await using var host = await TestHost.StartAsync(adjust: b => b.Configuration["Database"] = "Host=127.0.0.1;Port=1;Database=none;Timeout=1");
    Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode);
    Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Client.GetAsync("/health/ready")).StatusCode);
  }

  [Fact]
  public async Task A_HEAD_is_answered_as_the_GET_without_its_body() {
    await using var host = await TestHost.StartAsync(map: routes => routes.MapGet("/here", () => "text").AllowAnonymous());
    using var here = await host.Client.SendAsync(new(HttpMethod.Head, "/here"));
    Assert.Equal((HttpStatusCode.OK, "text/plain"), (here.StatusCode, here.Content.Headers.ContentType!.MediaType));
    Assert.Empty(await here.Content.ReadAsByteArrayAsync());
    using var nowhere = await host.Client.SendAsync(new(HttpMethod.Head, "/nowhere"));
    Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    Assert.Equal("text", await host.Client.GetStringAsync("/here")); // the connection is still in step
  }

  [Fact]
  public async Task A_body_larger_than_any_form_is_refused() {
    await using var host = await TestHost.StartAsync(map: routes => routes.MapPost("/echo", async (HttpRequest r) => { await new StreamReader(r.Body).ReadToEndAsync(); return "read"; }).AllowAnonymous());
    using var small = await host.Client.PostAsync("/echo", new ByteArrayContent(new byte[1000]));
    Assert.Equal(HttpStatusCode.OK, small.StatusCode);
    using var large = await host.Client.PostAsync("/echo", new ByteArrayContent(new byte[(1 << 20) + 1]));
    Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
  }

  [Fact]
  public async Task A_forwarded_header_is_believed_from_a_named_proxy_only() {
    Assert.Equal("http 127.0.0.1", await Told(null));
    Assert.Equal("http 127.0.0.1", await Told("10.0.0.5"));
    Assert.Equal("https 203.0.113.9", await Told("10.0.0.5, 127.0.0.0/8"));

    static async Task<string> Told(string? proxies) {
      await using var host = await TestHost.StartAsync(adjust: b => b.Configuration["Proxies"] = proxies,
        map: routes => routes.MapGet("/who", (HttpContext c) => $"{c.Request.Scheme} {c.Connection.RemoteIpAddress!.MapToIPv4()}").AllowAnonymous());
      var ask = new HttpRequestMessage(HttpMethod.Get, "/who");
      ask.Headers.Add("X-Forwarded-For", "203.0.113.9");
      ask.Headers.Add("X-Forwarded-Proto", "https");
      return await (await host.Client.SendAsync(ask)).Content.ReadAsStringAsync();
    }
  }

  [Fact]
  public void A_proxy_that_is_no_address_is_refused() =>
    Assert.Contains("\"nginx\" is not an address", Assert.Throws<RefusedException>(() => Proxies.Options("10.0.0.5, nginx")).Message, StringComparison.Ordinal);

  [Fact]
  public async Task The_log_names_a_failed_route_and_never_who_asked_for_what() {
    var log = new Lines();
    await using var host = await TestHost.StartAsync(adjust: b => b.Logging.AddProvider(log),
      map: routes => routes.MapGet("/cases/{person}", (string person) => { if (person.Length > 0) throw new InvalidOperationException("a fault"); return ""; }).AllowAnonymous());
    using var failed = await host.Client.GetAsync("/cases/MariaLopez?street=220+Harbor");
    Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
    Assert.Contains("GET /cases/{person} answered 500", log.Text, StringComparison.Ordinal);
    foreach (var secret in (string[])["Maria", "Harbor", "127.0.0.1"]) Assert.DoesNotContain(secret, log.Text, StringComparison.Ordinal);
  }

  [Fact]
  public async Task Every_public_page_is_listed_once_and_answers_in_both_languages() {
    await using var host = await TestHost.StartAsync();
    Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health/live")).StatusCode); // started
    var pages = await PublicPages.ListAsync(host.Services, default);
    Assert.Contains("/", pages);
    Assert.DoesNotContain(pages, p => p.Contains('{') || p.StartsWith("/health", StringComparison.Ordinal) || p.StartsWith("/assets", StringComparison.Ordinal));
    Assert.Equal(pages.Distinct(), pages);
    foreach (var page in pages.SelectMany(p => (string[])[p, "/en" + p, "/es" + p])) {
      using var answer = await host.Client.GetAsync(page);
      // nothing is published here: a page may have nothing to show, but none may fail
      Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{page} answers {(int)answer.StatusCode}");
    }
  }

  [Fact]
  public async Task Search_engines_are_told_every_page_in_both_languages_at_the_department_s_own_address() {
    await using var host = await TestHost.StartAsync();
    (await host.RunVerbAsync("settings", "set", "web-address", "https://police.portalder.example")).Done();
    var map = await host.Client.GetStringAsync("/sitemap.xml");
    Assert.Contains("<loc>https://police.portalder.example/</loc>", map, StringComparison.Ordinal);
    Assert.Contains("hreflang=\"es\" href=\"https://police.portalder.example/es/\"", map, StringComparison.Ordinal);
    Assert.DoesNotContain(".xml</loc>", map, StringComparison.Ordinal);
    Assert.Contains("Sitemap: https://police.portalder.example/sitemap.xml", await host.Client.GetStringAsync("/robots.txt"), StringComparison.Ordinal);
  }

  [Fact]
  public async Task Without_a_web_address_no_visitor_s_Host_header_is_repeated() {
    await using var host = await TestHost.StartAsync();
    async Task<(HttpStatusCode, string)> Ask(string path) {
      using var answer = await host.Client.SendAsync(new(HttpMethod.Get, path) { Headers = { Host = "evil.example" } });
      return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
    Assert.Equal((HttpStatusCode.OK, "User-agent: *\nAllow: /\n"), await Ask("/robots.txt"));
    var (status, text) = await Ask("/sitemap.xml");
    Assert.Equal(HttpStatusCode.NotFound, status);
    Assert.Contains("settings set web-address", text, StringComparison.Ordinal);
    Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
  }

  [Fact]
  public async Task A_page_asked_in_another_way_says_in_which_ways_it_may_be() {
    await using var host = await TestHost.StartAsync(map: routes => {
      routes.MapGet("/cases/{number:int}", (int number) => $"{number}").AllowAnonymous();
      routes.MapPost("/cases/{number:int}", (int number) => $"{number}").AllowAnonymous();
      routes.MapGet("/unsaid", () => "secret");
    });
    async Task Answers(string method, string path, HttpStatusCode status, string? allow) {
      using var answer = await host.Client.SendAsync(new(new HttpMethod(method), path));
      Assert.Equal((path, status, allow), (path, answer.StatusCode, answer.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", answer.Content.Headers.Allow)));
    }
    foreach (var method in (string[])["POST", "PUT", "DELETE", "OPTIONS"]) {
      foreach (var path in (string[])["/", "/en/data/crime", "/es/data/areas/A1", "/robots.txt", "/health/live", "/data/incidents/editions/1/manifest.json"])
        await Answers(method, path, HttpStatusCode.MethodNotAllowed, "GET, HEAD");
    }
    await Answers("PUT", "/cases/7", HttpStatusCode.MethodNotAllowed, "GET, HEAD, POST");
    await Answers("POST", "/cases/7", HttpStatusCode.OK, null);
    await Answers("POST", "/cases/seven", HttpStatusCode.NotFound, null);
    await Answers("POST", "/no/such/page", HttpStatusCode.NotFound, null);
    await Answers("POST", "/no/such/file.css", HttpStatusCode.NotFound, null);
    await Answers("POST", "/unsaid", HttpStatusCode.NotFound, null);
  }

  private sealed class Lines : ILoggerProvider, ILogger {
    private readonly StringBuilder _text = new();
    public string Text { get { lock (_text) return _text.ToString(); } }
    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) {
      lock (_text) _text.AppendLine($"{formatter(state, exception)} {exception}");
    }
    public void Dispose() { }
  }
}
