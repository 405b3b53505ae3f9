using Porchlight.Kernel.Blobs;

namespace Porchlight.Kernel.Storage;

/// <summary>
/// Where everything a department keeps lies. <see cref="Restricted"/> (what was received) and <see cref="Published"/> (what disclosure
/// control let out) never mix: public pages are given <see cref="Published"/> alone.
/// </summary>
public sealed class DataFolder {
  /// <summary>Opens the folder, making it and its rooms when missing. The folder is the owner's alone.</summary>
  public DataFolder(string root) {
    Root = Path.GetFullPath(root);
    foreach (var folder in (string[])[Root, Restricted, Published, Staging]) {
      if (Directory.Exists(folder)) continue;
      if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
      else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
  }

  /// <summary>The folder given by <c>--data</c>.</summary>
  public string Root { get; }
  /// <summary>What was received; never opened by a public page.</summary>
  public string Restricted => Path.Combine(Root, "restricted");
  /// <summary>What disclosure control let out.</summary>
  public string Published => Path.Combine(Root, "published");
  /// <summary>Anything unfinished, on the same volume; emptied at start.</summary>
  public string Staging => Path.Combine(Root, "staging");

  /// <summary>A new, empty folder for unfinished work; removed with what is in it when disposed.</summary>
  public StagingFolder NewStaging() => new(Path.Combine(Staging, Guid.CreateVersion7().ToString("N")));

  /// <summary>The folder of a place of blobs.</summary>
  public string Of(BlobPlace place) => place switch { BlobPlace.Restricted => Restricted, _ => Published };
}

/// <summary>Unfinished work. What is not moved out of it before it is disposed is gone.</summary>
public sealed class StagingFolder : IDisposable {
  private const string LockSuffix = ".lock";
  private readonly FileLock _held;

  internal StagingFolder(string path) {
    Path = path;
    // held before the folder is there and while the work goes on, so that another process's start-up sweep leaves it alone
    _held = FileLock.TryTake(path + LockSuffix) ?? throw new IOException($"{path} is taken");
    Directory.CreateDirectory(path);
  }

  /// <summary>Its full path.</summary>
  public string Path { get; }

  /// <inheritdoc/>
  public void Dispose() {
    if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    _held.Dispose();
    File.Delete(Path + LockSuffix);
  }

  /// <summary>Removes what crashed work left behind; what a living process still holds stays.</summary>
  public static void Sweep(DataFolder folder) {
    foreach (var path in Directory.GetFileSystemEntries(folder.Staging).Select(left => left.EndsWith(LockSuffix, StringComparison.Ordinal) ? left[..^LockSuffix.Length] : left).Distinct()) {
      using var mine = FileLock.TryTake(path + LockSuffix);
      if (mine is null) continue;
      if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
      else File.Delete(path);
      File.Delete(path + LockSuffix);
    }
  }
}
