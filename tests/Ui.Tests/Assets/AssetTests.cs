using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Porchlight.Testing;
using Porchlight.Ui.Assets;

namespace Porchlight.Ui.Tests.Assets;

public sealed partial class AssetTests {
  private static readonly string Folder = Repository.At("src", "Ui", "wwwroot", "assets");

  [Fact]
  public void A_name_finds_its_hashed_address() {
    var names = new AssetNames(() => ["assets/house-0123abcd.css", "assets/house-0123abcd.css.gz", "assets/find-me-ABCD2345.js", "other/house.css"]);
    Assert.Equal("/assets/house-0123abcd.css", names["house.css"]);
    Assert.Equal("/assets/find-me-ABCD2345.js", names["find-me.js"]);
    Assert.Contains("house.scss", Assert.Throws<KeyNotFoundException>(() => names["house.scss"]).Message, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("/assets/house-0123abcd.css", true)]
  [InlineData("/assets/public-sans-latin-wght-normal-ANOH7ZEW.woff2", true)]
  [InlineData("/assets/house.css", false)]
  [InlineData("/data/house-0123abcd.css", false)]
  [InlineData("/assets/x/house-0123abcd.css", false)]
  public void Only_what_is_named_by_its_content_may_be_kept_for_ever(string path, bool kept) => Assert.Equal(kept, AssetNames.IsHashed(path));

  [Fact]
  public void Every_icon_used_is_in_the_sprite() {
    var listed = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Repository.At("src", "Ui", "client", "icons.json")))!;
    var drawn = XDocument.Load(Only("icons-*.svg")).Root!.Elements().Select(s => (string)s.Attribute("id")!).ToList();
    Assert.Equal(listed.Order(), drawn.Order());
    var used = Directory.EnumerateFiles(Repository.At("src"), "*.razor", SearchOption.AllDirectories).SelectMany(f => UsedIcon().Matches(File.ReadAllText(f))).Select(m => m.Groups["name"].Value).ToHashSet();
    Assert.True(used.Count > 8, string.Join(' ', used));
    Assert.Empty(used.Except(drawn));
  }

  [Fact]
  public void Every_symbol_of_the_sprite_draws_something() =>
    Assert.All(XDocument.Load(Only("icons-*.svg")).Root!.Elements(), s => Assert.True(s.Attribute("viewBox") is not null && s.Descendants().Any(d => ((string?)d.Attribute("d"))?.Length > 5), (string?)s.Attribute("id")));

  [Fact]
  public void Everything_the_sheet_names_is_there_and_nothing_comes_from_elsewhere() {
    var sheet = File.ReadAllText(Only("house-*.css"));
    var named = Address().Matches(sheet).Select(m => m.Groups["file"].Value).Where(f => f.Length > 0).Distinct().ToList();
    Assert.True(named.Count > 5, string.Join(' ', named));
    Assert.All(named, f => Assert.True(File.Exists(Path.Combine(Folder, f)), f));
    Assert.DoesNotContain("http", sheet.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    Assert.DoesNotContain("!important;display:none", sheet, StringComparison.Ordinal);
  }

  [Fact]
  public void A_first_visit_fits_in_the_budget() {
    var (sheet, icons, sans, serif) = (Sent(Only("house-*.css")), Sent(Only("icons-*.svg")), Size("public-sans-*.woff2"), Size("source-serif-4-latin-600-*.woff2"));
    var street = Sent(Only("street-*.svg", f => !f.Contains("far", StringComparison.Ordinal))) + Sent(Only("street-far-*.svg"));
    var scripts = Directory.EnumerateFiles(Folder, "*.js").Sum(Sent);
    Assert.InRange(sheet, 4_000, 16_000);
    Assert.InRange(street, 500, 6_000);
    Assert.InRange(scripts, 100, 15_000);
    // the home page's markup, with every area in its select, is under 10 KB
    Assert.InRange(sheet + icons + sans + serif + street + scripts + 10_000, 50_000, 100_000);
  }

  private static string Only(string pattern, Func<string, bool>? where = null) => Directory.EnumerateFiles(Folder, pattern).Single(where ?? (_ => true));
  private static long Size(string pattern) => new FileInfo(Only(pattern)).Length;

  // As the published program sends it
  private static long Sent(string file) {
    using var sent = new MemoryStream();
    using (var brotli = new BrotliStream(sent, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(File.ReadAllBytes(file));
    return sent.Length;
  }

  // <Icon Name="x">, ("x", null) in a state's look, the two arrows of a sorted column
  [GeneratedRegex(@"(?<=<Icon Name="")(?<name>\w+)""|\(""(?<name>[a-z_]+)"", (?:null|""state-)|""(?<name>arrow_\w+)""", RegexOptions.ExplicitCapture)]
  private static partial Regex UsedIcon();

  [GeneratedRegex(@"url\([""']?\.?/?(?<file>[^""')]*)[""']?\)", RegexOptions.ExplicitCapture)]
  private static partial Regex Address();
}
