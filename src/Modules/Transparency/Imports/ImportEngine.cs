using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Imports;

/// <summary>The engine of one import or publication: opened for the job, spilling into its staging folder, closed after it.</summary>
internal sealed class ImportEngine : IDisposable {
  private readonly DuckDatabase _database;

  public ImportEngine(string staging) {
    _database = DuckDatabase.Open(null, new(Threads: Environment.ProcessorCount, MemoryLimit: "700MB", TempFolder: Path.Combine(staging, "spill")));
    Connection = _database.Connect();
    Connection.Execute("SET preserve_insertion_order=true");
  }

  public DuckConnection Connection { get; }

  /// <summary>A second connection of the same instance, for work in parallel.</summary>
  public DuckConnection Another() => _database.Connect();

  public void Dispose() {
    Connection.Dispose();
    _database.Dispose();
  }
}
