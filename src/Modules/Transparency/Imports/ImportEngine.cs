using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Imports;

/// <summary>The engine of one import or publication: opened for the job, spilling into its staging folder, closed after it.</summary>
internal sealed class ImportEngine : IDisposable {
  private Task _beside = Task.CompletedTask;

  /// <param name="staging">Its folder.</param>
  /// <param name="megabytes">What it may hold before it spills; the process holds up to half as much again beside it.</param>
  public ImportEngine(string staging, int megabytes) {
    Database = DuckDatabase.Open(null, new(Threads: Environment.ProcessorCount, MemoryLimit: $"{megabytes}MB", TempFolder: Path.Combine(staging, "spill")));
    Connection = Database.Connect();
    Connection.Execute("SET preserve_insertion_order=true");
  }

  public DuckConnection Connection { get; }

  /// <summary>The instance, for further connections that see the same tables.</summary>
  public DuckDatabase Database { get; }

  /// <summary>Asks something beside what is asked of <see cref="Connection"/>. One question at a time.</summary>
  public Task<T> Beside<T>(Func<DuckConnection, T> ask, CancellationToken ct) {
    var asked = Task.Run(() => {
      using var connection = Database.Connect();
      return ask(connection);
    }, ct);
    _beside = asked;
    return asked;
  }

  public void Dispose() {
    // a refusal elsewhere must not close what is still being read
    _ = Task.WhenAny(_beside).GetAwaiter().GetResult();
    Connection.Dispose();
    Database.Dispose();
  }
}
