using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>Mappings on their way: proposed, written to a file, edited, given back; columns that change; values that are new.</summary>
public sealed class MappingJourneyTests {
  [Fact]
  public async Task A_mapping_that_is_not_accepted_imports_nothing_and_says_how_to_go_on() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(30)));
    var refused = (await shell.RunAsync("import", "incidents", file, "--source", "records")).Refused("nothing was imported");
    Assert.Contains("--accept-proposed-mapping", refused.Error, StringComparison.Ordinal);
    Assert.Contains("Key: Case Number.", refused.Out, StringComparison.Ordinal);
    (await shell.RunAsync("publish", "incidents", "--reason", "x", "--unattended")).Refused("Nothing of incidents has been imported yet");
  }

  [Fact]
  public async Task A_mapping_written_to_a_file_imports_nothing_and_given_back_reads_the_file_as_if_it_had_been_accepted() {
    await using var shell = await Shell.OpenAsync();
    // more than a sample, so that some values are met only when the whole file is read
    var rows = MadeFile.Reports(3000).Append(MadeFile.Report(3001, MadeFile.At(3001), "Arson")).Append(MadeFile.Report(3002, MadeFile.At(3002), "ZORKING"));
    var file = shell.Write("1.csv", MadeFile.Of(rows));
    var mapping = shell.PathOf("mapping.json");
    var saved = (await shell.RunAsync("import", "incidents", file, "--source", "given", "--save-mapping", mapping, "--accept-proposed-mapping")).Done();
    Assert.Contains($"The mapping is in {mapping}", saved.Out, StringComparison.Ordinal);
    Assert.False(Directory.Exists(Path.Combine(shell.Restricted, "incidents")), "nothing is imported");

    var given = Shell.Imported.Read((await shell.RunAsync("import", "incidents", file, "--source", "given", "--mapping", mapping)).Done());
    Assert.Equal((3002, 0), (given.In, given.Aside));
    await shell.PublishedAsync();
    var fromGiven = shell.AskRows("SELECT type || ' ' || category || ' ' || coalesce(area, '') AS k, count(*) FROM rows GROUP BY 1 ORDER BY 1", r => (r.Text(0)!, r.Long(1)));
    await using var other = await Shell.OpenAsync();
    await other.ImportedAsync(other.Write("1.csv", MadeFile.Of(rows)));
    await other.PublishedAsync();
    Assert.Equal(other.AskRows("SELECT type || ' ' || category || ' ' || coalesce(area, '') AS k, count(*) FROM rows GROUP BY 1 ORDER BY 1", r => (r.Text(0)!, r.Long(1))), fromGiven);
    Assert.Equal(1, shell.Rows("type = '200'"));
  }

  [Fact]
  public async Task A_mapping_edited_by_hand_decides() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40).Append(MadeFile.Report(41, MadeFile.At(41), "ZORKING"));
    var file = shell.Write("1.csv", MadeFile.Of(rows));
    var first = await shell.ImportedAsync(file);
    Assert.Contains("ZORKING (1)", first.Said, StringComparison.Ordinal);
    await shell.PublishedAsync();
    var vandalism = rows.Count(r => r.Contains("Vandalism", StringComparison.Ordinal));
    Assert.Equal(vandalism, shell.Rows("type = '290'"));

    var mapping = shell.PathOf("mapping.json");
    (await shell.RunAsync("import", "incidents", file, "--source", "records", "--save-mapping", mapping)).Done();
    var text = await File.ReadAllTextAsync(mapping, TestContext.Current.CancellationToken);
    await File.WriteAllTextAsync(mapping, text.Replace("\"codes\": {", "\"codes\": { \"ZORKING\": { \"code\": \"290\", \"sensitive\": false, \"sure\": true },", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    var second = Shell.Imported.Read((await shell.RunAsync("import", "incidents", file, "--source", "records", "--mapping", mapping)).Done());
    Assert.Equal((0, 0, 41), (second.New, second.Changed, second.Unchanged));
    await shell.PublishedAsync();
    Assert.Equal(vandalism + 1, shell.Rows("type = '290'"));
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task Other_columns_are_refused_with_what_differs_and_a_new_mapping_reads_them() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    var file = shell.Write("2.csv", MadeFile.Of(rows.Select((r, i) => r + (i < 8 ? ",Y" : ",N")), "Case Number,Date Reported,Offense,Police Beat,Block,Domestic"));
    var refused = (await shell.ImportAsync(file)).Refused("The columns of this file are not those of records's mapping. Nothing was imported.");
    Assert.Contains("Police Beat", refused.Error, StringComparison.Ordinal);
    Assert.Contains("New: Domestic (column 6).", refused.Error, StringComparison.Ordinal);

    var mapping = shell.PathOf("mapping.json");
    (await shell.RunAsync("import", "incidents", file, "--source", "records", "--save-mapping", mapping)).Done();
    var second = Shell.Imported.Read((await shell.RunAsync("import", "incidents", file, "--source", "records", "--mapping", mapping)).Done());
    // each row now says more than it did
    Assert.Equal((0, 40, 0), (second.New, second.Changed, second.Unchanged));
    Assert.Equal((32, 8), (await shell.PublishedAsync()) is var edition ? (edition.Rows, edition.CityOnly + edition.CityOnlyWithheld) : default);
  }

  [Fact]
  public async Task The_same_columns_in_another_order_are_refused() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    var turned = rows.Select(r => string.Join(',', r.Split(',').Reverse()));
    (await shell.ImportAsync(shell.Write("2.csv", MadeFile.Of(turned, "Block,Beat,Offense,Date Reported,Case Number")))).Refused("Moved: Case Number was column 1, and is column 5.");
  }

  [Fact]
  public async Task A_value_that_no_one_has_named_goes_in_unmapped_and_for_the_city_only_and_a_known_one_is_named_where_proposals_are_accepted() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    rows.Add(MadeFile.Report(41, MadeFile.At(41), "Arson", "N1"));
    rows.Add(MadeFile.Report(42, MadeFile.At(42), "Zorking", "N2"));
    var file = shell.Write("2.csv", MadeFile.Of(rows));
    var unasked = Shell.Imported.Read((await shell.RunAsync("import", "incidents", file, "--source", "records")).Done());
    Assert.True(unasked.Said.Contains("2 values no map knows, on 2 rows, go in as unmapped and, because the field protects people, for the city only: ARSON (1), ZORKING (1)", StringComparison.Ordinal), unasked.Said);
    Assert.Equal(2, (await shell.PublishedAsync()) is var first ? first.CityOnly + first.CityOnlyWithheld : 0);
    Assert.Equal(0, shell.Rows("area IN ('N1', 'N2')"));

    rows.Add(MadeFile.Report(43, MadeFile.At(43), "Zorking", "N3"));
    var accepted = await shell.ImportedAsync(shell.Write("3.csv", MadeFile.Of(rows)));
    Assert.Contains("1 value no map knows, on 2 rows", accepted.Said, StringComparison.Ordinal);
    await shell.PublishedAsync();
    Assert.Equal(["N1"], shell.AskRows("SELECT DISTINCT area FROM rows WHERE area LIKE 'N%'", r => r.Text(0)!));
    Assert.Equal(1, shell.Rows("type = '200'"));
  }

  [Fact]
  public async Task A_column_that_a_person_names_wins_over_the_guess() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40).Select((r, i) => $"{r},{MadeFile.At(i + 1).AddDays(-3):yyyy-MM-dd HH:mm:ss}");
    var file = shell.Write("1.csv", MadeFile.Of(rows, MadeFile.Header + ",Noted"));
    await shell.ImportedAsync(file, more: ["--column", "reported_at=Noted"]);
    Assert.Equal(new(2025, 12, 29), (await shell.PublishedAsync()).From);
    (await shell.ImportAsync(file, source: "other", more: ["--column", "reported_at=None"])).Refused("no column \"None\"");
    (await shell.ImportAsync(file, source: "other", more: ["--column", "nothing=Noted"])).Refused("has no field \"nothing\"");
    (await shell.ImportAsync(file, source: "other", more: ["--column", "Noted"])).Refused("write FIELD=COLUMN");
    (await shell.ImportAsync(file, source: "other", more: ["--key", "Nothing"])).Refused("--key Nothing: that column feeds no field");
  }

  [Theory]
  [InlineData("not json")]
  [InlineData("{}")]
  [InlineData("[]")]
  [InlineData("")]
  public async Task A_file_that_is_no_mapping_is_refused(string text) {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(40)));
    (await shell.ImportAsync(file, more: ["--mapping", shell.Write("mapping.json", text)])).Refused("not a mapping as --save-mapping writes it");
    (await shell.ImportAsync(file, more: ["--mapping", shell.PathOf("none.json")])).Refused("There is no file");
  }
}
