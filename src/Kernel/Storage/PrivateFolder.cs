namespace Porchlight.Kernel.Storage;

/// <summary>Folders and files that only the program's own user reads.</summary>
public static class PrivateFolder {
  private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

  /// <summary>Makes it where it is missing.</summary>
  public static void Make(string path) {
    if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
    else Directory.CreateDirectory(path, Owner);
  }

  /// <summary>A new file to write; an exception where there is one.</summary>
  public static FileStream NewFile(string path) {
    FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
    if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    return new(path, options);
  }
}
