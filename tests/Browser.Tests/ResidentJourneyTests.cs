using Microsoft.Playwright;

namespace Porchlight.Browser.Tests;

/// <summary>A resident reads home, hub, crime, response times and their own area: on a phone, in Spanish, with script switched off, by keyboard, on paper.</summary>
public sealed class ResidentJourneyTests(Served served) {
  [Theory, InlineData("en-US", "Numbers", "Reported crime"), InlineData("es-US", "Cifras", "Delitos denunciados")]
  public async Task From_the_front_page_to_the_numbers_and_back_on_a_phone_without_script(string language, string numbers, string crime) {
    var page = await served.OpenAsync("/", 390, language, script: false);
    await page.Locator("summary").First.ClickAsync();
    await page.GetByRole(AriaRole.Link, new() { Name = numbers, Exact = true }).First.ClickAsync();
    Assert.EndsWith("/data", page.Url, StringComparison.Ordinal);
    await page.GetByRole(AriaRole.Link, new() { Name = crime }).First.ClickAsync();
    Assert.EndsWith("/data/crime", page.Url, StringComparison.Ordinal);
    Assert.Contains("10,", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
    await page.Context.CloseAsync();
  }

  [Fact]
  public async Task My_neighborhood_is_one_choice_away_without_script() {
    var page = await served.OpenAsync("/", 390, script: false);
    await page.Locator("select[name=area]").SelectOptionAsync("B12");
    await page.Locator("form button[type=submit]").First.ClickAsync();
    Assert.EndsWith("/data/areas/B12", page.Url, StringComparison.Ordinal);
    Assert.Equal("Linden Park", await page.Locator("h1").InnerTextAsync());
    await page.Context.CloseAsync();
  }

  [Fact]
  public async Task A_view_is_a_link_and_its_rows_are_the_same_in_the_file() {
    var page = await served.OpenAsync("/data/crime", 1280, script: false);
    await page.Locator("select[name=period]").SelectOptionAsync("2025");
    await page.Locator("select[name=category]").SelectOptionAsync("theft");
    await page.Locator("form button[type=submit]").First.ClickAsync();
    Assert.Contains("period=2025", page.Url, StringComparison.Ordinal);
    var headline = await page.Locator("h1").InnerTextAsync();
    using var client = new HttpClient();
    var csv = await client.GetStringAsync(new Uri(page.Url + "&format=csv"), TestContext.Current.CancellationToken);
    var total = csv.Split("\r\n").First(l => l.StartsWith("total,", StringComparison.Ordinal)).Split(',')[5];
    Assert.Contains(int.Parse(total).ToString("#,0"), headline, StringComparison.Ordinal);
    await page.Context.CloseAsync();
  }

  [Fact]
  public async Task The_language_link_leads_to_this_page_in_the_other_language_and_every_link_keeps_it() {
    var page = await served.OpenAsync("/data/response-times?priority=2");
    await page.GetByRole(AriaRole.Link, new() { Name = "Español" }).ClickAsync();
    Assert.Contains("/es/data/response-times?priority=2", page.Url, StringComparison.Ordinal);
    await page.GetByRole(AriaRole.Link, new() { Name = "Cifras", Exact = true }).First.ClickAsync();
    Assert.EndsWith("/es/data", page.Url, StringComparison.Ordinal);
    await page.Context.CloseAsync();
  }

  [Fact]
  public async Task The_keyboard_reaches_the_filters_first_by_the_skip_link_and_the_focus_is_seen() {
    var page = await served.OpenAsync("/data/crime");
    await page.Keyboard.PressAsync("Tab");
    Assert.StartsWith("#", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"), StringComparison.Ordinal);
    await page.Keyboard.PressAsync("Enter");
    List<string> reached = [];
    for (var i = 0; i < 12; i++) {
      await page.Keyboard.PressAsync("Tab");
      reached.Add(await page.EvaluateAsync<string>("document.activeElement.name || document.activeElement.tagName"));
      Assert.True(await page.EvaluateAsync<bool>("(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' || s.backgroundColor !== 'rgba(0, 0, 0, 0)'; })()"));
    }
    Assert.Contains("period", reached);
    Assert.Contains("category", reached);
    await page.Context.CloseAsync();
  }

  [Theory, InlineData("/en"), InlineData("/es")]
  public async Task The_page_of_an_area_prints_on_one_sheet(string language) {
    var page = await served.OpenAsync(language + "/data/areas/B12");
    Assert.Equal(1, await page.SheetsAsync());
    await page.Context.CloseAsync();
  }
}
