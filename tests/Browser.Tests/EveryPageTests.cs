using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Porchlight.Browser.Tests;

/// <summary>What must hold on every public page, in both languages.</summary>
public sealed class EveryPageTests(Served served) {
  internal static readonly AxeRunOptions Rules = new() {
    RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  };

  public static TheoryData<string, string> PagesInBothLanguages() {
    var data = new TheoryData<string, string>();
    foreach (var page in Served.Pages)
      foreach (var language in (string[])["/en", "/es"]) data.Add(page, language);
    return data;
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task Axe_finds_nothing_at_phone_and_desktop_width(string path, string language) {
    foreach (var width in (int[])[390, 1280]) {
      var page = await served.OpenAsync(language + path, width);
      var result = await page.RunAxe(Rules);
      Assert.Equal([], result.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
      await page.Context.CloseAsync();
    }
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task Nothing_scrolls_sideways_on_a_phone_and_on_the_smallest(string path, string language) {
    foreach (var width in (int[])[390, 320]) {
      var page = await served.OpenAsync(language + path, width);
      Assert.Equal([], await page.SidewaysAsync());
      await page.Context.CloseAsync();
    }
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task The_keyboard_reaches_everything_and_shows_where_it_is(string path, string language) {
    var page = await served.OpenAsync(language + path);
    Assert.Equal([], await page.KeyboardAsync());
    await page.Context.CloseAsync();
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task The_markup_is_valid(string path, string language) {
    var page = await served.OpenAsync(language + path);
    Assert.Equal([], await page.MarkupAsync());
    await page.Context.CloseAsync();
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task The_page_says_the_same_with_script_switched_off(string path, string language) {
    Assert.Equal(await Said(true), await Said(false));

    async Task<IReadOnlyList<string>> Said(bool script) {
      var page = await served.OpenAsync(language + path, script: script);
      var said = await page.Locator("main h1, main h2, main h3, main p, main th, main td").AllInnerTextsAsync();
      await page.Context.CloseAsync();
      Assert.NotEmpty(said);
      return [.. said.Select(text => text.Trim())];
    }
  }

  [Fact]
  public async Task Every_page_of_the_site_map_is_walked() {
    using var client = new HttpClient { BaseAddress = served.Url };
    var map = await client.GetStringAsync("/sitemap.xml", TestContext.Current.CancellationToken);
    var pages = map.Split("<loc>").Skip(1).Select(entry => new Uri(entry[..entry.IndexOf('<', StringComparison.Ordinal)]).AbsolutePath).ToList();
    Assert.Contains("/data/crime", pages);
    // one area stands for all
    Assert.Equal([], pages.Except(Served.Pages).Where(page => !page.StartsWith("/data/areas/", StringComparison.Ordinal)));
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task The_page_says_its_language_has_one_h1_and_breaks_no_rule_of_its_security_policy(string path, string language) {
    var context = await served.Browser.NewContextAsync(new() { BaseURL = served.Url.ToString() });
    var page = await context.NewPageAsync();
    List<string> complaints = [];
    page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal)) complaints.Add(message.Text); };
    page.PageError += (_, error) => complaints.Add(error);
    await page.GotoAsync(language + path, new() { WaitUntil = WaitUntilState.NetworkIdle });
    Assert.Equal(language[1..], await page.EvaluateAsync<string>("document.documentElement.lang"));
    Assert.Equal(1, await page.Locator("h1").CountAsync());
    Assert.Equal([], complaints);
    await context.CloseAsync();
  }

  [Fact]
  public async Task Every_link_of_the_house_leads_somewhere() {
    var page = await served.OpenAsync("/");
    HashSet<string> seen = [];
    Queue<string> next = new(["/", "/es"]);
    while (next.TryDequeue(out var path)) {
      if (!seen.Add(path) || seen.Count > 150) continue;
      var response = await page.GotoAsync(path);
      Assert.True(response!.Ok, $"{path} answers {response.Status}");
      foreach (var href in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.getAttribute('href').split('#')[0])"))
        // one area's page and one edition's file stand for all of their kind
        if (!href.Contains("format=", StringComparison.Ordinal) && !href.Contains("/editions/", StringComparison.Ordinal) && (!href.Contains("/areas/", StringComparison.Ordinal) || href.EndsWith("B12", StringComparison.Ordinal)) && !href.Contains("geojson", StringComparison.Ordinal) && !href.Contains("sort=", StringComparison.Ordinal))
          next.Enqueue(href);
    }
    await page.Context.CloseAsync();
  }
}
