using System.Diagnostics;

namespace Porchlight.Bench;

/// <summary>From the command to the first answer, and what the server holds when no one asks.</summary>
internal sealed class Start : Benchmark {
  public override string Name => "start";
  public override string Shows => "start to first answer, and idle memory";

  public override async Task RunAsync(Workshop bench) {
    var data = Page.Demonstration(bench);
    var clock = Stopwatch.StartNew();
    using var server = Workshop.Serve(data);
    using var client = new HttpClient();
    (await client.GetAsync(new Uri(server.Url + "/data/crime"))).EnsureSuccessStatusCode();
    var first = clock.Elapsed;
    await Task.Delay(TimeSpan.FromSeconds(10));
    Goal("start-to-first-answer", $"{first.TotalSeconds:0.0} s", "given");
    Goal("idle-memory", $"{Workshop.HighWater(server.Id, "VmRSS:"):0} MB", "given");
  }
}
