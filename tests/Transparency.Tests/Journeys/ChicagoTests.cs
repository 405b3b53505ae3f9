using System.Globalization;
using Porchlight.Testing;
using Porchlight.Transparency.Editions;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>483,338 reports over a change of beats, imported and published once; each figure is counted again from the file itself.</summary>
public sealed class ChicagoTests(ChicagoTests.Fixture fixture) : IClassFixture<ChicagoTests.Fixture> {
  [Fact]
  public async Task Every_row_goes_in_and_none_is_set_aside() {
    var city = await fixture.OpenAsync();
    Assert.Equal((483_338, 0), (city.Import.In, city.Import.Aside));
    Assert.Equal(city.Raw.Count, city.Import.In);
  }

  [Fact]
  public async Task Rows_in_areas_for_the_city_only_withheld_and_without_a_place_are_all_there_are() {
    var city = await fixture.OpenAsync();
    var (placed, unplaced) = (city.Shell.Rows("area IS NOT NULL"), city.Shell.Rows("area IS NULL"));
    var forCity = city.Shell.City().Sum(c => c.Count);
    Assert.Equal(city.Edition.CityOnly, forCity);
    Assert.Equal(483_338, placed + unplaced + forCity + city.Edition.CityOnlyWithheld);
    Assert.DoesNotContain(city.Edition.LeftOut, l => l.Value > 0);
  }

  [Fact]
  public async Task Beats_that_the_later_map_does_not_have_are_lost_to_no_total() {
    var city = await fixture.OpenAsync();
    Assert.Equal(0.039, city.Raw.Count(r => !city.Later.Has(r.Beat)) / 483_338.0, 3);
    var sensitive = city.SensitiveCases;
    var gone = city.Raw.Select(r => r.Beat).Distinct().Where(b => city.Earlier.Has(b) && !city.Later.Has(b)).ToList();
    Assert.NotEmpty(gone);
    foreach (var beat in gone) {
      var expected = city.Raw.Count(r => r.Type == "ROBBERY" && r.Beat == beat && r.Day < 20121219 && !sensitive.Contains(r.Case));
      // its own rows, and the few that name no beat of the map and whose point lies in it
      Assert.InRange(city.Shell.Rows($"type = '120' AND area = '{beat} until 2012-12-18'"), expected, expected + 9);
    }
  }

  [Theory]
  [InlineData("ROBBERY", "120")]
  [InlineData("BURGLARY", "220")]
  public async Task Each_beats_total_is_what_the_file_says(string inTheFile, string code) {
    var city = await fixture.OpenAsync();
    var sensitive = city.SensitiveCases;
    var expected = city.Raw.Where(r => r.Type == inTheFile && !sensitive.Contains(r.Case)).CountBy(r => city.PlaceOf(r) ?? "").OrderBy(b => b.Key, StringComparer.Ordinal).ToList();
    var found = city.Shell.AskRows($"SELECT coalesce(ltrim(split_part(area, ' until ', 1), '0'), '') AS beat, count(*) FROM rows WHERE type = '{code}' GROUP BY 1 ORDER BY 1", r => KeyValuePair.Create(r.Text(0)!, (int)r.Long(1)));
    Assert.True(expected.Count > 250);
    Assert.Equal(expected.Sum(e => e.Value), found.Sum(f => f.Value));
    // a point on a line between two beats may lie in either; nothing else may differ
    var (onceExpected, onceFound) = (expected.Except(found).ToList(), found.Except(expected).ToList());
    Assert.True(onceExpected.Count <= 4, $"{string.Join(' ', onceExpected)} where {string.Join(' ', onceFound)} was found");
  }

  [Fact]
  public async Task Crimes_in_the_home_are_in_no_areas_total_and_in_the_citys() {
    var city = await fixture.OpenAsync();
    Assert.Equal(68_304, city.Raw.Count(r => r.Domestic));
    // what is published row by row and by area leaves out at least these, whatever else it leaves out
    Assert.True(city.Shell.Rows() <= city.Raw.Count(r => !r.Domestic));
    // homicides: two words of the file, and no other rule hides them
    var (home, elsewhere) = (city.Raw.Count(r => r.Type == "HOMICIDE" && r.Detail.Contains("DEGREE", StringComparison.Ordinal) && r.Domestic), city.Raw.Count(r => r.Type == "HOMICIDE" && r.Detail.Contains("DEGREE", StringComparison.Ordinal) && !r.Domestic));
    Assert.True(home > 20);
    Assert.Equal(elsewhere, city.Shell.Rows("type = '09A'"));
  }

