using System.Xml.Linq;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>Small rules of the house that a machine can read.</summary>
public sealed class HouseRulesTests {
  [Fact]
  public void Every_banned_symbol_says_why_and_what_to_use() {
    var lines = File.ReadAllLines(Repository.At("BannedSymbols.txt")).Where(l => l.Length > 0).ToList();
    Assert.NotEmpty(lines);
    Assert.Empty(HouseRules.BannedWithoutReason(lines));
    Assert.Equal(["P:System.DateTime.Now"], HouseRules.BannedWithoutReason(["P:System.DateTime.Now", "T:X;Use Y, because of Z"]));
  }

  [Fact]
  public void Every_project_has_its_lock_file() {
    Assert.Empty(HouseRules.WithoutLockFile(Repository.Root));
    using var made = new TestFolder();
    Directory.CreateDirectory(made["src/Lending"]);
    made.Write("src/Lending/Lending.csproj", "<Project/>");
    Assert.Equal(["src/Lending/Lending.csproj"], HouseRules.WithoutLockFile(made.Path));
  }

  [Fact]
  public void No_text_for_people_holds_an_em_dash() {
    Assert.Empty(HouseRules.WithEmDash(Repository.Root));
    using var made = new TestFolder();
    Directory.CreateDirectory(made["src"]);
    made.Write("src/Words.resx", "<data>one \u2014 two</data>");
    Assert.Equal(["src/Words.resx"], HouseRules.WithEmDash(made.Path));
  }

  [Fact]
  public void Every_text_is_there_in_English_and_in_Spanish() {
    Assert.Empty(HouseRules.Untranslated(Repository.Root));
    using var made = new TestFolder();
    Directory.CreateDirectory(made["src"]);
    made.Write("src/Words.resx", "<root><data name='Hello'/><data name='Bye'/></root>");
    made.Write("src/Words.es.resx", "<root><data name='Hello'/></root>");
    Assert.Equal(["src/Words.resx: Bye"], HouseRules.Untranslated(made.Path));
  }

  [Fact]
  public void No_version_of_a_package_is_written_outside_the_central_list() {
    Assert.Empty(HouseRules.OwnVersions(Repository.Root));
    using var made = new TestFolder();
    Directory.CreateDirectory(made["src"]);
    made.Write("src/Lending.csproj", "<Project><ItemGroup><PackageReference Include='X' Version='1.0'/></ItemGroup></Project>");
    Assert.Equal(["src/Lending.csproj: X"], HouseRules.OwnVersions(made.Path));
  }

  [Fact]
  public void No_room_is_called_services_helpers_common_or_core() {
    Assert.Empty(HouseRules.NamelessRooms(Repository.Root));
    using var made = new TestFolder();
    Directory.CreateDirectory(made["src/Lending/Helpers"]);
    made.Write("src/Lending/Helpers/Dates.cs", "");
    Assert.Equal(["src/Lending/Helpers/Dates.cs"], HouseRules.NamelessRooms(made.Path));
  }

  [Fact]
  public void Nobody_outside_the_Kernel_asks_which_database_it_is() {
    Assert.Empty(HouseRules.AskingWhichDatabase(Repository.Root));
    using var made = new TestFolder();
    Directory.CreateDirectory(made["src/Kernel"]);
    Directory.CreateDirectory(made["src/Lending"]);
    made.Write("src/Kernel/Gate.cs", "if (db.Database.IsSqlite()) return;");
    made.Write("src/Lending/Book.cs", "if (choice.IsSqlite) return;");
    made.Write("src/Lending/Shelf.cs", "using Npgsql;");
    Assert.Equal(["src/Lending/Book.cs", "src/Lending/Shelf.cs"], HouseRules.AskingWhichDatabase(made.Path).Order(StringComparer.Ordinal));
  }
}

internal static class HouseRules {
  private static readonly string[] Nameless = ["Services", "Helpers", "Common", "Core", "Utils", "Shared"];

  public static IReadOnlyList<string> BannedWithoutReason(IEnumerable<string> lines) =>
    [.. lines.Where(l => l.IndexOf(';', StringComparison.Ordinal) is var at && (at < 0 || l[(at + 1)..].Trim().Length < 10))];

  public static IReadOnlyList<string> WithoutLockFile(string root) =>
    [.. Sources.Files(root, "*.csproj").Where(p => !File.Exists(Path.Combine(root, Path.GetDirectoryName(p)!, "packages.lock.json")))];

  public static IReadOnlyList<string> WithEmDash(string root) =>
    [.. Sources.Files(root, "*.resx", "*.razor", "*.md", "*.json").Where(f => File.ReadAllText(Path.Combine(root, f)).Contains('\u2014'))];

  public static IReadOnlyList<string> Untranslated(string root) =>
    [.. Sources.Files(root, "*.resx").Where(f => !f.EndsWith(".es.resx", StringComparison.Ordinal)).SelectMany(english => {
      var (en, es) = (Keys(root, english), Keys(root, Path.ChangeExtension(english, ".es.resx")));
      return en.Except(es).Concat(es.Except(en)).Select(key => $"{english}: {key}");
    })];

  public static IReadOnlyList<string> OwnVersions(string root) =>
    [.. Sources.Files(root, "*.csproj").SelectMany(f => XDocument.Load(Path.Combine(root, f)).Descendants("PackageReference")
      .Where(r => r.Attribute("Version") is not null || r.Attribute("VersionOverride") is not null).Select(r => $"{f}: {r.Attribute("Include")?.Value}"))];

  public static IReadOnlyList<string> NamelessRooms(string root) =>
    [.. Sources.Files(root, "*.cs", "*.razor").Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.Split('/')[..^1].Intersect(Nameless).Any())];

  public static IReadOnlyList<string> AskingWhichDatabase(string root) =>
    [.. Sources.Files(root, "*.cs").Where(f => f.StartsWith("src/", StringComparison.Ordinal) && !f.StartsWith("src/Kernel/", StringComparison.Ordinal) && !f.StartsWith("src/Migrations.", StringComparison.Ordinal))
      .Where(f => File.ReadAllText(Path.Combine(root, f)) is var code && ((string[])["IsSqlite", "IsNpgsql", "ProviderName", "Npgsql", "Microsoft.Data.Sqlite"]).Any(code.Contains))];

  private static IReadOnlyList<string> Keys(string root, string resx) {
    var path = Path.Combine(root, resx);
    return File.Exists(path) ? [.. XDocument.Load(path).Root!.Elements("data").Select(d => d.Attribute("name")!.Value)] : [];
  }
}
