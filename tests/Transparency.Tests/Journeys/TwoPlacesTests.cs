using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Porchlight.Testing;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>What was received and what was let out never mix: with everything received gone, every page is still there.</summary>
public sealed partial class TwoPlacesTests {
  [Fact]
  public async Task Every_page_and_file_is_served_from_published_alone() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(MadeFile.Reports(1200))));
    var edition = await shell.PublishedAsync();
    await shell.ImportedAsync(shell.Write("2.csv", CallFile()), "calls");
    await shell.PublishedAsync("calls");
    Directory.Delete(shell.Restricted, recursive: true);

    var patterns = shell.Host.Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
      .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().ToList();
    Assert.Contains("/data/crime", patterns);
    var pages = patterns.Where(p => p == "/" || p.StartsWith("/data", StringComparison.Ordinal)).Select(p => p.Replace("{code}", "A1", StringComparison.Ordinal)).Where(p => !p.Contains('{', StringComparison.Ordinal)).ToList();
    Assert.True(pages.Count >= 8, string.Join(' ', pages));
    foreach (var page in pages) {
      using var answer = await shell.Host.Client.GetAsync("/en" + page, TestContext.Current.CancellationToken);
      Assert.True(answer.StatusCode == HttpStatusCode.OK || page == "/data/areas.geojson" && answer.StatusCode == HttpStatusCode.NotFound, $"{page}: {answer.StatusCode}");
    }
    // questions that no roll-up answers go to the rows, and find them
    foreach (var page in (string[])["/en/data/crime?period=2026-01-05..2026-01-11&area=A1", "/en/data/crime?period=2026-01-05..2026-01-11&format=csv", "/es/data/response-times?period=2026-01-05..2026-01-20&format=csv"])
      Assert.Equal(HttpStatusCode.OK, (await shell.Host.Client.GetAsync(page, TestContext.Current.CancellationToken)).StatusCode);
    foreach (var file in edition.Files.Where(f => f.Path.EndsWith(".parquet", StringComparison.Ordinal) || f.Path.EndsWith(".json", StringComparison.Ordinal)))
      Assert.Equal(file.Bytes, (await shell.Host.Client.GetByteArrayAsync($"/data/incidents/editions/1/{file.Path}", TestContext.Current.CancellationToken)).Length);
    foreach (var way in (string[])["../../../../restricted/incidents/current.json", "..%2f..%2f..%2f..%2frestricted%2fincidents%2fcurrent.json", "%2e%2e/%2e%2e/porchlight.db", "rollups/counts.bin", "rows/2099-01.parquet"])
      Assert.Equal(HttpStatusCode.NotFound, (await shell.Host.Client.GetAsync($"/data/incidents/editions/1/{way}", TestContext.Current.CancellationToken)).StatusCode);
    await shell.VerifiesAsync();
  }

  [Fact]
  public void No_page_and_no_figure_knows_the_place_of_what_was_received() {
    var module = Repository.At("src", "Modules", "Transparency");
    string[] mayKnow = ["Imports", "Editions", "Demonstration", "Mappings", "Datasets", "Data"];
    // the steward's pages prepare editions by the publisher, and know no place either
    var read = 0;
    foreach (var file in Directory.EnumerateFiles(module, "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))) {
      var folder = Path.GetRelativePath(module, file).Split(Path.DirectorySeparatorChar);
      if (folder.Length > 1 && mayKnow.Contains(folder[0])) continue;
      read++;
      var code = Comment().Replace(File.ReadAllText(file), "");
      foreach (var word in (string[])["RestrictedStore", ".Restricted", "LiveRows", "ImportEngine", "Workbench"])
        Assert.False(code.Contains(word, StringComparison.Ordinal), $"{file} names {word}");
    }
    Assert.True(read > 30);
    // of what makes editions only the publisher, and what it hands the rows to, may
    string[] publishing = ["Publisher", "LiveRows", "Generalised", "Repeated", "AreaPlacing", "EditionLabels"];
    foreach (var type in typeof(RestrictedStore).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("Porchlight.Transparency", StringComparison.Ordinal) == true && t.Namespace != typeof(RestrictedStore).Namespace)) {
      var names = type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).SelectMany(Named);
      var outer = type;
      while (outer.DeclaringType is { } around) outer = around;
      if (names.Contains(typeof(RestrictedStore))) Assert.Contains(outer.Name, publishing);
    }
  }

  private static IEnumerable<Type> Named(MemberInfo member) => member switch {
    FieldInfo field => [field.FieldType],
    PropertyInfo property => [property.PropertyType],
    MethodBase method => method.GetParameters().Select(p => p.ParameterType).Concat(method.GetMethodBody()?.LocalVariables.Select(l => l.LocalType) ?? []),
    _ => [],
  };

  internal static string CallFile(int count = 400) => MadeFile.Of(Enumerable.Range(1, count).Select(n => {
    var at = MadeFile.At(n);
    return FormattableString.Invariant($"26{n:000000},{at:yyyy-MM-dd HH:mm:ss},{at.AddSeconds(60 + n % 90):yyyy-MM-dd HH:mm:ss},{at.AddSeconds(300 + n * 7 % 400):yyyy-MM-dd HH:mm:ss},{at.AddMinutes(50):yyyy-MM-dd HH:mm:ss},Noise Complaint,{1 + n % 3},{(n % 2 == 0 ? "A1" : "B1")}");
  }), "CAD Number,Received,Dispatched,On Scene,Closed,Call Type,Priority,Beat");

  [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
  private static partial Regex Comment();
}
