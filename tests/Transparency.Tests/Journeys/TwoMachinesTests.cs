using System.Globalization;
using System.Net;
using Npgsql;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>From file to page on either database; and, on PostgreSQL, from a second machine whose data folder is empty.</summary>
public sealed class TwoMachinesTests {
  private const string Counts = "/en/data/crime?format=csv", Days = "/en/data/crime?period=2026-01-05..2026-01-11&area=A1&format=csv";
  private static readonly List<string> Rows = MadeFile.Reports(400);
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task A_file_becomes_a_page(Provider provider) {
    await using var shell = await Shell.OpenAsync(provider);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows.Take(300))));
    Assert.Equal(300, (await shell.PublishedAsync()).Rows);
    Assert.Equal("300", (await shell.CsvAsync(Counts)).First(r => r["split_by"] == "total")["count"]);
    var next = await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(Rows)));
    Assert.Equal((100, 300), (next.New, next.Unchanged));
    Assert.True((await shell.ImportedAsync(shell.Write("3.csv", MadeFile.Of(Rows)))).NothingChanged);
    Assert.Equal((2, 400), ((await shell.PublishedAsync()) is var edition ? edition.Number : 0, edition.Rows));
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task An_empty_second_machine_serves_every_page_and_file_of_the_first() {
    await using var first = await PublishedOnPostgresAsync();
    await using var second = new Shell(first.Host.SecondNode());
    (await first.Host.GetAsync("/en/data")).Is(HttpStatusCode.OK);
    var pages = await PublicPages(first);
    Assert.True(pages.Count >= 16, string.Join(' ', pages));
    foreach (var page in pages) Assert.Equal(await BodyOf(first, page), await BodyOf(second, page));
    Assert.Contains(" OK ", await BodyOf(second, Days), StringComparison.Ordinal);
    foreach (var file in first.Newest("incidents").Files.Where(f => !f.Path.StartsWith("rollups/", StringComparison.Ordinal)))
      Assert.Equal(file.Bytes, (await second.Host.Client.GetByteArrayAsync($"/data/incidents/editions/1/{file.Path}", Ct)).Length);
    Assert.Empty(Directory.GetFileSystemEntries(second.Restricted));
    await second.VerifiesAsync();
  }

  [Fact]
  public async Task A_second_machine_imports_the_next_file_and_publishes_the_next_edition_and_the_first_shows_it() {
    await using var first = await PublishedOnPostgresAsync();
    Assert.Equal("300", Total(await first.CsvAsync(Counts)));
    await using (var second = new Shell(first.Host.SecondNode())) {
      var next = await second.ImportedAsync(second.Write("2.csv", MadeFile.Of(Rows)));
      Assert.Equal((100, 300), (next.New, next.Unchanged));
      var edition = await second.PublishedAsync();
      Assert.Equal((2, 1, 400L, 100L), (edition.Number, edition.Replaces, edition.Rows, edition.Added));
      await Wait.UntilAsync(async () => Total(await first.CsvAsync(Counts)) == "400");
    }
    Assert.Equal([1, 2], await first.LiveAsync());
    Assert.True((await first.ImportedAsync(first.Write("again.csv", MadeFile.Of(Rows)))).NothingChanged);
    await first.VerifiesAsync();
  }

  [Fact]
  public async Task A_copy_that_is_damaged_is_never_served() {
    await using var first = await PublishedOnPostgresAsync();
    await using var second = new Shell(first.Host.SecondNode());
    await second.VerifiesAsync();
    foreach (var path in Directory.GetFiles(second.Host.Folder.Published, "*", SearchOption.AllDirectories)) {
      var bytes = await File.ReadAllBytesAsync(path, Ct);
      bytes[bytes.Length / 2] ^= 1;
      await File.WriteAllBytesAsync(path, bytes, Ct);
    }
    foreach (var page in (string[])[Counts, Days, "/en/data/editions"]) Assert.Equal(await BodyOf(first, page), await BodyOf(second, page));
    await second.VerifiesAsync();
  }

  [Fact]
  public async Task What_is_damaged_in_the_database_is_refused_with_what_to_do() {
    await using var first = await PublishedOnPostgresAsync();
    await SqlAsync(first, "UPDATE published.kernel_chunks SET \"Content\" = substring(\"Content\" FROM 2)");
    await using var second = new Shell(first.Host.SecondNode());
    (await second.RunAsync("verify")).Refused("in the database is not what was placed there: its SHA-256 differs. Bring the database back from a backup");
    Assert.Equal(HttpStatusCode.InternalServerError, (await second.Host.Client.GetAsync(Counts, Ct)).StatusCode);
    Assert.Equal("300", Total(await first.CsvAsync(Counts)));
  }

  [Fact]
  public async Task One_import_or_publication_a_dataset_at_a_time_on_all_machines() {
    await using var first = await PublishedOnPostgresAsync();
    await using var second = new Shell(first.Host.SecondNode());
    var calls = second.Write("calls.csv", TwoPlacesTests.CallFile());
    await using (await first.Received.TakeTurnAsync(Ct)) {
      (await second.ImportAsync(second.Write("2.csv", MadeFile.Of(Rows)))).Refused("Another import or publication of incidents is going on");
      (await second.RunAsync("publish", "incidents", "--reason", "x", "--unattended")).Refused("Another import or publication of incidents is going on");
      Assert.Equal(400, (await second.ImportedAsync(calls, "calls")).In);
    }
    Assert.Equal(100, (await second.ImportedAsync(second.PathOf("2.csv"))).New);
  }

  // each is where the transaction stands when the power goes: before the row of that table is in, and before the commit
  [Theory]
  [InlineData("restricted.kernel_files"), InlineData("restricted.kernel_chunks"), InlineData("public.transparency_mappings"), InlineData("restricted.kernel_documents")]
  [InlineData("restricted.kernel_documents", true)]
  public async Task An_import_that_fails_at_any_step_leaves_the_state_before(string table, bool atCommit = false) {
    await using var shell = await PublishedOnPostgresAsync();
    var before = await StateAsync(shell);
    await FailAtAsync(shell, table, atCommit);
    // another mapping, so that its row is part of what is saved
    string[] words = ["import", "incidents", shell.Write("2.csv", MadeFile.Of(Rows)), "--source", "records", "--cover", "additions"];
    Assert.Contains("no power", (await shell.RunAsync(words)).Error, StringComparison.Ordinal);
    Assert.Equal(before, await StateAsync(shell));
    Assert.Equal("300", Total(await shell.CsvAsync(Counts)));
    await SqlAsync(shell, "DROP FUNCTION no_power CASCADE");
    Assert.Equal(100, Shell.Imported.Read((await shell.RunAsync(words)).Done()).New);
    Assert.Equal([1, 2], await shell.LiveAsync());
  }

  [Theory]
  [InlineData("published.kernel_files"), InlineData("published.kernel_chunks"), InlineData("public.transparency_editions"), InlineData("public.transparency_editions", true)]
  public async Task A_publication_that_fails_at_any_step_leaves_the_edition_before(string table, bool atCommit = false) {
    await using var shell = await PublishedOnPostgresAsync();
    await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(Rows)));
    var before = await StateAsync(shell);
    await FailAtAsync(shell, table, atCommit);
    Assert.Contains("no power", (await shell.RunAsync("publish", "incidents", "--reason", "x", "--unattended")).Error, StringComparison.Ordinal);
    Assert.Equal(before, await StateAsync(shell));
    await using var second = new Shell(shell.Host.SecondNode());
    Assert.Equal("300", Total(await second.CsvAsync(Counts)));
    await second.VerifiesAsync();
    await SqlAsync(shell, "DROP FUNCTION no_power CASCADE");
    Assert.Equal((2, 400), ((await shell.PublishedAsync()) is var edition ? edition.Number : 0, edition.Rows));
  }

  [Theory, OnBoth]
  public async Task Protected_addresses_hold_for_whichever_machine_publishes(Provider provider) {
    await using var first = await Shell.OpenAsync(provider);
    await using var second = provider == Provider.Postgres ? new Shell(first.Host.SecondNode()) : null;
    await first.ImportedAsync(first.Write("1.csv", MadeFile.Of(Rows.Take(300))));
    var block = Rows[0].Split(',')[^1];
    (await first.RunAsync("import", "protected-addresses", first.Write("list.txt", $"# shelters\r\n {block.ToLowerInvariant()} \r\n"))).Done();
    var edition = await (second ?? first).PublishedAsync();
    var there = Rows.Take(300).Count(r => r.EndsWith("," + block, StringComparison.Ordinal));
    Assert.True(there > 1);
    Assert.Equal(300 - there, edition.Rows);
    (await first.RunAsync("import", "protected-addresses", first.PathOf("nowhere.txt"))).Refused("There is no file");
  }

  [Fact]
  public async Task A_list_that_was_put_into_the_folder_of_a_machine_is_not_passed_over() {
    await using var shell = await PublishedOnPostgresAsync();
    var stray = Path.Combine(shell.Restricted, "protected-addresses.txt");
    await File.WriteAllTextAsync(stray, Rows[0].Split(',')[^1], Ct);
    (await shell.RunAsync("publish", "incidents", "--reason", "x", "--unattended")).Refused("restricted/protected-addresses.txt lies in the data folder, where nothing reads it");
    (await shell.RunAsync("import", "protected-addresses", stray)).Done();
    Assert.True((await shell.PublishedAsync()).Rows < 300);
  }

  [Fact]
  public async Task The_demonstration_never_goes_into_a_database_that_holds_data() {
    await using var first = await PublishedOnPostgresAsync();
    await using var second = new Shell(first.Host.SecondNode());
    (await second.RunAsync("demo")).Refused("holds data already");
    Assert.Equal([1], await first.LiveAsync());
  }

  private static async Task<Shell> PublishedOnPostgresAsync() {
    var shell = await Shell.OpenAsync(Provider.Postgres);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(Rows.Take(300))));
    await shell.PublishedAsync();
    return shell;
  }

  private static string Total(IEnumerable<RawRow> rows) => rows.First(r => r["split_by"] == "total")["count"];

  private static async Task<IReadOnlyList<string>> PublicPages(Shell shell) => [.. (await Porchlight.Host.PublicPages.ListAsync(shell.Host.Services, Ct))
    .Where(page => page == "/" || page.StartsWith("/data", StringComparison.Ordinal)).SelectMany(page => (string[])["/en" + page, "/es" + page]), Counts, Days];

  private static async Task<string> BodyOf(Shell shell, string page) {
    using var answer = await shell.Host.Client.GetAsync(page, Ct);
    var body = await answer.Content.ReadAsStringAsync(Ct);
    return $"{page} {answer.StatusCode} {body.Replace(shell.Host.Client.BaseAddress!.Authority, "", StringComparison.Ordinal)}";
  }

  private static async Task<string> StateAsync(Shell shell) => string.Join('\n', await Task.WhenAll(((string[])[
    "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM restricted.kernel_files t", "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM published.kernel_files t",
    "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM restricted.kernel_documents t", "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM transparency_mappings t",
    "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM transparency_editions t",
    "SELECT (SELECT count(*) FROM restricted.kernel_chunks) + (SELECT count(*) FROM published.kernel_chunks)",
  ]).Select(async sql => Convert.ToString(await SqlAsync(shell, sql), CultureInfo.InvariantCulture))));

  private static Task FailAtAsync(Shell shell, string table, bool atCommit) => SqlAsync(shell, $"""
    CREATE FUNCTION no_power() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no power'; END $$;
    CREATE {(atCommit ? "CONSTRAINT" : "")} TRIGGER no_power {(atCommit ? "AFTER" : "BEFORE")} INSERT OR UPDATE ON {table}
    {(atCommit ? "DEFERRABLE INITIALLY DEFERRED" : "")} FOR EACH ROW EXECUTE FUNCTION no_power();
    """);

  private static async Task<object?> SqlAsync(Shell shell, string sql) {
    await using var connection = new NpgsqlConnection(shell.Host.DatabaseSetting);
    await connection.OpenAsync(Ct);
    await using var command = new NpgsqlCommand(sql, connection);
    return await command.ExecuteScalarAsync(Ct);
  }
}
