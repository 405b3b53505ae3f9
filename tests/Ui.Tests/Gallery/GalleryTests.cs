using System.Net;
using Microsoft.Extensions.Hosting;
using Porchlight.Testing;

namespace Porchlight.Ui.Tests.Gallery;

/// <summary>Every component on a real page of the real program, in both languages: what must be true of any page of the house.</summary>
public sealed class GalleryTests : IAsyncLifetime {
  private TestHost _host = null!;

  public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(adjust: builder => builder.Environment.EnvironmentName = Environments.Development);

  public ValueTask DisposeAsync() => _host.DisposeAsync();

  public static TheoryData<string, string> Pages() => [.. from language in new[] { "en", "es" } from page in new[] { "", "/data", "/area", "/form", "/parts" } select (language, "/gallery" + page)];

  [Theory, MemberData(nameof(Pages))]
  public async Task A_page_holds_to_the_policy_and_its_parts_to_each_other(string language, string path) {
    var page = (await _host.GetAsync($"/{language}{path}")).Is(HttpStatusCode.OK);
    Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
    Assert.NotEmpty(page.Heading);
    page.None("[style], style, script:not([src]), [onclick]");
    var ids = page.All("[id]").Select(e => e.Id).ToList();
    Assert.Equal(ids.Distinct(), ids);
    foreach (var named in page.All("[aria-labelledby], [aria-describedby]"))
      Assert.All($"{named.GetAttribute("aria-labelledby")} {named.GetAttribute("aria-describedby")}".Split(' ', StringSplitOptions.RemoveEmptyEntries), id => Assert.Contains(id, ids));
    foreach (var label in page.Document.QuerySelectorAll("label")) Assert.Contains(label.GetAttribute("for"), ids);
    foreach (var pattern in page.Document.QuerySelectorAll("[fill^='url(#']")) Assert.Contains(pattern.GetAttribute("fill")![5..^1], ids);
    Assert.All(page.Document.QuerySelectorAll("table"), t => Assert.NotNull(t.QuerySelector("caption")));
    Assert.All(page.Document.QuerySelectorAll("svg"), s => Assert.True(s.HasAttribute("aria-hidden") || s.HasAttribute("aria-label") || s.HasAttribute("aria-labelledby") || s.ParentElement!.LocalName == "svg"));
  }

  [Theory, MemberData(nameof(Pages))]
  public async Task Headings_go_down_one_level_at_a_time(string language, string path) {
    var levels = (await _host.GetAsync($"/{language}{path}")).All("h1, h2, h3, h4").Select(h => h.LocalName[1] - '0').ToList();
    Assert.Equal(1, levels.Count(l => l == 1));
    // the error summary stands above the h1, where there is one
    Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 1, string.Join(' ', levels)));
  }

  [Theory, MemberData(nameof(Pages))]
  public async Task Every_link_keeps_the_language_and_every_anchor_is_there(string language, string path) {
    var page = await _host.GetAsync($"/{language}{path}");
    var house = page.Links.Where(l => l.StartsWith('/') && l != $"/{(language == "en" ? "es" : "en")}{path}").ToList();
    Assert.NotEmpty(house);
    Assert.All(house, link => Assert.StartsWith($"/{language}/", link, StringComparison.Ordinal));
    Assert.All(page.Links.Where(l => l.StartsWith('#')), anchor => page.Only($"[id='{anchor[1..]}']"));
  }

  [Theory, MemberData(nameof(Pages))]
  public async Task Everything_a_page_fetches_is_there_and_may_be_kept_for_ever(string language, string path) {
    var page = await _host.GetAsync($"/{language}{path}");
    var fetched = page.All("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src], use").Select(e => (e.GetAttribute("href") ?? e.GetAttribute("src"))!.Split('#')[0]).Distinct().ToList();
    Assert.True(fetched.Count >= 4, string.Join(' ', fetched));
    foreach (var address in fetched) {
      using var answer = await _host.Client.GetAsync(address);
      Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
      Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
    }
  }

  [Fact]
  public async Task A_list_of_terms_or_a_table_cell_is_never_blank() {
    var page = await _host.GetAsync("/en/gallery/data");
    Assert.DoesNotContain(page.All("td"), cell => HtmlPage.Text(cell).Length == 0 && cell.ParentElement!.ClassName != "row-group");
  }

  [Fact]
  public async Task Outside_development_there_is_no_gallery() {
    await using var host = await TestHost.StartAsync();
    (await host.GetAsync("/gallery")).Is(HttpStatusCode.NotFound);
  }
}
