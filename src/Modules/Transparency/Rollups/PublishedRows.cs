using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>An answer, or that there was none in time.</summary>
internal readonly record struct Asked<T>(T? Value, bool TimedOut);

/// <summary>
/// The one DuckDB instance of the public pages. It can read below the published folder and nothing else, whatever a statement says, and
/// has one thread a question: beside two heavy ones a small one then takes 17 ms, not 50. As many questions run at once as there are
/// cores; the others wait in a queue, and one that has no answer within the deadline, its wait included, is stopped.
/// </summary>
internal sealed class PublishedRows : IDisposable {
  private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
  private readonly DuckDatabase _database;
  private readonly SemaphoreSlim _room = new(Environment.ProcessorCount);
  private readonly TimeProvider _clock;
  private readonly TimeSpan _deadline;

  /// <param name="publishedFolder">All that is public, and no more.</param>
  /// <param name="clock">The clock of the deadline.</param>
  /// <param name="memoryLimit">For all questions together.</param>
  /// <param name="deadline">5 seconds unless told.</param>
  public PublishedRows(string publishedFolder, TimeProvider clock, string memoryLimit = "512MB", TimeSpan? deadline = null) {
    _clock = clock;
    _deadline = deadline ?? Deadline;
    _database = DuckDatabase.Open(options: new(Threads: 1, MemoryLimit: memoryLimit, AllowedFolders: [publishedFolder]));
  }

  /// <summary>Runs a question on a connection of its own.</summary>
  /// <exception cref="OperationCanceledException">The caller gave up.</exception>
  public async Task<Asked<T>> Ask<T>(Func<DuckConnection, CancellationToken, T> ask, CancellationToken ct) {
    using var late = new CancellationTokenSource(_deadline, _clock);
    using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
    try {
      await _room.WaitAsync(either.Token);
      try {
        return new(await Task.Run(() => {
          using var connection = _database.Connect();
          return ask(connection, either.Token);
        }, either.Token), TimedOut: false);
      } finally {
        _room.Release();
      }
    } catch (OperationCanceledException) when (late.IsCancellationRequested && !ct.IsCancellationRequested) {
      return new(default, TimedOut: true);
    }
  }

  public void Dispose() {
    _database.Dispose();
    _room.Dispose();
  }
}
