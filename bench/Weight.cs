using System.Text.RegularExpressions;

namespace Porchlight.Bench;

/// <summary>What a first visit moves over the wire: the page and everything it names, compressed as a browser asks for it.</summary>
internal sealed partial class Weight : Benchmark {
  public override string Name => "weight";
  public override string Shows => "bytes over the wire of a first visit, fonts and script included";

  public override async Task RunAsync(Workshop bench) {
    using var server = Workshop.Serve(Page.Demonstration(bench));
    using var client = new HttpClient();
    client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
    double heaviest = 0, script = 0;
    foreach (var path in (string[])["/", "/data", "/data/crime", "/data/response-times", "/data/areas", "/data/areas/B12", "/data/dictionary", "/data/editions"]) {
      var (total, scripts) = await Visit(client, server.Url, path);
      Say($"{path,-22} {total / 1000.0,6:0.0} KB, script {scripts / 1000.0:0.0} KB");
      (heaviest, script) = (Math.Max(heaviest, total), Math.Max(script, scripts));
    }
    Goal("first-visit", $"{heaviest / 1000:0.0} KB", "at most 100 KB");
    Goal("first-visit-script", $"{script / 1000:0.0} KB", "at most 15 KB");
  }

  private static async Task<(double Total, double Scripts)> Visit(HttpClient client, string url, string path) {
    var html = await Fetch(client, url + path);
    double total = html.Bytes, scripts = 0;
    // fonts are named in the sheet; a browser fetches the Latin faces that the page's text uses: those that are preloaded or in the first rules
    var named = Links().Matches(html.Text).Select(m => m.Groups["href"].Value).Where(h => h.StartsWith('/') && Asset().IsMatch(h)).ToHashSet();
    foreach (var sheet in named.Where(n => n.Contains(".css", StringComparison.Ordinal)).ToList())
      foreach (Match font in Fonts().Matches((await Fetch(client, url + sheet)).Text))
        named.Add(font.Groups["href"].Value.StartsWith('/') ? font.Groups["href"].Value : new Uri(new Uri(url + sheet), font.Groups["href"].Value).AbsolutePath);
    foreach (var asset in named) {
      var (bytes, _) = await Fetch(client, url + asset.Split('#')[0]);
      total += bytes;
      if (asset.Contains(".js", StringComparison.Ordinal)) scripts += bytes;
    }
    return (total, scripts);
  }

  private static async Task<(int Bytes, string Text)> Fetch(HttpClient client, string url) {
    using var response = await client.GetAsync(new Uri(url));
    var bytes = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    using Stream plain = response.Content.Headers.ContentEncoding.Contains("br") ? new System.IO.Compression.BrotliStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress) : new MemoryStream(bytes);
    using var reader = new StreamReader(plain);
    return (bytes.Length, await reader.ReadToEndAsync());
  }

  [GeneratedRegex("(?:href|src)=\"(?<href>[^\"]+)\"", RegexOptions.ExplicitCapture)]
  private static partial Regex Links();

  [GeneratedRegex(@"\.(css|js|svg|woff2|png|ico)(#|\?|$)", RegexOptions.ExplicitCapture)]
  private static partial Regex Asset();

  [GeneratedRegex(@"url\(""?(?<href>[^"")]+\.woff2)""?\)", RegexOptions.ExplicitCapture)]
  private static partial Regex Fonts();
}
