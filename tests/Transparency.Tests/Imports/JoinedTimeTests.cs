using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>A day in one column, its hour in another, and either of them not known.</summary>
public sealed class JoinedTimeTests {
  [Fact]
  public async Task A_report_whose_hour_no_one_knows_counts_on_its_day_and_one_without_a_day_is_set_aside() {
    await using var shell = await Shell.OpenAsync();
    var rows = Enumerable.Range(0, 100).Select(n => $"26-{n:0000},{(n == 7 ? "UNK" : $"01/{n % 28 + 1:00}/2026")},{(n % 10 == 0 ? "UNK" : $"{n % 24:00}:30")},Vandalism,A1");
    var file = shell.Write("1.csv", string.Join('\n', rows.Prepend("Case Number,Report Date,Report Time,Offense,Police Beat")) + "\n");
    var import = await shell.ImportedAsync(file);
    Assert.True((99, 1) == (import.In, import.Aside), import.Said);
    await shell.PublishedAsync();
    Assert.Equal(99, shell.Rows("true"));
    // the ten of unknown hour, and those of half past midnight
    Assert.Equal(10 + Enumerable.Range(0, 100).Count(n => n % 24 == 0 && n % 10 != 0 && n != 7), shell.Rows("hour(event_hour) = 0"));
  }

  [Fact]
  public async Task A_second_time_of_which_a_part_is_missing_is_not_known_and_costs_no_row() {
    await using var shell = await Shell.OpenAsync();
    var rows = Enumerable.Range(0, 100).Select(n => $"26-{n:0000},01/{n % 28 + 1:00}/2026 10:00,{(n % 9 == 0 ? "UNK" : $"01/{n % 28 + 1:00}/2026")},{(n % 10 == 0 ? "" : $"{n % 24:00}:30")},Vandalism,A1");
    var file = shell.Write("1.csv", string.Join('\n', rows.Prepend("Case Number,Reported At,Occurred Date,Occurred Time,Offense,Police Beat")) + "\n");
    var import = await shell.ImportedAsync(file);
    Assert.True((100, 0) == (import.In, import.Aside), import.Said);
  }
}
