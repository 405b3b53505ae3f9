using System.Net;
using System.Text.Json;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests;

/// <summary>Every page over HTTP, in both languages, on an edition that was imported and published.</summary>
public sealed class PagesTests(SmallCity city) : IClassFixture<SmallCity> {
  [Theory]
  [InlineData("/"), InlineData("/data"), InlineData("/data/response-times"), InlineData("/data/dictionary"), InlineData("/data/editions")]
  [InlineData("/data/areas"), InlineData("/data/areas/N1"), InlineData("/data/areas/X9"), InlineData("/data/areas/X9%20until%202025-02-28")]
  public async Task Every_page_answers_in_both_languages_with_one_heading_and_no_dead_link(string path) {
    foreach (var language in (string[])["en", "es"]) {
      var page = (await city.GetAsync($"/{language}{path}")).Is(HttpStatusCode.OK);
      Assert.Equal(language, page.Document.DocumentElement.GetAttribute("lang"));
      Assert.NotEmpty(page.Heading);
      Assert.Equal([], page.All("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key));
      foreach (var link in page.Links.Where(l => l.StartsWith('/')).Select(l => l.Split('#')[0]).Distinct()) {
        using var answer = await city.Host.Client.GetAsync(link);
        Assert.True(answer.IsSuccessStatusCode, $"{path} links to {link}, which answers {(int)answer.StatusCode}");
      }
      foreach (var anchor in page.Links.Where(l => l.StartsWith('#'))) page.Only(anchor);
    }
  }

  [Fact]
  public async Task The_front_page_starts_with_a_neighborhood_and_shows_the_citys_figures() {
    var page = await city.GetAsync("/en/");
    Assert.Equal(["Corner (X9)", "Northtown (N1)", "Southtown (S1)"], page.All("#start-area option").Select(HtmlPage.Text));
    // the assaults in the home, one a month, wait until their year has closed
    Assert.Equal(["162", "6 min 40 s"], page.All(".figure-short .figure-value").Select(HtmlPage.Text));
    page.Says("31% fewer than the 234 of January to September 2024");
  }

  [Fact]
  public async Task The_hub_shows_each_published_number_with_what_it_counts() {
    var page = await city.GetAsync("/en/data");
    Assert.Equal("What the numbers say, January to September 2025", page.Heading);
    Assert.Equal(["Reported crime", "How fast officers arrive"], page.All(".figure-name").Select(HtmlPage.Text));
    page.Says("Old versions are kept. Edition 2.");
  }

  [Fact]
  public async Task Response_times_are_of_the_calls_that_an_officer_reached() {
    var page = await city.GetAsync("/en/data/response-times");
    Assert.Equal("Half of the most urgent calls were reached within 6 min 40 s, January to September 2025.", MadeUp.Typed(page.Heading));
    page.Says("9 calls were started by officers, so no one waited.");
    page.Says("Priority 2: 50% not reached by an officer");
    page.Says("50% of these calls were not reached.");
    var chosen = await city.GetAsync("/en/data/response-times?priority=2&period=2024");
    Assert.Equal("50% of calls of the kind “Priority 2” were not reached by an officer, January to December 2024.", chosen.Heading);
  }

  [Fact]
  public async Task Where_none_is_counted_the_page_does_not_say_that_none_happened() {
    var page = await city.GetAsync("/en/data/crime?area=N1&category=burglary");
    Assert.Equal("We count no crimes (burglary) in Northtown (N1), January to September 2025.", page.Heading);
    page.Says("We count none in January to September 2024 either. Crimes counted for the city only, to protect people, are in no area’s count.");
    page.Says("The same as 2024 in every month so far. None so far.");
    var spanish = await city.GetAsync("/es/data/crime?area=N1&category=burglary");
    Assert.Equal("No contamos ningún delito (robo en casa o local) en Northtown (N1): enero a septiembre de 2025.", spanish.Heading);
    var earlier = await city.GetAsync("/en/data/crime?category=robbery&period=2024");
    Assert.Equal("We count no crimes (robbery), January to December 2024.", earlier.Heading);
    earlier.Says("The records do not reach back far enough to compare with the year before.");
  }

  [Fact]
  public async Task Picking_an_area_leads_to_its_page_and_an_unknown_one_says_so() {
    using var found = await city.Host.Client.GetAsync("/es/data/areas?area=n1");
    Assert.Equal(HttpStatusCode.SeeOther, found.StatusCode);
    Assert.Equal("/es/data/areas/N1", found.Headers.Location!.ToString());
    var unknown = (await city.GetAsync("/en/data/areas?area=Z9")).Is(HttpStatusCode.OK);
    unknown.Says("There is no area “Z9” here.");
    Assert.Equal(3, unknown.All(".map a").Count);
  }

  [Fact]
  public async Task An_areas_page_holds_its_scorecard_and_what_is_counted_for_the_city_only_is_not_in_it() {
    var page = await city.GetAsync("/en/data/areas/N1");
    Assert.Equal("Northtown", page.Heading);
    page.Says("Fewer crimes were reported here than a year before.");
    page.Says("Officers reach the most urgent calls faster than a year before.");
    var rows = page.Rows(".scores");
    // 12 a month for nine months. All three areas: 108, 36 and, since its ground is new in March, 14, among 10,900 residents; 4,000 here
    string[] all = ["All crimes reported", "Here now108", "A year before180", "City average58", "Fewer. 40% fewer. Above the city’s average."];
    Assert.Contains(all, rows);
    Assert.Contains(rows, r => r[0] == "Assault, simple and aggravated" && r[1] == "Here now0");
    page.Only(".print-foot svg[role=img]");
    page.Says("police.portalder.example/data/areas/N1");
  }

  [Fact]
  public async Task Ground_that_was_drawn_anew_is_not_compared_and_its_earlier_map_keeps_its_own_page() {
    var now = await city.GetAsync("/en/data/areas/X9");
    now.Says("This boundary holds since March 1, 2025.");
    now.Says("No year before.");
    var before = await city.GetAsync("/en/data/areas/X9%20until%202025-02-28");
    before.Says("held until February 28, 2025");
    Assert.Equal([["Year", "Crimes"], ["2025", "4"], ["2024", "24"]], before.Rows("#years table"));
  }

  [Theory]
  [InlineData("/data/areas/Z9"), InlineData("/data/stops/editions/1/manifest.json"), InlineData("/data/incidents/editions/3/manifest.json")]
  [InlineData("/data/incidents/editions/1/"), InlineData("/data/incidents/editions/1")]
  [InlineData("/data/incidents/editions/1/manifest.json?amendment=7"), InlineData("/data/incidents/editions/1/manifest.json?amendment=-1")]
  [InlineData("/data/incidents/editions/1/nothing.json"), InlineData("/data/incidents/editions/1/rollups/counts.bin")]
  [InlineData("/data/incidents/editions/1/rows/..%2f..%2f..%2f..%2f..%2fporchlight.db")]
  public async Task What_is_not_there_is_not_found(string path) => (await city.GetAsync(path)).Is(HttpStatusCode.NotFound);

  [Theory]
  [InlineData("/data/crime?period=banana", "“period” can be 2025, 2024, 12m, or two days such as 2024-01-01..2025-09-30.")]
  [InlineData("/data/response-times?period=1999", "“period” can be 2025, 2024, 12m, or two days such as 2024-01-01..2025-09-30.")]
  [InlineData("/data/crime?period=2030-01-01..2030-02-01&format=csv", "There are numbers for January 2024 to September 2025.")]
  [InlineData("/data/crime?format=xml", "“format” can be csv or json."), InlineData("/data/response-times?format=xml", "“format” can be csv or json.")]
  [InlineData("/data/areas/N1?format=xml", "“format” can be csv or json.")]
  public async Task A_period_or_a_format_that_is_none_is_not_found_and_the_page_says_which_there_are(string path, string says) {
    var page = (await city.GetAsync("/en" + path)).Is(HttpStatusCode.NotFound);
    Assert.Contains(says, MadeUp.Typed(HtmlPage.Text(page.Only("main"))), StringComparison.Ordinal);
    Assert.Equal(path.Split('?')[0], page.Only("main .flow a").GetAttribute("href")!["/en".Length..]);
    var spanish = (await city.GetAsync("/es" + path)).Is(HttpStatusCode.NotFound);
    Assert.Equal("No tenemos lo que pide esta dirección", spanish.Heading);
  }

  [Fact]
  public async Task Every_edition_stays_with_its_reason_and_its_files_and_the_newest_is_the_current_one() {
    var page = await city.GetAsync("/en/data/editions");
    page.Says("September is here.");
    Assert.Equal(["Edition 2, the current one", "Edition 1"], page.All("#incidents h3").Select(HtmlPage.Text));
    var link = page.Only("#incidents-1 a[href*='rows/2025-09.parquet']").GetAttribute("href")!;
    using var file = await city.Host.Client.GetAsync(link);
    Assert.Equal("application/vnd.apache.parquet", file.Content.Headers.ContentType!.MediaType);
    Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    var bytes = await file.Content.ReadAsByteArrayAsync();
    Assert.Equal("PAR1"u8, bytes.AsSpan(0, 4));
    Assert.Equal($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}\"", file.Headers.ETag!.Tag);
    using var part = new HttpRequestMessage(HttpMethod.Get, link) { Headers = { Range = new(0, 3) } };
    using var start = await city.Host.Client.SendAsync(part);
    Assert.Equal((HttpStatusCode.PartialContent, file.Headers.ETag), (start.StatusCode, start.Headers.ETag));
    Assert.Contains("immutable", start.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    using var unnamed = await city.Host.Client.GetAsync(link.Split('?')[0]);
    Assert.True(unnamed.Headers.CacheControl!.NoCache);
  }

  [Fact]
  public async Task The_boundaries_may_be_taken_away() {
    using var answer = await city.Host.Client.GetAsync("/data/areas.geojson");
    Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.MediaType);
    using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
    var features = json.RootElement.GetProperty("features").EnumerateArray();
    var areas = features.ToDictionary(f => f.GetProperty("properties").GetProperty("code").GetString()!);
    Assert.Equal(["N1", "S1", "X9"], areas.Keys.Order());
    Assert.Equal("2025-03-01", areas["X9"].GetProperty("properties").GetProperty("holds_from").GetString());
    var outer = areas["X9"].GetProperty("geometry").GetProperty("coordinates")[0][0];
    var ring = outer.EnumerateArray().Select(p => (X: p[0].GetDouble(), Y: p[1].GetDouble())).ToList();
    Assert.Equal(ring[0], ring[^1]);
    Assert.True(ring.Zip(ring.Skip(1), (a, b) => a.X * b.Y - b.X * a.Y).Sum() > 0, "the outer ring runs counterclockwise");
  }

  [Theory, InlineData("/data/response-times"), InlineData("/data/areas/N1")]
  public async Task The_same_rows_are_there_as_CSV_and_JSON(string path) {
    var csv = await city.Host.Client.GetStringAsync(path + "?format=csv");
    using var json = JsonDocument.Parse(await city.Host.Client.GetStringAsync(path + "?format=json"));
    var rows = json.RootElement.EnumerateObject().Single().Value;
    Assert.True(rows.GetArrayLength() > 5);
    Assert.Equal(rows.GetArrayLength() + 1, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    Assert.Contains(",2025-01-01,2025-09-30,", csv, StringComparison.Ordinal);
  }
}
