using System.Data;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Blobs;

/// <summary>
/// Blobs as rows of PostgreSQL (<see cref="BlobTables"/>), read under the place's own role (<see cref="BlobRoles"/>) and written in the
/// transaction of the context that is saved. The data folder holds copies: a file is fetched when it is missing here or is not what was placed.
/// </summary>
internal sealed class PostgresBlobs : IBlobs, IDisposable {
  private const int ChunkBytes = 1 << 20;
  private readonly DataFolder _folder;
  private readonly BlobPlace _place;
  private readonly string _schema;
  private readonly NpgsqlDataSource _reader;
  private readonly Copies _copies = new();

  public PostgresBlobs(string connectionString, DataFolder folder, BlobPlace place) {
    (_folder, _place, _schema, Root) = (folder, place, BlobTables.SchemaOf(place), folder.Of(place));
    _reader = NpgsqlDataSource.Create(BlobRoles.Under(BlobRoles.Of(place), connectionString));
  }

  public string Root { get; }

  public async Task<bool> IsEmptyAsync(CancellationToken ct) {
    await using var command = _reader.CreateCommand($"""SELECT NOT EXISTS (SELECT 1 FROM {_schema}.kernel_files) AND NOT EXISTS (SELECT 1 FROM {_schema}.kernel_documents)""");
    return (bool)(await command.ExecuteScalarAsync(ct))!;
  }

