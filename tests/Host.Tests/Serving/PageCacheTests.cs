using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel;
using Porchlight.Kernel.Modules;
using Porchlight.Testing;

namespace Porchlight.Host.Tests.Serving;

public sealed class PageCacheTests {
  private int _made;
  private string _version = "incidents 1.0";

  [Fact]
  public async Task A_page_is_made_once_for_each_address_and_question() {
    await using var host = await Start();
    Assert.Equal(["1", "1", "2", "2", "3", "1"], await Ask(host, "/count", "/count", "/count?area=B12", "/count?area=B12", "/count?area=B13", "/count"));
  }

  [Fact]
  public async Task Each_language_has_its_own_whether_by_prefix_or_by_the_browser_s_choice() {
    await using var host = await Start();
    Assert.Equal(["en 1", "es 2", "en 3", "es 2"], await Ask(host, "/words", "/es/words", "/en/words", "/es/words"));
    using var spanish = host.NewClient();
    spanish.DefaultRequestHeaders.Add("Accept-Language", "es-MX, en;q=0.5");
    Assert.Equal("es 4", await spanish.GetStringAsync("/words"));
    Assert.Equal("es 4", await spanish.GetStringAsync("/words"));
  }

  [Fact]
  public async Task Another_version_is_another_page_from_its_first_second() {
    await using var host = await Start();
    await Ask(host, "/count");
    _version = "incidents 1.1";
    Assert.Equal(["2", "2"], await Ask(host, "/count", "/count"));
  }

  [Fact]
  public async Task A_changed_setting_is_another_page_within_seconds() {
    await using var host = await Start();
    Assert.Equal("1", await host.Client.GetStringAsync("/count"));
    (await host.RunVerbAsync("settings", "set", "city", "Port Alder")).Done();
    host.Clock.Advance(TimeSpan.FromSeconds(2));
    Assert.Equal("2", await host.Client.GetStringAsync("/count"));
  }

  [Fact]
  public async Task A_browser_that_has_the_page_is_told_it_still_stands_until_it_does_not() {
    await using var host = await Start();
    using var first = await host.Client.GetAsync("/count");
    Assert.Equal("public, no-cache", first.Headers.CacheControl!.ToString());
    Assert.Equal(HttpStatusCode.NotModified, (await Again(first)).StatusCode);
    _version = "incidents 2.0";
    Assert.Equal(HttpStatusCode.OK, (await Again(first)).StatusCode);

    async Task<HttpResponseMessage> Again(HttpResponseMessage held) {
      var ask = new HttpRequestMessage(HttpMethod.Get, "/count");
      ask.Headers.IfNoneMatch.Add(held.Headers.ETag!);
      return await host.Client.SendAsync(ask);
    }
  }

  [Theory]
  [InlineData("Cookie", "staff=1")]
  [InlineData("Authorization", "Bearer x")]
  public async Task Who_carries_a_cookie_or_a_credential_is_answered_anew_and_leaves_nothing_in_the_cache(string header, string value) {
    await using var host = await Start();
    using var known = host.NewClient();
    known.DefaultRequestHeaders.Add(header, value);
    Assert.Equal("1", await known.GetStringAsync("/count"));
    Assert.Equal("2", await known.GetStringAsync("/count"));
    Assert.Equal("3", await host.Client.GetStringAsync("/count"));
  }

  [Fact]
  public async Task A_refusal_and_a_page_that_sets_a_cookie_are_not_kept() {
    await using var host = await Start();
    await host.Client.GetAsync("/gone");
    await host.Client.GetAsync("/gone");
    Assert.Equal(2, _made);
    await host.Client.GetAsync("/form");
    await host.Client.GetAsync("/form");
    Assert.Equal(4, _made);
  }

  [Fact]
  public async Task A_kept_page_is_compressed_for_those_who_can_read_it_and_whole_for_those_who_cannot() {
    await using var host = await Start();
    for (var twice = 0; twice < 2; twice++) {
      Assert.Equal(("", true), await Long(""));
      Assert.Equal(("br", false), await Long("gzip, deflate, br"));
      Assert.Equal(("gzip", false), await Long("gzip;q=1.0"));
    }
    Assert.Equal(3, _made);

    async Task<(string Encoding, bool Whole)> Long(string accept) {
      using var client = host.NewClient();
      if (accept.Length > 0) client.DefaultRequestHeaders.Add("Accept-Encoding", accept);
      using var answer = await client.GetAsync("/long");
      Assert.Contains("Accept-Language", answer.Headers.Vary);
      Assert.Equal(answer.Headers.Vary.Distinct(), answer.Headers.Vary);
      return (string.Join(',', answer.Content.Headers.ContentEncoding), (await answer.Content.ReadAsByteArrayAsync()).Length > 20_000);
    }
  }

  private Task<TestHost> Start() => TestHost.StartAsync(map: routes => {
    var pages = routes.MapGroup("").AllowAnonymous().CachePages(_ => new(_version));
    pages.MapGet("/count", () => $"{++_made}");
    pages.MapGet("/words", () => $"{(Words.IsSpanish ? "es" : "en")} {++_made}");
    pages.MapGet("/long", () => Results.Text($"<p>{++_made} {new string('x', 20_000)}</p>", "text/html"));
    pages.MapGet("/gone", () => { _made++; return Results.NotFound(); });
    pages.MapGet("/form", (HttpContext context) => { context.Response.Cookies.Append("token", "x"); return $"{++_made}"; });
  });

  private static async Task<IReadOnlyList<string>> Ask(TestHost host, params string[] addresses) {
    var answers = new List<string>();
    foreach (var address in addresses) answers.Add(await host.Client.GetStringAsync(address));
    return answers;
  }
}
