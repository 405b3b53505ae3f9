namespace Porchlight.Testing;

/// <summary>Where the sources are, for tests that read them.</summary>
public static class Repository {
  /// <summary>The folder of Porchlight.slnx.</summary>
  public static string Root { get; } = Find();

  /// <summary>A path under the root.</summary>
  public static string At(params string[] path) => Path.Combine([Root, .. path]);

  /// <summary>A real public file of the reference folder beside the repository. Where it is not there, the test is skipped.</summary>
  public static string SharedData(params string[] path) {
    var file = At(["..", "shared", "data", .. path]);
    Assert.SkipUnless(File.Exists(file), $"The reference folder beside the repository does not hold {string.Join('/', path)}.");
    return file;
  }

  private static string Find() {
    var at = new DirectoryInfo(AppContext.BaseDirectory);
    while (at is not null && !File.Exists(Path.Combine(at.FullName, "Porchlight.slnx"))) at = at.Parent;
    return at?.FullName ?? throw new InvalidOperationException("Run the tests from a build inside the repository.");
  }
}
