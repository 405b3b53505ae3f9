namespace Porchlight.Kernel.Storage;

/// <summary>A lock between processes of one machine: an open file. The system lets go of it when the process dies, however it dies.</summary>
public sealed class FileLock : IDisposable {
  private readonly FileStream _file;
  private FileLock(FileStream file) => _file = file;

  /// <summary>The lock, or null when another holder has it.</summary>
  public static FileLock? TryTake(string path) {
    try {
      return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
    } catch (IOException held) when (IsHeld(held)) {
      return null;
    }
  }

  // flock's EWOULDBLOCK on Linux and macOS; Windows' sharing and lock violations. Anything else is a fault, which waiting would hide
  private static bool IsHeld(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32 or 33;

  /// <summary>Waits for it, asking every few milliseconds. The system has no queue for those who ask: see <see cref="WriteGate"/> for turns.</summary>
  public static async Task<FileLock> TakeAsync(string path, TimeProvider clock, CancellationToken ct) {
    for (var wait = 1; ; wait = Math.Min(wait * 2, 16)) {
      if (TryTake(path) is { } taken) return taken;
      await Task.Delay(TimeSpan.FromMilliseconds(wait), clock, ct);
    }
  }

  /// <inheritdoc/>
  public void Dispose() => _file.Dispose();
}
