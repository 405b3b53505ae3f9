using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>What the shell hears: exit codes, the closing line, and messages that say what to do.</summary>
public sealed class VerbTests {
  [Fact]
  public async Task A_department_that_has_said_nothing_of_itself_imports_publishes_and_shows_its_pages() {
    await using var shell = await Shell.OpenAsync();
    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200))));
    Assert.Equal((200, 0), (import.In, import.Aside));
    Assert.Equal(200, (await shell.PublishedAsync()).Rows);
    foreach (var page in (string[])["/", "/data", "/data/crime", "/data/areas", "/data/areas/A1", "/data/dictionary", "/data/editions", "/es/data/crime"])
      (await shell.Host.GetAsync(page)).Is(System.Net.HttpStatusCode.OK);
    var csv = await shell.CsvAsync("/en/data/crime?period=2026-01-01..2026-03-01&format=csv");
    Assert.Equal("200", csv.Single(r => r["split_by"] == "total")["count"]);
  }

  [Fact]
  public async Task Wrong_words_end_with_2_and_refusals_with_1() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(40)));
    foreach (var words in (string[][])[
      ["import", "incidents", file], ["import"], ["import", "incidents", file, "--source", "x", "--cover", "sometimes"], ["import", "incidents", file, "--source", "x", "--nothing"],
      ["publish", "incidents", "--unattended"], ["publish"], ["verify", "incidents", "calls"],
    ]) Assert.Equal(ExitCodes.Usage, (await shell.RunAsync(words)).Exit);
    (await shell.ImportAsync(file, "burglaries")).Refused("There is no dataset \"burglaries\". Use one of: incidents, calls.");
    (await shell.ImportAsync(shell.PathOf("none.csv"))).Refused("There is no file");
    foreach (var source in (string[])["", " ", new('x', 81)]) (await shell.ImportAsync(file, source: source)).Refused("Say whose export it is with --source");
    (await shell.ImportAsync(shell.Restricted)).Refused("is a folder. Name one file in it.");
    (await shell.ImportAsync(file, more: ["--time-zone", "Mars/Olympus"])).Refused("\"Mars/Olympus\" is not a time zone");
    (await shell.RunAsync("publish", "burglaries", "--reason", "x", "--unattended")).Refused("There is no dataset");
    (await shell.RunAsync("publish", "incidents", "--reason", " ", "--unattended")).Refused("Say why in --reason");
    (await shell.RunAsync("publish", "incidents", "--reason", "x")).Refused("Nothing of incidents has been imported yet. Import a file first");
    (await shell.RunAsync("verify", "burglaries")).Refused("There is no dataset");
  }

  [Theory]
  [InlineData("export[1].csv")]
  [InlineData("it's.csv")]
  [InlineData("all of {a,b}.csv")]
  [InlineData("ñandú ; --.csv")]
  public async Task A_files_name_and_a_sources_may_be_anything(string name) {
    await using var shell = await Shell.OpenAsync();
    var import = await shell.ImportedAsync(shell.Write(name, MadeFile.Of(MadeFile.Reports(40))), source: name);
    Assert.Equal((40, 0), (import.In, import.Aside));
    Assert.Equal(name, (await shell.PublishedAsync()).Sources.Single().Name);
  }

  [Fact]
  public async Task One_of_anything_is_said_as_one() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(40);
    rows[3] = MadeFile.Report(4, MadeFile.At(4), offense: "Xyzzy");
    rows[7] = MadeFile.Report(8, MadeFile.At(8), beat: "");
    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)), more: ["--cover", "rolling"]);
    Assert.Contains("1 value no map knows, on 1 row, goes in as unmapped", import.Said, StringComparison.Ordinal);
    Assert.Contains("1 row has no area code; it is placed by its point if there is one.", import.Said, StringComparison.Ordinal);
    Assert.Contains("1 address is protected", (await shell.RunAsync("import", "protected-addresses", shell.Write("shelters.txt", "1300 MAIN ST\n"))).Done().Out, StringComparison.Ordinal);
    await shell.PublishedAsync();
    Assert.Contains("1 edition checked, 0 with findings", (await shell.RunAsync("verify")).Done().Out, StringComparison.Ordinal);
    Assert.Contains("The file's one row cannot be used", (await shell.ImportAsync(shell.Write("2.csv", MadeFile.Of([rows[0].Replace("2026-", "2036-", StringComparison.Ordinal)])))).Error, StringComparison.Ordinal);
  }

  [Fact]
  public async Task Rows_in_and_rows_set_aside_are_always_all_rows() {
    await using var shell = await Shell.OpenAsync();
    var random = new Random(4);
    for (var round = 0; round < 6; round++) {
      var rows = MadeFile.Reports(80, round * 100 + 1);
      for (var i = 0; i < rows.Count; i++) {
        rows[i] = random.Next(8) switch {
          0 => rows[i][..rows[i].LastIndexOf(',')],
          1 => rows[i] + ",more",
          2 => rows[i].Replace("2026", "20x6", StringComparison.Ordinal),
          3 => rows[i].Replace(" MAIN", " \"M\" AIN", StringComparison.Ordinal),
          4 when i % 4 == 0 => rows[i].Replace("2026-", "2036-", StringComparison.Ordinal),
          _ => rows[i],
        };
      }
      var import = await shell.ImportedAsync(shell.Write($"{round}.csv", MadeFile.Of(rows)), source: $"s{round}");
      Assert.Equal(80, import.In + import.Aside);
      Assert.True(import.Aside > 0);
      Assert.Equal(import.Aside, File.ReadLines(import.AsideFile!).Count() - 1);
    }
  }
}
