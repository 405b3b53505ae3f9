using System.Globalization;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Editions;

/// <summary>What is asked before the public sees it, and when there is nothing to show.</summary>
public sealed class PublishVerbTests {
  private static readonly string[] Publish = ["publish", "incidents", "--reason", "What was recorded."];

  [Fact]
  public async Task What_did_not_change_makes_no_edition_and_what_did_makes_one() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(200);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    Assert.Equal(1, (await shell.PublishedAsync()).Number);
    await Same(1);
    // the same rows in another order are another file, and say nothing new
    await shell.ImportedAsync(shell.Write("2.csv", MadeFile.Of(rows.AsEnumerable().Reverse())));
    await Same(1);
    rows[4] = MadeFile.Report(5, MadeFile.At(5), beat: "Z1");
    await shell.ImportedAsync(shell.Write("3.csv", MadeFile.Of(rows)));
    Assert.Equal(2, (await shell.PublishedAsync()).Number);
    await Same(2);
    (await shell.RunAsync("import", "protected-addresses", shell.Write("shelters.txt", "1300 MAIN ST\n"))).Done();
    Assert.Equal(3, (await shell.PublishedAsync()).Number);
    (await shell.RunAsync("import", "areas", shell.Write("beats.geojson", Map("A1", "Northtown")))).Done();
    Assert.Equal(4, (await shell.PublishedAsync()).Number);
    (await shell.RunAsync("import", "areas", shell.Write("beats.geojson", Map("A1", "Northtown")), "--name", "CODE", "--from", "always")).Done();
    Assert.Equal(5, (await shell.PublishedAsync()).Number);
    await Same(5);
    Assert.Equal(6, (await shell.PublishedAsync(more: "--even-if-unchanged")).Number);
    // an edition whose files are gone is no edition to rest on
    Directory.Delete(Path.Combine(shell.Host.Folder.Published, "incidents", "editions", "0006"), recursive: true);
    Assert.Equal(7, (await shell.PublishedAsync()).Number);

    async Task Same(int number) {
      var said = (await shell.RunAsync([.. Publish, "--unattended"])).Done();
      Assert.Contains($"Nothing has changed since edition {number} of incidents, so there is no new one.", said.Out, StringComparison.Ordinal);
      Assert.Equal(number, shell.Newest("incidents").Number);
    }
  }

  [Fact]
  public async Task A_mapping_put_right_is_a_change() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200)));
    await shell.ImportedAsync(file);
    await shell.PublishedAsync();
    var mapping = shell.PathOf("mapping.json");
    (await shell.ImportAsync(file, more: ["--save-mapping", mapping])).Done();
    var text = await File.ReadAllTextAsync(mapping, TestContext.Current.CancellationToken);
    Assert.Contains("\"220\"", text, StringComparison.Ordinal);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200))), more: ["--mapping", shell.Write("mapping.json", text.Replace("\"220\"", "\"290\"", StringComparison.Ordinal))]);
    Assert.Equal(2, (await shell.PublishedAsync()).Number);
    Assert.Equal(0, shell.Rows("type = '220'"));
  }

  [Fact]
  public async Task A_person_is_asked_once_something_can_be_published_and_only_a_yes_publishes() {
    await using var shell = await Shell.OpenAsync();
    var early = await shell.Host.RunVerbAnsweringAsync(["y"], Publish);
    early.Refused("Nothing of incidents has been imported yet. Import a file first: porchlight import incidents FILE --source NAME.");
    Assert.DoesNotContain("[y/N]", early.Out, StringComparison.Ordinal);
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200))));
    foreach (var answer in (string[])["", "n", "maybe"]) {
      var no = await shell.Host.RunVerbAnsweringAsync([answer], Publish);
      no.Refused("Not confirmed, so nothing was published.");
      Assert.Contains("Publish incidents to the public now? [y/N]", no.Out, StringComparison.Ordinal);
    }
    (await shell.RunAsync(Publish)).Refused("Say --unattended to publish without being asked.");
    Assert.False(Directory.Exists(Path.Combine(shell.Host.Folder.Published, "incidents")));
    (await shell.Host.RunVerbAnsweringAsync(["y"], Publish)).Done();
    Assert.Equal(200, shell.Newest("incidents").Rows);
  }

  [Fact]
  public async Task Where_most_rows_have_no_place_on_the_map_a_person_is_asked_again_and_a_script_goes_on_and_hears_it() {
    await using var shell = await Shell.OpenAsync();
    // the map of another town
    (await shell.RunAsync("import", "areas", shell.Write("beats.geojson", Map("T9", "Elsewhere")))).Done();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200))));
    var no = await shell.Host.RunVerbAnsweringAsync(["y", "n"], Publish);
    no.Refused("Not confirmed, so nothing was published.");
    Assert.Contains("200 of 200 rows have no place on the map", no.Error, StringComparison.Ordinal);
    Assert.Contains("Most rows have no place on the map. Publish them all the same? [y/N]", no.Out, StringComparison.Ordinal);
    Assert.False(Directory.Exists(Path.Combine(shell.Host.Folder.Published, "incidents")));
    Assert.Equal(ExitCodes.Done, (await shell.Host.RunVerbAnsweringAsync(["y", "y"], Publish)).Exit);
    var script = (await shell.RunAsync([.. Publish, "--unattended", "--even-if-unchanged"])).Done();
    Assert.Contains("IS IT THE RIGHT MAP?", script.Error, StringComparison.Ordinal);
    Assert.DoesNotContain("[y/N]", script.Out, StringComparison.Ordinal);
    Assert.Equal(2, shell.Newest("incidents").Number);
  }

  [Fact]
  public async Task A_map_that_places_most_rows_asks_nothing_more() {
    await using var shell = await Shell.OpenAsync();
    (await shell.RunAsync("import", "areas", shell.Write("beats.geojson", Map("A1", "Northtown", "A2", "Southtown")))).Done();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(200))));
    var said = (await shell.Host.RunVerbAnsweringAsync(["y"], Publish)).Done();
    Assert.Contains(" rows have no place on the map", said.Error, StringComparison.Ordinal);
    Assert.DoesNotContain("RIGHT MAP", said.Error, StringComparison.Ordinal);
    Assert.Equal(1, said.Out.Split("[y/N]").Length - 1);
  }

  // squares side by side
  private static string Map(params string[] codesAndNames) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', codesAndNames.Chunk(2).Select((a, i) => {
    var (west, east) = ((-100 + i * 0.01m).ToString(CultureInfo.InvariantCulture), (-99.99m + i * 0.01m).ToString(CultureInfo.InvariantCulture));
    return $$$"""{"type":"Feature","properties":{"CODE":"{{{a[0]}}}","NAME":"{{{a[1]}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{west}}},40],[{{{east}}},40],[{{{east}}},40.01],[{{{west}}},40.01],[{{{west}}},40]]]}}""";
  }))}}]}""";
}
