namespace Porchlight.Kernel.DuckDb;

/// <summary>How an instance is opened.</summary>
/// <param name="Threads">Threads for one statement; null: DuckDB's own choice, all cores.</param>
/// <param name="MemoryLimit">
/// "800MB"; null: DuckDB's own choice, 80% of the machine. It bounds DuckDB's buffers, not the process: leave a quarter.
/// </param>
/// <param name="TempFolder">Where it may spill; null: nowhere, and over the limit is an error.</param>
/// <param name="AllowedFolders">
/// If given, no file outside these folders can be read or written by any connection, by ".." or ATTACH neither (a symbolic link inside them
/// is followed), and no setting can be changed any more. COPY TO inside them still writes: no statement text may come from outside.
/// </param>
public sealed record DuckOptions(
  int? Threads = null, string? MemoryLimit = null, string? TempFolder = null, IReadOnlyList<string>? AllowedFolders = null);

/// <summary>One DuckDB instance. Opening takes about 10 ms, a connection microseconds. Thread-safe.</summary>
public sealed class DuckDatabase : IDisposable {
  private readonly DuckDatabaseHandle _handle;

  private DuckDatabase(DuckDatabaseHandle handle) => _handle = handle;

  /// <summary>Opens an instance. It never loads extensions, so it never asks the network.</summary>
  /// <param name="path">The database file; null: in memory.</param>
  /// <param name="options">Limits.</param>
  /// <exception cref="DuckException">The file is taken by another process, or an option is not understood.</exception>
  public static DuckDatabase Open(string? path = null, DuckOptions? options = null) {
    options ??= new();
    var database = new DuckDatabase(OpenHandle(path, options));
    if (options.AllowedFolders is { } folders) {
      using var connection = database.Connect();
      connection.Execute($"SET allowed_directories=[{string.Join(",", folders.Select(folder => Sql.Text(Path.GetFullPath(folder))))}]");
      connection.Execute("SET enable_external_access=false; SET lock_configuration=true");
    }
    return database;
  }

  private static DuckDatabaseHandle OpenHandle(string? path, DuckOptions options) {
    if (DuckNative.CreateConfig(out var config) != DuckNative.Success) throw new DuckException("no configuration");
    try {
      Set("autoinstall_known_extensions", "false");
      Set("autoload_known_extensions", "false");
      Set("allow_community_extensions", "false");
      Set("temp_directory", options.TempFolder ?? "");   // DuckDB's own choice would be .tmp in whatever folder is current
      if (options.Threads is { } threads) Set("threads", threads.ToString());
      if (options.MemoryLimit is { } limit) Set("memory_limit", limit);
      if (DuckNative.Open(path, out var database, config, out var error) != DuckNative.Success)
        throw new DuckException(DuckNative.Owned(error));
      return new(database);
    } finally {
      DuckNative.DestroyConfig(ref config);
    }

    void Set(string name, string value) {
      if (DuckNative.SetConfig(config, name, value) != DuckNative.Success) throw new DuckException($"Invalid Configuration Error: {name}");
    }
  }

  /// <summary>A new connection; temporary tables and local settings are its own.</summary>
  public DuckConnection Connect() {
    if (DuckNative.Connect(_handle, out var connection) != DuckNative.Success) throw new DuckException("Connection Error: refused");
    return new(new DuckConnectionHandle(connection));
  }

  /// <inheritdoc/>
  public void Dispose() => _handle.Dispose();
}
