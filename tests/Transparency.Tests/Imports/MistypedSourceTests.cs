using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>A source's name written wrong would count every row twice; another agency's file is let in whatever it is called.</summary>
public sealed class MistypedSourceTests {
  private const string Keyless = "Date Reported,Offense,Beat,Block";

  [Fact]
  public async Task The_next_export_under_a_mistyped_name_is_refused_and_the_source_that_is_meant_is_named() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(100))), source: "rms-export");
    foreach (var (from, count) in ((int, int)[])[(1, 180), (1, 320), (40, 100), (81, 20)]) {
      var next = shell.Write("2.csv", MadeFile.Of(MadeFile.Reports(count, from)));
      var refused = (await shell.ImportAsync(next, source: "rms-exprot")).Refused("are live already as source rms-export (same key, time and kind)");
      Assert.Contains("write --source \"rms-export\"", refused.Error, StringComparison.Ordinal);
    }
    Assert.Equal([1], await shell.LiveAsync());
    Assert.Equal(100, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task Whoever_says_that_it_is_another_agencys_file_is_believed_and_hears_of_the_very_same_one() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(40)));
    await shell.ImportedAsync(file);
    (await shell.ImportAsync(file, source: "county")).Refused("This is the very file of import 1, of source records, so county would count them twice.");
    var second = await shell.ImportedAsync(file, source: "county", more: "--another-source");
    Assert.Equal(40, second.New);
    Assert.Contains("The very same file is live as source records (import 1): its rows now count twice.", second.Said, StringComparison.Ordinal);
    // what was said once holds for the files that follow
    Assert.Equal(20, (await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(MadeFile.Reports(60))), source: "county")).New);
  }

  [Fact]
  public async Task Rows_without_a_number_are_the_same_where_all_they_say_is() {
    await using var shell = await Shell.OpenAsync();
    string Bare(int from, int count) => MadeFile.Of(MadeFile.Reports(count, from).Select(r => r[(r.IndexOf(',', StringComparison.Ordinal) + 1)..]), Keyless);
    await shell.ImportedAsync(shell.Write("1.csv", Bare(1, 60)));
    (await shell.ImportAsync(shell.Write("2.csv", Bare(11, 60)), source: "recrods")).Refused("50 of this file's 60 rows are live already as source records (the same in all they say)");
    Assert.Equal(60, (await shell.ImportedAsync(shell.Write("3.csv", Bare(101, 60)), source: "county")).New);
  }

  [Fact]
  public async Task Agencies_that_number_alike_and_work_some_cases_together_each_keep_their_rows() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("city.csv", MadeFile.Of(MadeFile.Reports(100))), source: "city");
    // the sheriff's own numbers begin at 1 too: same keys, other events; and 40 of the 100 are joint cases
    var sheriff = Enumerable.Range(1, 100).Select(n => MadeFile.Report(n, n > 60 ? MadeFile.At(n) : MadeFile.At(n + 700)));
    Assert.Equal(100, (await shell.ImportedAsync(shell.Write("sheriff.csv", MadeFile.Of(sheriff)), source: "sheriff")).New);
    Assert.Equal(100, (await shell.ImportedAsync(shell.Write("transit.csv", MadeFile.Of(MadeFile.Reports(100, 500))), source: "transit")).New);
    Assert.Equal(300, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task Rows_that_a_source_has_taken_back_are_no_longer_its_own() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(100))), more: ["--cover", "whole"]);
    await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(MadeFile.Reports(100, 501))));
    Assert.Equal(90, (await shell.ImportedAsync(shell.Write("3.csv", MadeFile.Of(MadeFile.Reports(90))), source: "county")).New);
  }
}
