using System.Net;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests;

/// <summary>The pages of a department that has not published anything.</summary>
public sealed class NothingPublishedTests {
  [Fact]
  public async Task Pages_say_so_and_link_to_nothing_that_is_not_there() {
    await using var host = await TestHost.StartAsync();
    foreach (var path in (string[])["/", "/data", "/data/crime", "/data/response-times", "/data/areas", "/data/dictionary", "/data/editions"]) {
      var page = (await host.GetAsync("/en" + path)).Is(HttpStatusCode.OK);
      foreach (var link in page.Links.Where(l => l.StartsWith('/')).Select(l => l.Split('#')[0]).Distinct()) {
        using var answer = await host.Client.GetAsync(link);
        Assert.True(answer.IsSuccessStatusCode, $"{path} links to {link}, which answers {(int)answer.StatusCode}");
      }
    }
    (await host.GetAsync("/en/data")).Says("No numbers have been published yet");
    (await host.GetAsync("/en/")).None("#start-area");
    Assert.Equal("""{"type":"FeatureCollection","features":[]}""", await host.Client.GetStringAsync("/data/areas.geojson"));
  }
}
