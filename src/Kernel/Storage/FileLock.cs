namespace Porchlight.Kernel.Storage;

/// <summary>A lock between processes of one machine: an open file. The system lets go of it when the process dies, however it dies.</summary>
public sealed class FileLock : IDisposable {
  private readonly FileStream _file;
  private FileLock(FileStream file) => _file = file;

  /// <summary>The lock, or null when another holder has it.</summary>
  public static FileLock? TryTake(string path) {
    try {
      return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
    } catch (IOException) when (File.Exists(path)) {
      return null;
    }
  }

  /// <summary>Waits its turn, asking every few milliseconds.</summary>
  public static async Task<FileLock> TakeAsync(string path, TimeProvider clock, CancellationToken ct) {
    for (var wait = 2; ; wait = Math.Min(wait * 2, 50)) {
      if (TryTake(path) is { } taken) return taken;
      await Task.Delay(TimeSpan.FromMilliseconds(wait), clock, ct);
    }
  }

  /// <inheritdoc/>
  public void Dispose() => _file.Dispose();
}
