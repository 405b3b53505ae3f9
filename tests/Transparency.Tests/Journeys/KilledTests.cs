using System.Diagnostics;
using System.Globalization;
using System.Net;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>The program killed in the middle: the state before is served, everything verifies, and the same command then does its work.</summary>
public sealed class KilledTests {
  private const int Moments = 6;
  private static readonly List<string> Rows = MadeFile.Reports(1200);

  [Theory, OnBoth]
  public async Task An_import_killed_at_any_moment_leaves_the_state_before_and_then_succeeds(Provider provider) {
    await using var shell = await Shell.OpenAsync(provider);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows.Take(1000))), more: ["--cover", "additions"]);
    await shell.PublishedAsync();
    var moments = 0;
    // the first run is not killed: it shows how long there is
    var whole = await TimeOf(shell, ImportWords(shell, 0));
    for (var i = 1; i <= Moments; i++) {
      var before = await shell.LiveAsync();
      var words = ImportWords(shell, i);
      using var child = ChildProgram.Start(shell.Host.DatabaseSetting, words);
      await Task.Delay(whole * i / (Moments + 1), TestContext.Current.CancellationToken);
      child.Kill();
      await child.WaitForExitAsync(TestContext.Current.CancellationToken);
      var after = await shell.LiveAsync();
      // all of it or nothing
      Assert.True(after.SequenceEqual(before) || after.SequenceEqual(before.Append(after[^1])), $"{string.Join(' ', before)}, then {string.Join(' ', after)}");
      if (after.SequenceEqual(before)) moments++;
      await shell.VerifiesAsync();
      (await shell.Host.GetAsync("/en/data/crime")).Is(HttpStatusCode.OK);
      var again = Shell.Imported.Read((await shell.RunAsync(words[..^2])).Done());
      Assert.Equal(1000 + i, again.In);
    }
    Assert.True(moments > 0, "no import was killed in the middle");
    var edition = await shell.PublishedAsync();
    Assert.Equal(1000 + Moments, edition.Rows);
    Assert.Empty(Directory.GetFileSystemEntries(shell.Host.Folder.Staging));
  }

  [Theory, OnBoth]
  public async Task A_publication_killed_at_any_moment_leaves_the_edition_before_and_then_succeeds(Provider provider) {
    await using var shell = await Shell.OpenAsync(provider);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows)));
    await shell.PublishedAsync();
    string[] words = ["publish", "incidents", "--reason", "Again.", "--unattended", "--even-if-unchanged", "--data", shell.DataFolder];
    var whole = await TimeOf(shell, words);
    for (var i = 1; i <= Moments; i++) {
      using var child = ChildProgram.Start(shell.Host.DatabaseSetting, words);
      await Task.Delay(whole * i / (Moments + 1), TestContext.Current.CancellationToken);
      child.Kill();
      await child.WaitForExitAsync(TestContext.Current.CancellationToken);
      await shell.VerifiesAsync();
      (await shell.Host.GetAsync("/en/data/crime")).Is(HttpStatusCode.OK);
    }
    var edition = await shell.PublishedAsync(more: "--even-if-unchanged");
    Assert.InRange(edition.Number, 3, 3 + Moments);
    Assert.Equal(1200, edition.Rows);
    await shell.VerifiesAsync();
    Assert.Empty(Directory.GetFileSystemEntries(shell.Host.Folder.Staging));
  }

  [Fact]
  public async Task Between_the_last_steps_of_an_import_the_state_before_is_served() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows.Take(100))));
    var current = Path.Combine(shell.Restricted, "incidents", "current.json");
    var before = await File.ReadAllBytesAsync(current, TestContext.Current.CancellationToken);
    var file = shell.Write("2.csv", MadeFile.Of(Rows.Take(150)));
    await shell.ImportedAsync(file);
    // the folder is in place, the list is not; beside it the list half written
    await File.WriteAllBytesAsync(current, before, TestContext.Current.CancellationToken);
    await File.WriteAllBytesAsync(current + ".new", before.AsMemory(0, before.Length / 2), TestContext.Current.CancellationToken);
    Directory.CreateDirectory(Path.Combine(shell.Host.Folder.Staging, "left"));
    Assert.Equal(100, (await shell.PublishedAsync()).Rows);
    var again = await shell.ImportedAsync(file);
    Assert.Equal((50, 100), (again.New, again.Unchanged));
    Assert.Equal(150, (await shell.PublishedAsync()).Rows);
    await shell.VerifiesAsync();
    Assert.Empty(Directory.GetFileSystemEntries(shell.Host.Folder.Staging));
  }

  [Fact]
  public async Task Between_the_last_steps_of_a_publication_the_edition_before_is_served() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows.Take(100))));
    await shell.PublishedAsync();
    await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(Rows.Take(150))));
    // an edition in place that no row of the database names
    var place = Path.Combine(shell.Host.Folder.Published, "incidents", "editions", "0002");
    Directory.CreateDirectory(Path.Combine(place, "rows"));
    await File.WriteAllTextAsync(Path.Combine(place, "rows", "2026-01.parquet"), "half", TestContext.Current.CancellationToken);
    (await shell.Host.GetAsync("/en/data/crime")).Is(HttpStatusCode.OK);
    Assert.Equal(HttpStatusCode.NotFound, (await shell.Host.Client.GetAsync("/data/incidents/editions/2/rows/2026-01.parquet", TestContext.Current.CancellationToken)).StatusCode);
    await shell.VerifiesAsync();
    var edition = await shell.PublishedAsync();
    Assert.Equal((2, 150), (edition.Number, edition.Rows));
    await shell.VerifiesAsync();
  }

  private static string[] ImportWords(Shell shell, int i) =>
    ["import", "incidents", shell.Write(string.Create(CultureInfo.InvariantCulture, $"next-{i}.csv"), MadeFile.Of(Rows.Take(1000 + i))), "--source", "records", "--data", shell.DataFolder];

  private static async Task<TimeSpan> TimeOf(Shell shell, string[] words) {
    var clock = Stopwatch.StartNew();
    var (exit, _, error) = await ChildProgram.RunAsync(shell.Host.DatabaseSetting, words);
    Assert.True(exit == 0, error);
    return clock.Elapsed;
  }
}