  public async Task<IReadOnlyList<string>> TreesAsync(string below, CancellationToken ct) {
    await using var command = _reader.CreateCommand($"""SELECT DISTINCT "Tree" FROM {_schema}.kernel_files WHERE starts_with("Tree", $1)""");
    command.Parameters.Add(new() { Value = below + "/" });
    await using var reader = await command.ExecuteReaderAsync(ct);
    List<string> names = [];
    while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0)[(below.Length + 1)..]);
    return [.. names.Where(n => !n.Contains('/', StringComparison.Ordinal))];
  }

  public async Task<string?> TreeAsync(string path, CancellationToken ct) {
    var files = await FilesAsync(path, null, ct);
    if (files.Count == 0) return null;
    foreach (var file in files) await HaveAsync(file, ct);
    var folder = PathOf(path);
    // what was never placed must not be read with the rest
    foreach (var stray in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Except(files.Select(f => PathOf(path, f.Name)))) File.Delete(stray);
    return folder;
  }

  public async Task<string?> FileAsync(string tree, string name, CancellationToken ct) {
    if (await FilesAsync(tree, name, ct) is not [var file]) return null;
    await HaveAsync(file, ct);
    return PathOf(tree, name);
  }

  public async Task<byte[]?> DocumentAsync(string path, CancellationToken ct) {
    await using var command = _reader.CreateCommand($"""SELECT "Content" FROM {_schema}.kernel_documents WHERE "Path" = $1""");
    command.Parameters.Add(new() { Value = path });
    return (byte[]?)await command.ExecuteScalarAsync(ct);
  }

  public async Task SaveAsync(PlatformDb db, BlobTree? tree, BlobDocument? document, CancellationToken ct) {
    await using (var whole = await db.Database.BeginTransactionAsync(ct)) {
      var connection = (NpgsqlConnection)db.Database.GetDbConnection();
      if (tree is not null) await WriteAsync(connection, tree, ct);
      await db.SaveChangesAsync(ct);
      if (document is not null) {
        await using var replace = new NpgsqlCommand(
          $"""INSERT INTO {_schema}.kernel_documents ("Path", "Content") VALUES ($1, $2) ON CONFLICT ("Path") DO UPDATE SET "Content" = excluded."Content" """, connection) {
          Parameters = { new() { Value = document.Path }, new() { Value = document.Content } },
        };
        await replace.ExecuteNonQueryAsync(ct);
      }
      await whole.CommitAsync(ct);
    }
    if (tree is not null) Keep(tree);
  }

  public async Task<IAsyncDisposable?> TryTakeTurnAsync(string name, CancellationToken ct) {
    var connection = await _reader.OpenConnectionAsync(ct);
    try {
      // the server lets go of it when the connection ends, however it ends
      var turn = new Turn(connection, $"porchlight {_schema} {name}");
      if (await turn.AskAsync("pg_try_advisory_lock", ct)) return turn;
    } catch {
      await connection.DisposeAsync();
      throw;
    }
    await connection.DisposeAsync();
    return null;
  }

  public void Dispose() => _reader.Dispose();

  private async Task WriteAsync(NpgsqlConnection connection, BlobTree tree, CancellationToken ct) {
    foreach (var path in Directory.EnumerateFiles(tree.Finished, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) {
      var name = Path.GetRelativePath(tree.Finished, path).Replace('\\', '/');
      await using var file = File.OpenRead(path);
      var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
      await using var add = new NpgsqlCommand($"""INSERT INTO {_schema}.kernel_files ("Tree", "Name", "Bytes", "Sha256") VALUES ($1, $2, $3, $4)""", connection) {
        Parameters = { new() { Value = tree.Path }, new() { Value = name }, new() { Value = file.Length }, new() { Value = sha256 } },
      };
      try {
        await add.ExecuteNonQueryAsync(ct);
      } catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation) {
        throw new RefusedException($"{_schema}/{tree.Path} was placed by another machine in the meantime. Nothing was changed. Run it again.");
      }
      file.Position = 0;
      await WriteChunksAsync(connection, file, sha256, ct);
    }
  }

  // chunks belong to the bytes and not to a name: a file equal to the edition's before takes no room of its own
  private async Task WriteChunksAsync(NpgsqlConnection connection, FileStream file, string sha256, CancellationToken ct) {
    await using var find = new NpgsqlCommand($"""SELECT 1 FROM {_schema}.kernel_chunks WHERE "Sha256" = $1 AND "Number" = 0""", connection) { Parameters = { new() { Value = sha256 } } };
    if (await find.ExecuteScalarAsync(ct) is not null) return;
    var buffer = new byte[ChunkBytes];
    for (var number = 0; await file.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, ct) is > 0 and var read; number++) {
      // another dataset's transaction may be placing the same bytes at this moment: this waits for it
      await using var add = new NpgsqlCommand($"""INSERT INTO {_schema}.kernel_chunks ("Sha256", "Number", "Content") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING""", connection) {
        Parameters = { new() { Value = sha256 }, new() { Value = number }, new() { Value = buffer.AsMemory(0, read) } },
      };
      await add.ExecuteNonQueryAsync(ct);
    }
  }

  private async Task<List<PlacedFile>> FilesAsync(string tree, string? name, CancellationToken ct) {
    await using var command = _reader.CreateCommand($"""SELECT "Name", "Bytes", "Sha256" FROM {_schema}.kernel_files WHERE "Tree" = $1 AND ($2 IS NULL OR "Name" = $2)""");
    command.Parameters.Add(new() { Value = tree });
    command.Parameters.Add(new() { Value = (object?)name ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
    await using var reader = await command.ExecuteReaderAsync(ct);
    List<PlacedFile> files = [];
    while (await reader.ReadAsync(ct)) files.Add(new(tree, reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));
    return files;
  }

  private async Task HaveAsync(PlacedFile file, CancellationToken ct) {
    var path = PathOf(file.Tree, file.Name);
    if (await _copies.IsGoodAsync(path, file.Bytes, file.Sha256, ct)) return;
    using var staging = _folder.NewStaging();
    var fetched = Path.Combine(staging.Path, "fetched");
    if (await FetchAsync(file.Sha256, fetched, ct) != file.Sha256) {
      throw new RefusedException(
        $"{_schema}/{file.Tree}/{file.Name} in the database is not what was placed there: its SHA-256 differs. Bring the database back from a backup, then run porchlight verify.");
    }
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.Move(fetched, path, overwrite: true);
    _copies.Remember(path, file.Sha256);
  }

  private async Task<string> FetchAsync(string sha256, string to, CancellationToken ct) {
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    await using var file = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
    await using var command = _reader.CreateCommand($"""SELECT "Content" FROM {_schema}.kernel_chunks WHERE "Sha256" = $1 ORDER BY "Number" """);
    command.Parameters.Add(new() { Value = sha256 });
    await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
    while (await reader.ReadAsync(ct)) {
      var chunk = await reader.GetFieldValueAsync<byte[]>(0, ct);
      hash.AppendData(chunk);
      await file.WriteAsync(chunk, ct);
    }
    return Convert.ToHexStringLower(hash.GetHashAndReset());
  }

  // saves fetching it on the machine that made it; where it does not work, it is fetched
  private void Keep(BlobTree tree) {
    try {
      var place = PathOf(tree.Path);
      Directory.CreateDirectory(Path.GetDirectoryName(place)!);
      if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
      Directory.Move(tree.Finished, place);
    } catch (Exception unkept) when (unkept is IOException or UnauthorizedAccessException) {
    }
  }

  private string PathOf(string tree, string name = "") => Path.Combine([Root, .. tree.Split('/'), .. name.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

  private sealed record PlacedFile(string Tree, string Name, long Bytes, string Sha256);

  private sealed class Turn(NpgsqlConnection connection, string name) : IAsyncDisposable {
    public async Task<bool> AskAsync(string function, CancellationToken ct) {
      await using var command = new NpgsqlCommand($"SELECT {function}(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = name } } };
      return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync() {
      await using (connection) {
        try {
          await AskAsync("pg_advisory_unlock", default);
        } catch (NpgsqlException) {
          // the connection is gone, and the lock with it
        }
      }
    }
  }
}
