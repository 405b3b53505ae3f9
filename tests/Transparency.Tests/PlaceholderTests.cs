namespace Porchlight.Transparency.Tests;

public sealed class PlaceholderTests {
  [Fact] public void The_suite_runs() => Assert.NotEmpty(Porchlight.Host.ModuleList.All);
}
