using Npgsql;

namespace Porchlight.Kernel.Blobs;

/// <summary>A turn among all machines: an advisory lock of a connection kept for it. The server lets go of it when that ends, however it ends.</summary>
internal sealed class PostgresTurn : IAsyncDisposable {
  private readonly NpgsqlConnection _connection;
  private readonly string _name;

  private PostgresTurn(NpgsqlConnection connection, string name) => (_connection, _name) = (connection, name);

  /// <summary>The turn, or null where another has it.</summary>
  public static async Task<IAsyncDisposable?> TryTakeAsync(NpgsqlDataSource source, string name, CancellationToken ct) {
    var connection = await source.OpenConnectionAsync(ct);
    var isTaken = false;
    try {
      var turn = new PostgresTurn(connection, name);
      isTaken = await turn.AskAsync("pg_try_advisory_lock", ct);
      return isTaken ? turn : null;
    } finally {
      if (!isTaken) await connection.DisposeAsync();
    }
  }

  /// <inheritdoc/>
  public async ValueTask DisposeAsync() {
    try {
      // a pooled connection lives on: the lock would too
      await AskAsync("pg_advisory_unlock", default);
    } catch (NpgsqlException) {
      // the connection is gone, and the lock with it
    }
    await _connection.DisposeAsync();
  }

  private async Task<bool> AskAsync(string function, CancellationToken ct) {
    await using var ask = new NpgsqlCommand($"SELECT {function}(hashtextextended($1, 0))", _connection) { Parameters = { new() { Value = _name } } };
    return await ask.ExecuteScalarAsync(ct) is true;
  }
}