  [Fact]
  public async Task The_page_says_what_the_rows_and_the_counts_for_the_city_add_up_to() {
    var city = await fixture.OpenAsync();
    var csv = await city.Shell.CsvAsync("/en/data/crime?period=2012-01-01..2012-12-31&format=csv");
    long Count(string by, string code) => csv.Where(r => r["split_by"] == by && r["code"] == code).Sum(r => long.Parse(r["count"], CultureInfo.InvariantCulture));
    var robberies = city.Raw.Count(r => r.Type == "ROBBERY" && r.Day / 10000 == 2012);
    var forCity = city.Shell.City().Where(c => c.Type == "120" && c.Period.StartsWith("2012", StringComparison.Ordinal)).Sum(c => c.Count);
    Assert.Equal(city.Shell.Rows("type = '120' AND year(event_hour) = 2012") + forCity, Count("offense", "120"));
    Assert.InRange(Count("offense", "120"), robberies - city.Edition.CityOnlyWithheld, robberies);
    var total = Count("total", "");
    Assert.Equal(total, csv.Where(r => r["split_by"] == "area").Sum(r => long.Parse(r["count"], CultureInfo.InvariantCulture)));
    Assert.Equal(total, csv.Where(r => r["split_by"] == "category").Sum(r => long.Parse(r["count"], CultureInfo.InvariantCulture)));
  }

  [Fact]
  public async Task The_edition_is_as_published() => await (await fixture.OpenAsync()).Shell.VerifiesAsync();

  /// <summary>What the file says of one report.</summary>
  internal readonly record struct Report(string Case, int Day, string Type, string Detail, bool Domestic, string Beat, string Longitude, string Latitude);

  internal sealed record City(Shell Shell, Shell.Imported Import, EditionManifest Edition, RawMap Earlier, RawMap Later, IReadOnlyList<Report> Raw) {
    /// <summary>Reports with a row that is in the home: sensitive whole.</summary>
    public HashSet<string> SensitiveCases => field ??= [.. Raw.Where(r => r.Domestic).Select(r => r.Case)];

    /// <summary>The beat on the report where the map of its day has it, else the beat its point lies in.</summary>
    public string? PlaceOf(Report report) {
      var map = report.Day >= 20121219 ? Later : Earlier;
      return map.Has(report.Beat) ? report.Beat : map.Place(report.Longitude, report.Latitude);
    }
  }

  /// <summary>Imports and publishes once, when the first test asks; where the files are not there every test is skipped.</summary>
  public sealed class Fixture : IAsyncDisposable {
    private Task<City>? _once;

    internal Task<City> OpenAsync() => _once ??= LoadAsync();

    private static async Task<City> LoadAsync() {
      string[] before = ["boundaries", "chicago_police_beats_before_2012-12-19.geojson.gz"], after = ["boundaries", "chicago_police_beats.geojson.gz"], crimes = ["crime", "chicago_crimes_2011-08_to_2012-12.csv.gz"];
      var (earlier, later) = (RawMap.Real("BEAT_NUM", before), RawMap.Real("BEAT_NUM", after));
      var shell = await Shell.OpenAsync();
      (await shell.RunAsync("import", "areas", Repository.SharedData(before), "--from", "2005-01-01")).Done();
      (await shell.RunAsync("import", "areas", Repository.SharedData(after), "--from", "2012-12-19")).Done();
      var import = await shell.ImportedAsync(Repository.SharedData(crimes));
      // "08/01/2011 12:00:00 AM"
      static int Day(string date) => int.Parse(date[6..10] + date[..2] + date[3..5], CultureInfo.InvariantCulture);
      return new(shell, import, await shell.PublishedAsync(), earlier, later, [.. RawCsv.Real(crimes).Select(r => new Report(
        r["Case Number"], Day(r["Date"]), r["Primary Type"], r["Description"], r["Domestic"] == "true", RawMap.Normal(r["Beat"]), r["Longitude"], r["Latitude"]))]);
    }

    public async ValueTask DisposeAsync() {
      if (_once is { IsCompletedSuccessfully: true } loaded) await loaded.Result.Shell.DisposeAsync();
    }
  }
}
