using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Porchlight.Browser.Tests;

/// <summary>What must hold on every public page, in both languages.</summary>
public sealed class EveryPageTests(Served served) {
  private static readonly AxeRunOptions Rules = new() {
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
  public async Task Nothing_scrolls_sideways_on_the_smallest_phone(string path, string language) {
    var page = await served.OpenAsync(language + path, 320);
    Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    await page.Context.CloseAsync();
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
