using System.Globalization;
using System.Text.Json;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Editions;

/// <summary>
/// Every rule that keeps a row for the city only, looked for past the program in the files that anyone may take away. Each made row that must not be
/// shown has an area of its own, S and a number, so that one that slips through is seen.
/// </summary>
public sealed class SensitiveRowsTests {
  private const string Header = "Case Number,Date Reported,Offense,Beat,Block Address,Domestic,Victim Age,Juvenile";

  [Fact]
  public async Task No_rule_lets_a_row_into_an_area_or_a_file_of_rows() {
    await using var shell = await Shell.OpenAsync();
    await File.WriteAllTextAsync(Path.Combine(shell.Restricted, "protected-addresses.txt"), "# shelters\n\n  1200 Harbor Ave \n14 QUIET LN\n", TestContext.Current.CancellationToken);
    List<string> rows = [];
    var number = 0;
    void Row(string area, string offense = "Burglary", string address = "100 MAIN ST", string domestic = "N", string age = "40", string juvenile = "N", string? report = null) {
      number++;
      rows.Add(string.Create(CultureInfo.InvariantCulture, $"{report ?? $"R{number:0000}"},{MadeFile.At(number):yyyy-MM-dd HH:mm:ss},{offense},{area},{address},{domestic},{age},{juvenile}"));
    }
    for (var i = 0; i < 120; i++) Row("A1");
    var sensitive = 0;
    void Hidden(string offense = "Burglary", string address = "100 MAIN ST", string domestic = "N", string age = "40", string juvenile = "N", string? report = null) => Row($"S{++sensitive}", offense, address, domestic, age, juvenile, report);
    foreach (var offense in (string[])["Rape", "Sodomy", "Sexual Assault With An Object", "Fondling", "Incest", "Statutory Rape", "Human Trafficking", "Runaway"]) Hidden(offense);
    Hidden(domestic: "Y");
    Hidden(domestic: "Yes");
    Hidden(domestic: "perhaps");
    foreach (var age in (string[])["17", "0", "3", "17.0", "-2", "abc", "1000", "17 or 18"]) Hidden(age: age);
    Hidden(juvenile: "Y");
    Hidden(juvenile: "see file");
    Hidden(address: "1200 Harbor Ave");
    Hidden(address: "1200 HARBOR AVE APT 4");
    Hidden(address: "14 quiet ln");
    Hidden("Zorking of the third kind");
    // one row of each report is in the home: its other rows are hidden with it
    for (var i = 0; i < 5; i++) {
      Hidden(domestic: "Y", report: $"W{i}");
      Hidden("Vandalism", report: $"W{i}");
    }
    foreach (var shown in (string[])["18", "18.0", "99", "", "UNKNOWN", "-1"]) Row("A2", age: shown);
    Row("A2", address: "1400 HARBOR AVE");

    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, Header)));
    Assert.Equal((rows.Count, 0), (import.In, import.Aside));
    var edition = await shell.PublishedAsync();
    Assert.Equal(["A1 120", "A2 7"], shell.AskRows("SELECT area || ' ' || count(*) FROM rows GROUP BY area ORDER BY 1", r => r.Text(0)!));
    Assert.Equal(127, edition.Rows);
    Assert.Equal(sensitive, edition.CityOnly + edition.CityOnlyWithheld);
    // what leaves is named, and nothing else does
    Assert.Equal(["area", "category", "event_hour", "first", "first_in_category", "lat_cell", "lon_cell", "type"], shell.AskRows("SELECT column_name FROM (DESCRIBE FROM rows) ORDER BY 1", r => r.Text(0)!));
    Assert.Equal(0, shell.Rows("minute(event_hour) <> 0 OR second(event_hour) <> 0"));

    var csv = await shell.CsvAsync("/en/data/crime?period=2026-01-01..2026-03-01&format=csv");
    Assert.DoesNotContain(csv, r => r["split_by"] == "area" && r["code"].StartsWith('S') && r["count"] != "0");
    Assert.Equal("120", csv.Single(r => r["split_by"] == "area" && r["code"] == "A1")["count"]);
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task Calls_are_kept_back_by_their_words_by_the_departments_mark_and_by_the_first_word_of_the_caller() {
    await using var shell = await Shell.OpenAsync();
    const string Head = "CAD Number,Received Datetime,Dispatch Datetime,Onscene Datetime,Close Datetime,Call Type Original Desc,Call Type Final Desc,Priority,Sensitive Call,Police District";
    List<string> rows = [];
    void Row(string area, string first, string final, string mark = "false") {
      var at = MadeFile.At(rows.Count + 1);
      rows.Add(string.Create(CultureInfo.InvariantCulture, $"{rows.Count + 1:000000000},{at:yyyy-MM-dd HH:mm:ss},{at.AddMinutes(2):yyyy-MM-dd HH:mm:ss},{at.AddMinutes(9):yyyy-MM-dd HH:mm:ss},{at.AddMinutes(40):yyyy-MM-dd HH:mm:ss},{first},{final},A,{mark},{area}"));
    }
    for (var i = 0; i < 60; i++) Row("CENTRAL", "NOISE NUISANCE", i % 2 == 0 ? "NOISE NUISANCE" : "BURGLARY");
    (string First, string Final)[] hidden = [
      ("MENTALLY DISTURBED", "MENTALLY DISTURBED"), ("MENTALLY DISTURBED", "NOISE NUISANCE"), ("NOISE NUISANCE", "SUICIDE ATTEMPT"), ("MISSING JUVENILE", "MISSING JUVENILE"), ("OVERDOSE", "NOISE NUISANCE"),
      ("ASSAULT / BATTERY DV", "ASSAULT / BATTERY"), ("RUNAWAY", "RUNAWAY"), ("SEXUAL ASSAULT ADULT", "BURGLARY"), ("PERSON IN CRISIS", "PERSON IN CRISIS"), ("CHILD ABUSE", "CHILD ABUSE"),
    ];
    foreach (var (first, final) in hidden) Row("S1", first, final);
    Row("S2", "NOISE NUISANCE", "NOISE NUISANCE", "true");
    Row("S3", "NOISE NUISANCE", "NOISE NUISANCE", "ask the sergeant");
    await shell.ImportedAsync(shell.Write("calls.csv", MadeFile.Of(rows, Head)), "calls");
    var edition = await shell.PublishedAsync("calls");
    Assert.Equal(60, edition.Rows);
    Assert.Equal(["CENTRAL"], shell.AskRows("SELECT DISTINCT area FROM rows", r => r.Text(0)!, "calls"));
    Assert.Equal(12, edition.CityOnly + edition.CityOnlyWithheld);
    // and no time of theirs is in any percentile
    var csv = await shell.CsvAsync("/en/data/response-times?period=2026-01-01..2026-03-01&format=csv");
    Assert.All(csv.Where(r => r["split_by"] == "area"), r => Assert.Equal("CENTRAL", r["code"]));
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task A_report_that_turns_sensitive_is_hidden_in_every_month_it_has_rows_in() {
    await using var shell = await Shell.OpenAsync();
    const string Head = "Case Number,Date Reported,Offense,Beat,Block,Domestic";
    List<string> rows = [.. MadeFile.Reports(300).Select(r => r + ",N")];
    rows.AddRange([
      "W1,2025-11-03 10:00:00,Burglary,S1,1 ELM ST,N", "W1,2025-12-03 10:00:00,Robbery,S1,1 ELM ST,N", "W1,2026-01-03 10:00:00,Vandalism,S1,1 ELM ST,N",
      "W2,2025-11-04 10:00:00,Burglary,S2,1 ELM ST,Y", "W2,2025-12-04 10:00:00,Robbery,S2,1 ELM ST,N",
      "W3,2025-11-05 10:00:00,Burglary,S3,1 ELM ST,Y",
    ]);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, Head)), more: ["--cover", "whole"]);
    await shell.PublishedAsync();
    Assert.Equal(3, shell.Rows("area = 'S1'"));
    Assert.Equal(0, shell.Rows("area IN ('S2', 'S3')"));

    // the last row of one report turns out to be in the home; of another, the row that was is taken out
    var later = rows.Where(r => !r.StartsWith("W2,2025-11", StringComparison.Ordinal)).Select(r => r.StartsWith("W1,2026", StringComparison.Ordinal) ? r[..^1] + "Y" : r);
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(later, Head)));
    Assert.Equal((0, 1, 1), (second.New, second.Changed, second.Withdrawn));
    await shell.PublishedAsync();
    Assert.Equal(0, shell.Rows("area = 'S1'"));
    Assert.Equal(1, shell.Rows("area = 'S2'"));
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task Reports_without_a_number_are_not_one_report() {
    await using var shell = await Shell.OpenAsync();
    // no column names a report, and one row is in the home
    var rows = MadeFile.Reports(50).Select((r, i) => $"{r[(r.IndexOf(',', StringComparison.Ordinal) + 1)..]},{(i == 20 ? "Y" : "N")}");
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, "Date Reported,Offense,Beat,Block,Domestic")));
    Assert.Equal(49, (await shell.PublishedAsync()).Rows);
    // and where a number is missing here and there
    var some = MadeFile.Reports(50).Select((r, i) => $"{(i % 5 == 0 ? r[r.IndexOf(',', StringComparison.Ordinal)..] : r)},{(i == 20 ? "Y" : "N")}");
    await using var other = await Shell.OpenAsync();
    await other.ImportedAsync(other.Write("2.csv", MadeFile.Of(some, "Case Number,Date Reported,Offense,Beat,Block,Domestic")));
    Assert.Equal(49, (await other.PublishedAsync()).Rows);
    Assert.Equal(49, other.Rows("first = 1"));
  }

  [Fact]
  public async Task An_address_listed_later_is_hidden_in_the_next_edition_without_a_new_file() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(300))));
    await shell.PublishedAsync();
    var rows = MadeFile.Reports(300).Count(r => r.EndsWith(",1300 MAIN ST", StringComparison.Ordinal));
    Assert.True(rows > 0);
    await File.WriteAllTextAsync(Path.Combine(shell.Restricted, "protected-addresses.txt"), "1300 MAIN ST\n", TestContext.Current.CancellationToken);
    var edition = await shell.PublishedAsync();
    Assert.Equal(300 - rows, edition.Rows);
    Assert.Equal(rows, edition.CityOnly + edition.CityOnlyWithheld);
  }

  [Fact]
  public async Task Nothing_of_a_person_or_a_report_stands_in_any_published_file() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(100).Select((r, i) => $"{r},N,{20 + i % 60},N");
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, "Case Number,Date Reported,Offense,Beat,Block Address,Domestic,Victim Age,Juvenile")));
    await shell.PublishedAsync();
    var cells = shell.AskRows("SELECT to_json(r)::VARCHAR FROM rows r", r => r.Text(0)!);
    Assert.Equal(100, cells.Count);
    Assert.DoesNotContain(cells, c => c.Contains("MAIN", StringComparison.Ordinal) || c.Contains("26-00", StringComparison.Ordinal));
    foreach (var file in Directory.EnumerateFiles(shell.Host.Folder.Published, "*.json", SearchOption.AllDirectories)) {
      var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
      using var json = JsonDocument.Parse(text);
      Assert.DoesNotContain("MAIN ST", text, StringComparison.Ordinal);
      Assert.DoesNotContain("26-00", text, StringComparison.Ordinal);
    }
  }
}
