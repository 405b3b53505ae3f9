using System.Text;
using System.Text.Json;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Editions;

/// <summary>One edition after another: numbered, never changed, only followed; and what each says of the one before.</summary>
public sealed class EditionJourneyTests {
  [Fact]
  public async Task An_edition_follows_the_one_before_and_takes_over_what_nothing_touched() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(1500);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", "rolling"]);
    var first = await shell.PublishedAsync();
    var bytes = Bytes(shell, 1);
    // one row of January put right, one new in February, one gone
    rows[2] = MadeFile.Report(3, MadeFile.At(3), beat: "Z1");
    rows.RemoveAt(9);
    rows.Add(MadeFile.Report(1501, MadeFile.At(1501)));
    await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows)));
    var second = await shell.PublishedAsync();
    Assert.Equal((1, 2, 1), (first.Number, second.Number, second.Replaces));
    Assert.Equal((1, 1, 1), (second.Added, second.Corrected, second.Withdrawn));
    Assert.Equal((1500, 1500), (first.Rows, second.Rows));
    Assert.Equal(bytes, Bytes(shell, 1));
    await shell.VerifiesAsync();

    // nothing came: an edition made all the same says the same
    var third = await shell.PublishedAsync(more: "--even-if-unchanged");
    Assert.Equal((0, 0, 0), (third.Added, third.Corrected, third.Withdrawn));
    Assert.Equal(second.Files.Where(f => f.Path.StartsWith("rows/", StringComparison.Ordinal)), third.Files.Where(f => f.Path.StartsWith("rows/", StringComparison.Ordinal)));
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task An_edition_made_in_steps_is_the_one_made_at_once() {
    await using var steps = await Shell.OpenAsync();
    await using var once = await Shell.OpenAsync();
    var rows = MadeFile.Reports(1400);
    // the same values on the first day, so that both name them in one order
    for (var end = 200; end <= 1400; end += 400) {
      await steps.ImportedAsync(steps.Write($"{end}.csv", MadeFile.Of(rows.Take(end))));
      await steps.PublishedAsync();
    }
    await once.ImportedAsync(once.Write("all.csv", MadeFile.Of(rows)));
    await once.PublishedAsync();
    const string Sql = "SELECT to_json(r)::VARCHAR FROM rows r ORDER BY 1";
    Assert.Equal(once.AskRows(Sql, r => r.Text(0)!), steps.AskRows(Sql, r => r.Text(0)!));
    Assert.Equal((await once.CsvAsync("/en/data/crime?format=csv")).Select(r => string.Join(',', r.Cells)), (await steps.CsvAsync("/en/data/crime?format=csv")).Select(r => string.Join(',', r.Cells)));
    await steps.VerifiesAsync();
  }

  [Fact]
  public async Task A_file_that_was_changed_after_publication_is_found() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200))));
    await shell.PublishedAsync();
    var editions = Path.Combine(shell.Host.Folder.Published, "incidents", "editions", "0001");
    foreach (var path in Directory.EnumerateFiles(editions, "*", SearchOption.AllDirectories).ToList()) {
      var was = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
      var other = was.ToArray();
      other[^1] ^= 1;
      await File.WriteAllBytesAsync(path, other, TestContext.Current.CancellationToken);
      var found = await shell.RunAsync("verify", "incidents");
      Assert.Equal(1, found.Exit);
      Assert.Contains("NOT as published", found.Out, StringComparison.Ordinal);
      File.Delete(path);
      Assert.Contains("missing", (await shell.RunAsync("verify")).Out, StringComparison.Ordinal);
      await File.WriteAllBytesAsync(path, was, TestContext.Current.CancellationToken);
    }
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task Two_at_once_are_not_let_in() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200)));
    await shell.ImportedAsync(file);
    await using (await shell.Received.TakeTurnAsync(TestContext.Current.CancellationToken)) {
      (await shell.ImportAsync(file)).Refused("Another import or publication of incidents is going on");
      (await shell.RunAsync("publish", "incidents", "--reason", "x", "--unattended")).Refused("Another import or publication of incidents is going on");
    }
    Assert.Equal(200, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task Only_the_departments_own_rows_count_and_an_agency_no_one_has_named_is_another() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(90).Select((r, i) => $"{r},{(i % 3 == 0 ? "Sheriff" : "Port Alder Police")}").ToList();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, MadeFile.Header + ",Agency")));
    var first = await shell.PublishedAsync();
    Assert.Equal((60, 30), (first.Rows, first.LeftOut["other-agency"]));
    rows.Add(MadeFile.Report(91, MadeFile.At(91)) + ",Transit Police");
    Shell.Imported.Read((await shell.RunAsync("import", "incidents", shell.Write("2.csv", MadeFile.Of(rows, MadeFile.Header + ",Agency")), "--source", "records")).Done());
    var second = await shell.PublishedAsync();
    Assert.Equal((60, 31), (second.Rows, second.LeftOut["other-agency"]));
  }

  [Fact]
  public async Task What_is_no_crime_is_shown_beside_the_total_and_never_in_it() {
    await using var shell = await Shell.OpenAsync();
    string[] offenses = ["Burglary", "Found Property", "Towed Vehicle", "Drunkenness", "Loitering"];
    var rows = Enumerable.Range(1, 100).Select(n => MadeFile.Report(n, MadeFile.At(n), offenses[n % 5]) + (n % 20 == 0 ? ",Unfounded" : ",Open"));
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, MadeFile.Header + ",Case Status")));
    await shell.PublishedAsync();
    var csv = await shell.CsvAsync("/en/data/crime?period=2026-01-01..2026-03-01&format=csv");
    Assert.Equal("15", csv.Single(r => r["split_by"] == "total")["count"]);
    Assert.Equal("15", csv.Single(r => r["split_by"] == "incidents")["count"]);
    Assert.Equal(5, shell.Rows("type = 'unfounded'"));
    var page = await shell.Host.GetAsync("/en/data/crime?period=2026-01-01..2026-03-01");
    page.Says("5 ");
    var total = JsonDocument.Parse(await shell.Host.Client.GetStringAsync("/en/data/crime?period=2026-01-01..2026-03-01&format=json", TestContext.Current.CancellationToken));
    Assert.Equal(15, total.RootElement.GetProperty("crime").EnumerateArray().First(r => r.GetProperty("split_by").GetString() == "total").GetProperty("count").GetInt64());
  }

  private static string Bytes(Shell shell, int number) {
    var all = new StringBuilder();
    foreach (var path in Directory.EnumerateFiles(Path.Combine(shell.Host.Folder.Published, "incidents", "editions", $"{number:0000}"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
      all.AppendLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
    return all.ToString();
  }
}
