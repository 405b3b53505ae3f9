using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>What a later file of a source does to what its earlier ones said.</summary>
public sealed class CorrectionTests {
  [Fact]
  public async Task A_corrected_row_takes_the_place_of_the_earlier_one_and_a_file_sent_again_changes_nothing() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(100);
    var first = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    Assert.Equal((100, 0, 100), (first.In, first.Aside, first.New));
    rows[4] = MadeFile.Report(5, MadeFile.At(5), beat: "Z9");
    var file = shell.Write("2.csv", MadeFile.Of(rows.Append(MadeFile.Report(101, MadeFile.At(101)))));
    var second = await shell.ImportedAsync(file);
    Assert.Equal((1, 1, 99, 0, 0), (second.New, second.Changed, second.Unchanged, second.Withdrawn, second.AgedOut));
    var again = await shell.ImportedAsync(file);
    Assert.True(again.NothingChanged, again.Said);
    Assert.Equal((101, 0), (again.In, again.Aside));
    Assert.Equal(101, (await shell.PublishedAsync()).Rows);
    Assert.Equal(1, shell.Rows("area = 'Z9'"));
  }

  [Fact]
  public async Task An_earlier_file_sent_again_sets_back_what_later_ones_changed_and_says_so() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(100);
    var right = shell.Write("right.csv", MadeFile.Of(rows));
    await shell.ImportedAsync(right);
    rows[4] = MadeFile.Report(5, MadeFile.At(5), beat: "Z9");
    await shell.ImportedAsync(shell.Write("wrong.csv", MadeFile.Of(rows)));
    var back = await shell.ImportedAsync(right);
    Assert.Equal((0, 1, 99), (back.New, back.Changed, back.Unchanged));
    Assert.Contains("This file was imported before (import 1)", back.Said, StringComparison.Ordinal);
    await shell.PublishedAsync();
    Assert.Equal((100, 0), (shell.Rows(), shell.Rows("area = 'Z9'")));
  }

  [Theory]
  // reports 1 to 10 and 50 are missing from the second file; 1 to 10 are older than its first
  [InlineData("whole", 11, 0)]
  [InlineData("rolling", 1, 10)]
  [InlineData("additions", 0, 0)]
  public async Task What_a_missing_row_means_is_what_the_files_cover_says(string cover, int withdrawn, int aged) {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(100);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", cover]);
    rows.RemoveAt(49);
    rows.RemoveRange(0, 10);
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows.Append(MadeFile.Report(101, MadeFile.At(101))))));
    Assert.Equal((1, 0, 89, withdrawn, aged), (second.New, second.Changed, second.Unchanged, second.Withdrawn, second.AgedOut));
    var edition = await shell.PublishedAsync();
    Assert.Equal(101 - withdrawn, edition.Rows);
  }

  [Fact]
  public async Task A_file_that_ends_earlier_than_the_last_one_withdraws_nothing_after_its_end() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(100);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", "rolling"]);
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows.Take(40))));
    Assert.Equal((0, 0, 40, 0, 0), (second.New, second.Changed, second.Unchanged, second.Withdrawn, second.AgedOut));
    Assert.Contains("60 rows are newer than the last of this file", second.Said, StringComparison.Ordinal);
    Assert.Equal(100, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task Undeclared_few_missing_rows_are_withdrawn_and_many_make_the_file_an_addition() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(100);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    var few = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows.Where((_, i) => i is not (20 or 30)))));
    Assert.Equal(2, few.Withdrawn);
    Assert.Contains("read as withdrawn. Say --cover", few.Said, StringComparison.Ordinal);
    var many = await shell.ImportedAsync(shell.Write("3.csv", MadeFile.Of(rows.Where((_, i) => i % 3 == 0))));
    Assert.Equal(0, many.Withdrawn);
    Assert.Contains("too many to be withdrawals", many.Said, StringComparison.Ordinal);
    Assert.Equal(100, (await shell.PublishedAsync()).Rows + 2 - many.New);
  }

  [Fact]
  public async Task Two_small_files_of_a_small_department_are_not_taken_for_withdrawals_of_each_other() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(20);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows.Where((_, i) => i % 2 == 0))));
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows.Where((_, i) => i % 2 == 1))));
    Assert.Equal((10, 0), (second.New, second.Withdrawn));
    Assert.Equal(20, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task A_second_offense_of_a_report_never_takes_the_place_of_the_first() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(60);
    rows.Add(MadeFile.Report(1, MadeFile.At(61), "Robbery", "C1"));
    rows.Add(MadeFile.Report(1, MadeFile.At(62), "Burglary", "C2"));
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", "additions"]);
    // the report grows by an offense, and one of its own is put right
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of([MadeFile.Report(1, MadeFile.At(63), "Vandalism", "C3"), MadeFile.Report(1, MadeFile.At(61), "Robbery", "C4")])));
    Assert.Equal((1, 1, 0, 0), (second.New, second.Changed, second.Unchanged, second.Withdrawn));
    Assert.Equal(63, (await shell.PublishedAsync()).Rows);
    Assert.Equal(["C2", "C3", "C4"], shell.AskRows("SELECT area FROM rows WHERE area LIKE 'C%' ORDER BY 1", r => r.Text(0)!));
    Assert.Equal(60, shell.Rows("first = 1"));
  }

  [Fact]
  public async Task Rows_of_one_key_in_another_order_are_the_same_rows() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40);
    rows.AddRange(Enumerable.Range(1, 10).Select(n => MadeFile.Report(n, MadeFile.At(n), "Robbery", "C1")));
    rows.Add(rows[^1]);
    var first = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    Assert.Equal(51, first.New);
    Assert.Contains("10 keys stand on more than one row", first.Said, StringComparison.Ordinal);
    Assert.Contains("1 row repeats another exactly", first.Said, StringComparison.Ordinal);
    rows.Reverse();
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows)));
    Assert.Equal((0, 0, 51, 0), (second.New, second.Changed, second.Unchanged, second.Withdrawn));
    Assert.Equal(51, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task Without_a_key_rows_are_known_by_what_they_say() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(50).ConvertAll(r => r[(r.IndexOf(',', StringComparison.Ordinal) + 1)..]);
    const string Header = "Date Reported,Offense,Beat,Block";
    rows.Add(rows[7]);
    var first = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, Header)), more: ["--cover", "whole"]);
    Assert.Contains("No column identifies a row", first.Said, StringComparison.Ordinal);
    rows.Reverse();
    rows[0] = rows[0].Replace("MAIN", "ELM", StringComparison.Ordinal);
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows, Header)));
    Assert.Equal((1, 0, 50, 1), (second.New, second.Changed, second.Unchanged, second.Withdrawn));
    var edition = await shell.PublishedAsync();
    Assert.Equal(51, edition.Rows);
  }

  [Fact]
  public async Task Row_numbers_given_anew_are_refused_and_the_next_candidate_named() {
    await using var shell = await Shell.OpenAsync();
    const string Header = "Incident ID,Record ID,Date Reported,Offense,Beat,Block";
    List<string> Numbered(int shift) => [.. MadeFile.Reports(60).Select((r, i) => $"{1000 + i + shift},R{r}")];
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Numbered(0), Header)));
    var file = shell.Write("2.csv", MadeFile.Of(Numbered(3), Header));
    var refused = (await shell.ImportAsync(file)).Refused("Incident ID is not a key");
    Assert.Contains("""Next candidate: Record ID. Run again with --key "Record ID".""", refused.Error, StringComparison.Ordinal);
    var second = await shell.ImportedAsync(file, more: ["--key", "Record ID"]);
    Assert.Equal((0, 0), (second.New, second.Withdrawn));
    Assert.Equal(60, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task A_clock_that_moved_is_asked_about_and_corrects_nothing() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(60))));
    var moved = shell.Write("2.csv", MadeFile.Of(Enumerable.Range(1, 60).Select(n => MadeFile.Report(n, MadeFile.At(n).AddHours(n < 5 ? 0 : 5)))));
    (await shell.ImportAsync(moved)).Refused("5 h on 56 rows");
    await shell.PublishedAsync();
    Assert.Single(shell.Newest("incidents").Imports);
  }

  [Fact]
  public async Task Two_sources_stand_beside_each_other_and_never_correct_each_other() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(30))), source: "town");
    // the same report numbers, other reports
    var county = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(Enumerable.Range(1, 20).Select(n => MadeFile.Report(n, MadeFile.At(n + 500))))), source: "county");
    Assert.Equal((20, 0, 0), (county.New, county.Changed, county.Withdrawn));
    var edition = await shell.PublishedAsync();
    Assert.Equal(50, edition.Rows);
    Assert.Equal([("county", 20), ("town", 30)], edition.Sources.Select(s => (s.Name, s.Rows)));
    Assert.Equal(50, shell.Rows("first = 1"));
  }

  [Fact]
  public async Task A_row_that_cannot_be_read_any_more_is_not_missing() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(60);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", "whole"]);
    rows[9] = rows[9].Replace("2026-01-01", "2026-13-01", StringComparison.Ordinal);
    rows[19] += ",one cell too many";
    rows.RemoveAt(29);
    var second = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows)));
    Assert.Equal((57, 2), (second.In, second.Aside));
    Assert.Equal((57, 1), (second.Unchanged, second.Withdrawn));
    Assert.Contains("2 earlier rows stand in this file on rows that were set aside", second.Said, StringComparison.Ordinal);
    Assert.Equal(59, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task Rows_set_aside_come_back_repaired_and_only_add() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40);
    rows[9] = rows[9].Replace("2026-01-01", "2026-13-01", StringComparison.Ordinal);
    rows[19] = rows[19][..rows[19].LastIndexOf(',')];
    var first = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", "whole"]);
    Assert.Equal((38, 2), (first.In, first.Aside));
    var aside = await File.ReadAllLinesAsync(first.AsideFile!, TestContext.Current.CancellationToken);
    Assert.Equal("line,field,reason," + MadeFile.Header, aside[0]);
    Assert.Contains("""21,,"expected 5 fields, found 4",26-00020,""", string.Join('\n', aside), StringComparison.Ordinal);
    Assert.Contains("11,reported_at,not a date and time of this file's form,26-00010,", string.Join('\n', aside), StringComparison.Ordinal);
    // a person puts both right, and leaves the three columns where they are
    var repaired = aside.Select(l => l.Replace("2026-13-01", "2026-01-01", StringComparison.Ordinal))
      .Select(l => l.Contains("26-00020", StringComparison.Ordinal) ? "21,,," + MadeFile.Report(20, MadeFile.At(20)) : l);
    var second = await shell.ImportedAsync(shell.Write("repaired.csv", string.Join('\n', repaired) + "\n"));
    Assert.Equal((2, 0, 2, 0), (second.In, second.Aside, second.New, second.Withdrawn));
    Assert.Equal(40, (await shell.PublishedAsync()).Rows);
  }
}
