using System.Net;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Editions;

/// <summary>What a stranger's second look at real exports found.</summary>
public sealed class SecondLookTests {
  private const string Header = "Case Number,Date Reported,Primary Type,Description,Beat,Block";

  private static IEnumerable<string> Rows(int count, string detail, int from = 1) => Enumerable.Range(from, count)
    .Select(n => $"26-{n:00000},{MadeFile.At(n):yyyy-MM-dd HH:mm:ss},BATTERY,{detail},A{n % 3},{n}00  MAIN ST");

  [Theory]
  [InlineData("DOMESTIC BATTERY SIMPLE")]
  [InlineData("VIOLATE ORDER OF PROTECTION")]
  public async Task Words_beside_the_offense_protect_as_the_offenses_own_do(string detail) {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows(40, "SIMPLE").Concat(Rows(20, detail, 41)), Header)));
    var edition = await shell.PublishedAsync();
    Assert.Equal((40, 20), (edition.Rows, edition.CityOnly + edition.CityOnlyWithheld));
  }

  [Fact]
  public async Task A_protected_address_is_found_however_its_words_are_spaced_and_no_list_is_taken_that_is_none() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows(40, "SIMPLE"), Header)));
    (await shell.RunAsync("import", "protected-addresses", shell.Write("list.txt", "700 Main  St\n"))).Done();
    Assert.Equal(39, (await shell.PublishedAsync()).Rows);
    (await shell.RunAsync("import", "protected-addresses", shell.Write("empty.txt", ""))).Refused("is empty");
    (await shell.RunAsync("import", "protected-addresses", shell.Write("bytes.txt", [1, 0, 2]))).Refused("is not plain text");
    Assert.Equal(39, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task A_row_of_long_ago_counts_and_does_not_make_the_years_between_years_without_crime() {
    await using var shell = await Shell.OpenAsync();
    var rows = Rows(40, "SIMPLE").Append("26-90000,1994-05-01 10:00:00,BATTERY,SIMPLE,A1,1 MAIN ST").Append("26-90001,1900-01-01 00:00:00,BATTERY,SIMPLE,A1,1 MAIN ST");
    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, Header)));
    Assert.True((41, 1) == (import.In, import.Aside), import.Said);
    var edition = await shell.PublishedAsync();
    Assert.Equal((41, 2026), (edition.Rows, edition.From.Year));
    var page = await shell.CsvAsync("/en/data/crime?format=csv");
    Assert.All(page, row => Assert.StartsWith("2026", row["from"], StringComparison.Ordinal));
  }

  [Fact]
  public async Task An_area_or_a_category_that_is_none_is_not_found() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows(40, "SIMPLE").Concat(Rows(20, "DOMESTIC BATTERY SIMPLE", 41)), Header)));
    await shell.PublishedAsync();
    foreach (var path in (string[])["/data/crime?area=NOPE", "/data/crime?area=NOPE&format=csv", "/data/crime?category=nope&format=json"])
      Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<HttpRequestException>(() => shell.CsvAsync("/en" + path))).StatusCode);
    var totals = new List<string>();
    foreach (var area in (string[])["A1", "a1"]) totals.Add((await shell.CsvAsync($"/en/data/crime?area={area}&format=csv")).First(r => r["split_by"] == "total")["count"]);
    Assert.Equal(totals[0], totals[1]);
  }

  [Fact]
  public async Task A_source_in_other_letters_is_not_another_one_and_a_name_is_one_line() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(Rows(40, "SIMPLE"), Header));
    await shell.ImportedAsync(file, source: "rms");
    (await shell.RunAsync("import", "incidents", file, "--source", "RMS", "--accept-proposed-mapping")).Refused("There is a source rms already");
    (await shell.RunAsync("import", "incidents", file, "--source", "a\nb", "--accept-proposed-mapping")).Refused("Say whose export it is");
  }

  [Fact]
  public async Task Nothing_to_verify_is_said_and_is_no_success() {
    await using var shell = await Shell.OpenAsync();
    (await shell.RunAsync("verify")).Refused("There is no edition");
  }
}
