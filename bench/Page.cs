using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Porchlight.Bench;

/// <summary>A dashboard page from the cache, against a bare Kestrel endpoint that returns the same bytes, loaded by `wrk` in turn.</summary>
internal sealed class Page : Benchmark {
  public override string Name => "page";
  public override string Shows => "requests a second of a cached page, against a bare Kestrel endpoint with the same bytes (needs wrk)";

  public override async Task RunAsync(Workshop bench) {
    using var server = Workshop.Serve(Demonstration(bench));
    using var client = new HttpClient();
    client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
    var response = await client.GetAsync(new Uri(server.Url + "/data/crime"));
    var bytes = await response.Content.ReadAsByteArrayAsync();
    var encoding = string.Join(", ", response.Content.Headers.ContentEncoding);
    await using var bare = Bare(bytes, encoding, response.Content.Headers.ContentType!.ToString());
    var bareUrl = $"http://localhost:{Server.FreePort()}";
    bare.Urls.Add(bareUrl);
    await bare.StartAsync();
    double ours = 0, theirs = 0;
    for (var round = 0; round < 3; round++) {
      theirs = Math.Max(theirs, Load(bareUrl + "/", 8));
      ours = Math.Max(ours, Load(server.Url + "/data/crime", 8));
    }
    var uncached = Load(server.Url + "/data/crime", 5, fresh: true);
    Say($"{bytes.Length:N0} bytes ({encoding}): cached {ours:0} requests/s, bare Kestrel {theirs:0}, uncached {uncached:0}");
    Goal("cached-page", (ours / theirs * 100).ToString("0", CultureInfo.InvariantCulture) + "%", "at least 70%");
  }

  internal static string Demonstration(Workshop bench) {
    var data = Path.Combine(bench.Folder, "demonstration");
    if (!Directory.Exists(Path.Combine(data, "published", "calls"))) Workshop.Verb(data, "demo");
    return data;
  }

  private static WebApplication Bare(byte[] bytes, string encoding, string type) {
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    var app = builder.Build();
    app.MapGet("/", context => {
      context.Response.ContentType = type;
      context.Response.ContentLength = bytes.Length;
      if (encoding.Length > 0) context.Response.Headers.ContentEncoding = encoding;
      return context.Response.Body.WriteAsync(bytes).AsTask();
    });
    return app;
  }

  // with `fresh`, every request asks for other days, which no cache holds
  private double Load(string url, int seconds, bool fresh = false) {
    var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
    foreach (var word in (string[])["-t1", "-c32", $"-d{seconds}s", "-H", "Accept-Encoding: br", url]) start.ArgumentList.Add(word);
    if (fresh) {
      var script = Path.Combine(Path.GetTempPath(), "porchlight-fresh.lua");
      File.WriteAllText(script, "n = 0\nrequest = function() n = n + 1 return wrk.format('GET', wrk.path .. '?x=' .. n) end\n");
      start.ArgumentList.Insert(0, script);
      start.ArgumentList.Insert(0, "-s");
    }
    using var process = Process.Start(start) ?? throw new InvalidOperationException("wrk is not installed: apt-get install wrk");
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    var line = output.Split('\n').First(l => l.StartsWith("Requests/sec:", StringComparison.Ordinal));
    return double.Parse(line["Requests/sec:".Length..].Trim(), CultureInfo.InvariantCulture);
  }
}
