using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>One row a victim: a report number repeats, and each row is kept.</summary>
public sealed class WashingtonTests {
  [Fact]
  public async Task Reports_that_stand_on_several_rows_keep_each_row_and_count_once_as_a_report() {
    string[] path = ["crime", "dc_crime_incidents_2024_ytd.csv.gz"];
    var raw = RawCsv.Real(path).ToList();
    await using var shell = await Shell.OpenAsync();
    var import = await shell.ImportedAsync(Repository.SharedData(path), more: ["--time-zone", "America/New_York"]);
    Assert.Equal((5_735, 0, 5_735), (import.In, import.Aside, import.New));
    Assert.Contains("5,731 reports on 5,735 rows", import.Said, StringComparison.Ordinal);
    Assert.Equal(5_731, raw.Select(r => r["CCN"]).Distinct().Count());

    var edition = await shell.PublishedAsync();
    Assert.Equal(5_735, edition.Rows + edition.CityOnly + edition.CityOnlyWithheld);
    var homicides = raw.Where(r => r["OFFENSE"] == "HOMICIDE").ToList();
    Assert.Equal(homicides.Count, shell.Rows("type = '09A'"));
    Assert.Equal(homicides.Select(r => r["CCN"]).Distinct().Count(), shell.Rows("type = '09A' AND first = 1"));
    Assert.Equal(raw.Count(r => r["OFFENSE"] == "SEX ABUSE"), edition.CityOnly + edition.CityOnlyWithheld);
    // by police service area as the file has it, but for sex abuse
    Assert.Equal(raw.Where(r => r["OFFENSE"] != "SEX ABUSE" && r["PSA"].Length > 0).CountBy(r => r["PSA"]).OrderBy(p => p.Key, StringComparer.Ordinal),
      shell.AskRows("SELECT area, count(*) FROM rows WHERE area IS NOT NULL GROUP BY 1 ORDER BY 1", r => KeyValuePair.Create(r.Text(0)!, (int)r.Long(1))));
    await shell.VerifiesAsync();

    var again = await shell.ImportedAsync(Repository.SharedData(path));
    Assert.True(again.NothingChanged, again.Said);
  }
}
