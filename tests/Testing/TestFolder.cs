namespace Porchlight.Testing;

/// <summary>A new folder under the system's temporary one, gone with everything in it when disposed.</summary>
public sealed class TestFolder : IDisposable {
  /// <summary>Its full path.</summary>
  public string Path { get; } = Directory.CreateTempSubdirectory("porchlight-test-").FullName;

  /// <summary>The path of something in it, which need not exist.</summary>
  public string this[string name] => System.IO.Path.Combine(Path, name);

  /// <summary>Writes a file in it and returns the file's path.</summary>
  public string Write(string name, string text) {
    File.WriteAllText(this[name], text);
    return this[name];
  }

  /// <inheritdoc/>
  public void Dispose() => Directory.Delete(Path, recursive: true);
}
