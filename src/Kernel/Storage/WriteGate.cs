namespace Porchlight.Kernel.Storage;

/// <summary>
/// One writer at a time on SQLite: competing writers starve for seconds in its busy handler. Inside the process a fair queue, between
/// processes (a verb beside a running server) a lock file. PostgreSQL needs neither, and passes at once.
/// </summary>
public sealed class WriteGate(string? lockFile, TimeProvider clock) : IDisposable {
  private readonly SemaphoreSlim _queue = new(1, 1);

  /// <summary>Waits its turn; dispose the turn to let the next writer in.</summary>
  public async Task<IDisposable> TakeTurnAsync(CancellationToken ct) {
    if (lockFile is null) return Turn.Free;
    await _queue.WaitAsync(ct);
    try {
      return new Turn(_queue, await FileLock.TakeAsync(lockFile, clock, ct));
    } catch {
      _queue.Release();
      throw;
    }
  }

  /// <inheritdoc/>
  public void Dispose() => _queue.Dispose();

  private sealed class Turn(SemaphoreSlim? queue, FileLock? file) : IDisposable {
    public static readonly Turn Free = new(null, null);
    public void Dispose() {
      file?.Dispose();
      queue?.Release();
    }
  }
}
