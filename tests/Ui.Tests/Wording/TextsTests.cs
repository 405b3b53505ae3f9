using System.Text.RegularExpressions;
using System.Xml.Linq;
using Porchlight.Kernel;
using Porchlight.Testing;
using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Tests.Wording;

/// <summary>Every project's texts, read from the sources: a key that one language lacks would be an exception on a resident's page.</summary>
public sealed partial class TextsTests {
  public static TheoryData<string> Projects() =>
    [.. Directory.EnumerateFiles(Repository.At("src"), "Texts.resx", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(f)!)).Order()];

  [Theory, MemberData(nameof(Projects))]
  public void Both_languages_have_the_same_keys_with_the_same_values_to_fill_in(string project) {
    var (english, spanish) = (Read(project, "Texts.resx"), Read(project, "Texts.es.resx"));
    Assert.NotEmpty(english);
    Assert.Equal(english.Keys.Order(), spanish.Keys.Order());
    foreach (var (key, text) in english) {
      Assert.False(string.IsNullOrWhiteSpace(text) || string.IsNullOrWhiteSpace(spanish[key]), $"{project}: \"{key}\" is empty.");
      Assert.True(Holes(text).SetEquals(Holes(spanish[key])), $"{project}: \"{key}\" fills in other values in Spanish.");
    }
  }

  [Theory, MemberData(nameof(Projects))]
  public void Every_key_a_source_asks_for_is_there_and_every_key_there_is_asked_for(string project) {
    var keys = Read(project, "Texts.resx").Keys.ToHashSet();
    var sources = Directory.EnumerateFiles(Repository.At(project), "*", SearchOption.AllDirectories)
      .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)).Select(f => Comment().Replace(File.ReadAllText(f), "")).ToList();
    var asked = sources.SelectMany(f => Asked().Matches(f).Select(m => m.Groups["key"].Value)).ToHashSet();
    Assert.NotEmpty(asked);
    // "error.{kind}.title" stands for every key of that shape; "rows" in T.Count for rows.one and rows.many
    var shapes = asked.Select(key => (Key: key, Shape: Shape(key))).ToList();
    Assert.Equal([], shapes.Where(s => !keys.Any(s.Shape.IsMatch)).Select(s => s.Key));
    // a key may also be chosen first and asked for later: then it stands in a source as a text of its own
    var literals = sources.SelectMany(f => Literal().Matches(f).Select(m => m.Groups["text"].Value)).ToHashSet();
    var made = sources.SelectMany(f => Made().Matches(f).Select(m => m.Groups["text"].Value)).Distinct().Select(Shape).ToList();
    Assert.Equal([], keys.Where(k => !literals.Contains(k) && !literals.Contains(Counted().Replace(k, "")) && !shapes.Any(s => s.Shape.IsMatch(k)) && !made.Any(m => m.IsMatch(k))));
  }

  [Theory, MemberData(nameof(Projects))]
  public void No_text_has_an_em_dash(string project) =>
    Assert.DoesNotContain(Read(project, "Texts.resx").Values.Concat(Read(project, "Texts.es.resx").Values), t => t.Contains('—'));

  [Fact]
  public void A_text_is_in_the_language_of_the_request_and_its_numbers_have_commas() {
    var texts = Texts.Of(typeof(Site));
    Assert.Equal("was 1,200", texts["table.was", 1200]);
    using var _ = Tongue.Spanish();
    Assert.Equal("antes 1,200", texts["table.was", 1200L]);
  }

  [Fact]
  public void A_missing_key_is_an_exception_that_names_it_and_its_file() {
    using var _ = Tongue.Spanish();
    var missing = Assert.Throws<KeyNotFoundException>(() => Texts.Of(typeof(Site))["no.such.key"]);
    Assert.Contains("no.such.key", missing.Message, StringComparison.Ordinal);
    Assert.Contains("Texts.es.resx", missing.Message, StringComparison.Ordinal);
  }

  [Fact]
  public void A_project_without_texts_is_told_so() =>
    Assert.Contains("Texts.resx", Assert.Throws<InvalidOperationException>(() => Texts.Of(typeof(Words))).Message, StringComparison.Ordinal);

  private static Dictionary<string, string> Read(string project, string file) =>
    XDocument.Load(Repository.At(project, file)).Root!.Elements("data").ToDictionary(d => (string)d.Attribute("name")!, d => (string)d.Element("value")!);

  private static Regex Shape(string key) =>
    new("^" + string.Join("[^.]+", Hole().Split(key).Select(Regex.Escape)) + @"(\.one|\.many)?$");

  private static HashSet<string> Holes(string text) => [.. Hole().Matches(text).Select(m => m.Value)];

  [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
  private static partial Regex Comment();

  [GeneratedRegex(@"\{[^}]+\}")]
  private static partial Regex Hole();

  // T["key"], t[$"key.{x}"], Texts.Of(...)["key"], T.Count("key", ...), ErrorMessage = "key"
  [GeneratedRegex(@"(?:\b[Tt]|\btexts|\)\))\[\$?""(?<key>[^""\s][^""]*)""|\b[Tt]\.Count\(\$?""(?<key>[^""]+)""|ErrorMessage = ""(?<key>[\w.-]+)""", RegexOptions.ExplicitCapture)]
  private static partial Regex Asked();

  [GeneratedRegex(@"""(?<text>[a-z][\w.-]+)""", RegexOptions.ExplicitCapture)]
  private static partial Regex Literal();

  [GeneratedRegex(@"\$""(?<text>[a-z]\w*\.[^""]*)""", RegexOptions.ExplicitCapture)]
  private static partial Regex Made();

  [GeneratedRegex(@"\.(one|many)$", RegexOptions.ExplicitCapture)]
  private static partial Regex Counted();
}
