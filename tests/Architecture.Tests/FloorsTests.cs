using System.Xml.Linq;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>Law 1: project references follow the floors: Host, Migrations, Modules, Ui, Kernel, Contracts.</summary>
public sealed class FloorsTests {
  [Fact]
  public void Every_project_references_only_floors_below_its_own() {
    var projects = ProjectFile.ReadAll(Repository.Root);
    Assert.Contains(projects, p => p.Path == "src/Host/Host.csproj");
    Assert.Empty(Floors.Broken(projects));
  }

  [Theory]
  [InlineData("src/Modules/Tips/Tips.csproj", "src/Modules/Accounts/Accounts.csproj")]
  [InlineData("src/Kernel/Kernel.csproj", "src/Ui/Ui.csproj")]
  [InlineData("src/Contracts/Contracts.csproj", "src/Kernel/Kernel.csproj")]
  [InlineData("src/Ui/Ui.csproj", "src/Modules/Tips/Tips.csproj")]
  [InlineData("src/Modules/Tips/Tips.csproj", "src/Host/Host.csproj")]
  [InlineData("src/Migrations.Sqlite/Migrations.Sqlite.csproj", "src/Migrations.Postgres/Migrations.Postgres.csproj")]
  [InlineData("src/Host/Host.csproj", "tests/Testing/Testing.csproj")]
  public void A_reference_upward_or_to_the_same_floor_is_reported(string from, string to) =>
    Assert.Equal([$"{from} references {to}, which is not below it."], Floors.Broken([new(from, [to])]));

  [Fact]
  public void A_project_in_a_room_that_the_plan_does_not_know_is_reported() =>
    Assert.Equal(["src/Services/Services.csproj stands in no room of the plan."], Floors.Broken([new("src/Services/Services.csproj", [])]));
}

/// <summary>A project and what it references, as paths from the root with forward slashes.</summary>
internal sealed record ProjectFile(string Path, IReadOnlyList<string> References) {
  public static IReadOnlyList<ProjectFile> ReadAll(string root) =>
    [.. Sources.Files(root, "*.csproj").Select(file => new ProjectFile(file, [.. XDocument.Load(System.IO.Path.Combine(root, file)).Descendants("ProjectReference")
      .Select(r => Normal(root, file, r.Attribute("Include")!.Value))]))];

  private static string Normal(string root, string file, string include) => System.IO.Path.GetRelativePath(root,
    System.IO.Path.GetFullPath(System.IO.Path.Combine(root, System.IO.Path.GetDirectoryName(file)!, include.Replace('\\', '/')))).Replace('\\', '/');
}

internal static class Floors {
  private static readonly string[][] Bottom = [["src/Contracts/"], ["src/Kernel/"], ["src/Ui/"], ["src/Modules/"], ["src/Migrations."], ["src/Host/"],
    ["tests/Testing/"], ["tests/", "scripts/", "bench/"]];

  public static IReadOnlyList<string> Broken(IEnumerable<ProjectFile> projects) => [.. projects.SelectMany(p => Floor(p.Path) is not { } own
    ? [$"{p.Path} stands in no room of the plan."]
    : p.References.Where(r => !(Floor(r) < own)).Select(r => $"{p.Path} references {r}, which is not below it."))];

  private static int? Floor(string path) {
    var floor = Array.FindIndex(Bottom, rooms => rooms.Any(room => path.StartsWith(room, StringComparison.Ordinal)));
    return floor < 0 ? null : floor;
  }
}
