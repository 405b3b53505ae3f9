using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>
/// Two exports of one city. In the first <c>+00</c> stands behind local times, in the second behind true UTC; row numbers are given anew, and five
/// years roll on between them.
/// </summary>
public sealed class CharlottesvilleTests {
  private static readonly string[] First = ["crime", "charlottesville_crime_snapshot_2018-07-21.csv.gz"], Second = ["crime", "charlottesville_crime_snapshot_2018-08-28.csv.gz"];

  [Fact]
  public async Task The_second_file_adds_corrects_and_ages_out_and_what_is_counted_is_what_both_files_say() {
    var (before, after) = (RawCsv.Real(First).ToList(), RawCsv.Real(Second).ToList());
    await using var shell = await Shell.OpenAsync();
    var first = await shell.ImportedAsync(Repository.SharedData(First), source: "city", more: ["--time-zone", "America/New_York"]);
    Assert.Equal((30_977, 0, 30_977), (first.In, first.Aside, first.New));
    Assert.Contains("as written: the zone at their end is not meant", first.Said, StringComparison.Ordinal);

    var second = await shell.ImportedAsync(Repository.SharedData(Second), source: "city", more: ["--time-zone", "America/New_York"]);
    Assert.Equal((30_352, 0), (second.In, second.Aside));
    Assert.Contains("once moved to America/New_York", second.Said, StringComparison.Ordinal);
    Assert.Equal((1_708, 1, 28_643, 0, 2_333), (second.New, second.Changed, second.Unchanged, second.Withdrawn, second.AgedOut));
    var (keysBefore, keysAfter) = (before.Select(r => r["IncidentID"]).ToHashSet(), after.Select(r => r["IncidentID"]).ToHashSet());
    Assert.Equal((keysAfter.Except(keysBefore).Count(), keysBefore.Except(keysAfter).Count()), ((int)second.New, (int)second.AgedOut));

    var edition = await shell.PublishedAsync();
    Assert.Equal(keysBefore.Union(keysAfter).Count(), edition.Rows + edition.CityOnly + edition.CityOnlyWithheld);
    await shell.VerifiesAsync();

    // a call for help is no crime
    var none = shell.Rows("type = 'not-an-offense'") + shell.City().Where(c => c.Type == "not-an-offense").Sum(c => c.Count);
    Assert.True(none >= 11_000, $"{none} rows are no offense");
    // the clock: what the hour column beside each time says, file by file
    var burglaries = before.Where(r => !keysAfter.Contains(r["IncidentID"])).Concat(after).Where(r => r["Offense"] == "Burglary").ToList();
    Assert.True(burglaries.Count > 300, $"{burglaries.Count} burglaries");
    Assert.Equal(burglaries.CountBy(r => (int)(r["HourReported"] is { Length: > 2 } hour ? int.Parse(hour[..^2]) : 0)).OrderBy(h => h.Key),
      shell.AskRows("SELECT hour(event_hour), count(*) FROM rows WHERE type = '220' GROUP BY 1 ORDER BY 1", r => KeyValuePair.Create((int)r.Long(0), (int)r.Long(1))));
  }

  [Fact]
  public async Task The_same_file_again_changes_nothing_and_the_earlier_one_sets_back_what_it_says() {
    var file = Repository.SharedData(Second);
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(file, more: ["--time-zone", "America/New_York"]);
    var again = await shell.ImportedAsync(file, more: ["--time-zone", "America/New_York"]);
    Assert.True(again.NothingChanged, again.Said);
    Assert.Equal((30_352, 0), (again.In, again.Aside));
    Assert.Single(Directory.GetDirectories(Path.Combine(shell.Restricted, "incidents", "imports")));
  }

  [Fact]
  public async Task Row_numbers_that_are_given_anew_are_refused_as_a_key() {
    var (first, second) = (Repository.SharedData(First), Repository.SharedData(Second));
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(first, more: ["--time-zone", "America/New_York", "--key", "RecordID"]);
    (await shell.ImportAsync(second, more: ["--time-zone", "America/New_York", "--key", "RecordID"])).Refused("RecordID is not a key");
    Assert.Equal((1_708, 1), (await shell.ImportedAsync(second, more: ["--key", "IncidentID"])) is var right ? (right.New, right.Changed) : default);
  }
}
