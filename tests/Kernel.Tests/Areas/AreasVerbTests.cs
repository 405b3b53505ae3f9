using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Verbs;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Areas;

public sealed class AreasVerbTests {
  private static readonly string TwoBeats = GeoJson.Text(GeoJson.Square(0, 0, properties: new { beat = "A1", pop = 5 }), GeoJson.Square(1, 0, properties: new { beat = "A2", pop = 7 }));

  [Fact]
  public async Task The_verb_says_what_it_added_what_it_read_and_that_a_second_time_changes_nothing() {
    await using var host = await TestHost.StartAsync();
    using var folder = new TestFolder();
    var file = folder.Write("beats.geojson", TwoBeats);
    var added = (await Run(host, file, "--from", "2012-12-19")).Done().Out;
    Assert.Contains("Added: 2 areas from 2012-12-19.", added, StringComparison.Ordinal);
    Assert.Contains("features 2, code beat, name (none), district (none), population pop", added, StringComparison.Ordinal);
    Assert.Contains("Nothing was changed.", (await Run(host, file, "--from", "2012-12-19")).Done().Out, StringComparison.Ordinal);
    Assert.Contains("Corrected: these 2 areas replace the boundaries from 2012-12-19.", (await Run(host, file, "--from", "2012-12-19", "--population", "")).Done().Out, StringComparison.Ordinal);
  }

  [Fact]
  public async Task Always_is_a_day_too() {
    await using var host = await TestHost.StartAsync();
    using var folder = new TestFolder();
    var said = (await Run(host, folder.Write("beats.geojson", TwoBeats), "--from", "always", "--population", "")).Done().Out;
    Assert.Contains("Added: 2 areas for all days.", said, StringComparison.Ordinal);
    Assert.Contains("Without a population no rate per resident is shown.", said, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("12/19/2012")]
  [InlineData("2012-13-01")]
  [InlineData("soon")]
  public async Task A_day_that_cannot_be_read_is_refused(string day) {
    await using var host = await TestHost.StartAsync();
    using var folder = new TestFolder();
    (await Run(host, folder.Write("beats.geojson", TwoBeats), "--from", day)).Refused("Write the day as 2026-01-01, or always.");
  }

  [Fact]
  public async Task A_file_that_is_not_there_or_not_usable_is_refused() {
    await using var host = await TestHost.StartAsync();
    using var folder = new TestFolder();
    (await Run(host, folder["none.geojson"])).Refused("There is no file");
    (await Run(host, folder.Write("beats.csv", "beat\nA1\n"))).Refused("The file is not GeoJSON");
    (await Run(host, folder.Write("beats.geojson", TwoBeats), "--code", "BEAT")).Refused("No feature has a property \"BEAT\".");
  }

  private static async Task<VerbResult> Run(TestHost host, params string[] words) {
    var (output, error) = (new StringWriter(), new StringWriter());
    var verbs = new VerbHost((_, _) => Task.FromResult(host.Services), output, error);
    var verb = AreasVerb.Make(verbs);
    verb.Options.Add(verbs.Data);
    return new(await verb.Parse(words).InvokeAsync(new() { Output = output, Error = error }), output.ToString(), error.ToString());
  }
}
