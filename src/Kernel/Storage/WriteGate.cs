namespace Porchlight.Kernel.Storage;

/// <summary>
/// One writer at a time on SQLite: competing writers starve for seconds in its busy handler. Inside the process a fair queue, between processes
/// (a verb beside a running server) two lock files: the one who waits for the turn holds the place of the next, so that a process which writes
/// without pause lets another in after each write. PostgreSQL needs neither, and passes at once.
/// </summary>
/// <param name="lockFile">The turn's lock file; the next one's is beside it. Null: no gate.</param>
/// <param name="clock">Waits between tries.</param>
public sealed class WriteGate(string? lockFile, TimeProvider clock) : IDisposable {
  private readonly SemaphoreSlim _queue = new(1, 1);

  /// <summary>Waits its turn; dispose the turn to let the next writer in.</summary>
  public async Task<IDisposable> TakeTurnAsync(CancellationToken ct) {
    if (lockFile is null) return Turn.Free;
    await _queue.WaitAsync(ct);
    try {
      using var next = await FileLock.TakeAsync(lockFile + ".next", clock, ct);
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
    private bool _over;

    public void Dispose() {
      if (_over) return;
      _over = this != Free;
      file?.Dispose();
      queue?.Release();
    }
  }
}
