using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests;

/// <summary>
/// The same city whose records only know when a crime happened: 30 thefts in N1 every month of both years, but of those since August 2, 2025
/// five in six have not been reported yet.
/// </summary>
public sealed class CityByOccurrence : SmallCity {
  protected override string Incidents() {
    var csv = new StringBuilder("IncidentNumber,OccurredAt,NIBRSCode,Beat\n");
    var number = 0;
    foreach (var month in EachMonth) {
      for (var i = 0; i < 30; i++) {
        var at = month.AddDays(i).AddMinutes(13 * i);
        if (at < new DateTime(2025, 8, 2) || i % 6 == 5) csv.Append(CultureInfo.InvariantCulture, $"R{++number:000000},{Time(at)},23H,N1\n");
      }
    }
    return csv.ToString();
  }
}

/// <summary>Days that are not complete yet are never compared: with them, 221 thefts against 269 would read as a fall by a sixth.</summary>
public sealed class ByOccurrenceTests(CityByOccurrence city) : IClassFixture<CityByOccurrence> {
  private const string Through = "Compared through August 1, 2025: later days are not complete yet.";
  private const string Spanish = "Se compara hasta el 1 de agosto de 2025: los días posteriores aún no están completos.";

  [Fact]
  public async Task Crime_is_compared_through_the_last_complete_day_and_says_so() {
    var page = (await city.GetAsync("/en/data/crime")).Is(HttpStatusCode.OK);
    Assert.Equal("211 crimes were reported, Jan 1 to Aug 1, 2025.", page.Heading);
    page.Says($"That is about the same as the 210 of Jan 1 to Aug 1, 2024. They stand in 211 reports: one report can hold more than one crime. {Through}");
    Assert.Contains(page.Rows("#types table"), row => row is ["Theft (larceny)", "211", "210", "about the same", ..]);
    Assert.Contains(page.Rows("#areas table"), row => row is ["Northtown N1", "211", _, "about the same", ..]);
    (await city.GetAsync("/es/data/crime")).Says(Spanish);
  }

  [Theory, InlineData(""), InlineData("&area=N1"), InlineData("&category=theft")]
  public async Task Days_that_are_not_complete_are_counted_where_they_are_asked_for_and_compared_with_nothing(string narrow) {
    var page = (await city.GetAsync("/en/data/crime?period=2025-01-01..2025-09-30" + narrow)).Is(HttpStatusCode.OK);
    Assert.StartsWith("221 crimes", page.Heading, StringComparison.Ordinal);
    page.Says("Not compared with the year before: the days since August 2, 2025 are not complete yet.");
    foreach (var section in page.All("h1, .lead, #types table, #areas table").Select(HtmlPage.Text)) {
      Assert.DoesNotContain("fewer", section, StringComparison.OrdinalIgnoreCase);
      Assert.DoesNotContain("2024", section, StringComparison.Ordinal);
    }
    (await city.GetAsync("/es/data/crime?period=2025-01-01..2025-09-30" + narrow))
      .Says("No se compara con el año anterior: los días desde el 2 de agosto de 2025 aún no están completos.");
  }

  [Fact]
  public async Task The_select_offers_the_complete_days_first_and_all_days_next() {
    var options = (await city.GetAsync("/en/data/crime")).All("select[name=period] option");
    Assert.Equal([("", "Jan 1 to Aug 1, 2025"), ("2025-01-01..2025-09-30", "Jan–Sep 2025"), ("2024", "Jan–Dec 2024")],
      options.Take(3).Select(o => (o.GetAttribute("value")!, HtmlPage.Text(o))));
  }

  [Fact]
  public async Task An_areas_scorecard_compares_the_same_days() {
    var page = await city.GetAsync("/en/data/areas/N1");
    page.Says("About as many crimes were reported here as a year before.");
    page.Says(Through);
    Assert.Contains(page.Rows(".scores"), row => row is ["All crimes reported", "Here now211", "A year before210", ..]);
    page.Says("When you call for help, January to September 2025");
    (await city.GetAsync("/es/data/areas/N1")).Says(Spanish);
    (await city.GetAsync("/en/data/areas")).Says("per 1,000 residents, Jan 1 to Aug 1, 2025");
  }

  [Theory, InlineData("/"), InlineData("/data")]
  public async Task The_front_page_and_the_hub_compare_the_same_days_and_each_figure_says_its_own(string path) {
    var page = await city.GetAsync("/en" + path);
    page.Says($"About the same as the 210 of Jan 1 to Aug 1, 2024. {Through} Days counted: Jan 1 to Aug 1, 2025.");
    page.Says("Days counted: January to September 2025.");
    (await city.GetAsync("/es" + path)).Says($"{Spanish} Días contados: 1 ene a 1 ago 2025.");
  }

  [Theory, InlineData("/data/crime", "before_count"), InlineData("/data/areas/N1", "before_value")]
  public async Task CSV_and_JSON_hold_the_same_days(string path, string before) {
    var csv = await city.Host.Client.GetStringAsync(path + "?format=csv");
    Assert.Contains(",2025-01-01,2025-08-01,211,2024-01-01,2024-08-01,210", csv, StringComparison.Ordinal);
    using var json = JsonDocument.Parse(await city.Host.Client.GetStringAsync(path + "?format=json"));
    var first = json.RootElement.EnumerateObject().Single().Value[0];
    Assert.Equal(("2025-08-01", 210), (first.GetProperty("to").GetString(), first.GetProperty(before).GetInt32()));
  }

  [Fact]
  public async Task A_file_of_days_that_are_not_complete_has_no_year_before() {
    var csv = await city.Host.Client.GetStringAsync("/data/crime?period=2025-01-01..2025-09-30&format=csv");
    Assert.Contains("total,,,2025-01-01,2025-09-30,221,,,\r\n", csv, StringComparison.Ordinal);
  }
}
