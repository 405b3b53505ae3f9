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
  private readonly string _schema;
  private readonly NpgsqlDataSource _reader;
  private readonly Copies _copies = new();

  public PostgresBlobs(string connectionString, DataFolder folder, BlobPlace place) {
    (_folder, _schema, Root) = (folder, BlobTables.SchemaOf(place), folder.Of(place));
    _reader = NpgsqlDataSource.Create(BlobRoles.Under(BlobRoles.Of(place), connectionString));
  }

  public string Root { get; }

  public async Task<bool> IsEmptyAsync(CancellationToken ct) {
    await using var ask = Ask($"""
      SELECT NOT EXISTS (SELECT 1 FROM {_schema}.kernel_files) AND NOT EXISTS (SELECT 1 FROM {_schema}.kernel_documents)
      """);
    return await ask.ExecuteScalarAsync(ct) is true;
  }

  public async Task<IReadOnlyList<string>> TreesAsync(string below, CancellationToken ct) {
    await using var ask = Ask($"""SELECT DISTINCT "Tree" FROM {_schema}.kernel_files WHERE starts_with("Tree", $1)""", below + "/");
    await using var reader = await ask.ExecuteReaderAsync(ct);
    List<string> names = [];
    while (await reader.ReadAsync(ct)) names.Add(reader.GetString(0)[(below.Length + 1)..]);
    return [.. names.Where(name => !name.Contains('/', StringComparison.Ordinal))];
  }

  public async Task<string?> TreeAsync(string path, CancellationToken ct) {
    var files = await FilesAsync(path, "", ct);
    if (files.Count == 0) return null;
    foreach (var file in files) await HaveAsync(file, ct);
    var folder = PathOf(path);
    // what was never placed must not be read with the rest
    var strays = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Except(files.Select(f => PathOf(path, f.Name)));
    foreach (var stray in strays) File.Delete(stray);
    return folder;
  }

  public async Task<string?> FileAsync(string tree, string name, CancellationToken ct) {
    if (await FilesAsync(tree, name, ct) is not [var file]) return null;
    await HaveAsync(file, ct);
    return PathOf(tree, name);
  }

  public async Task<byte[]?> DocumentAsync(string path, CancellationToken ct) {
    await using var ask = Ask($"""SELECT "Content" FROM {_schema}.kernel_documents WHERE "Path" = $1""", path);
    if (await ask.ExecuteScalarAsync(ct) is byte[] content) return content;
    // never written there: someone put it there by hand, or the folder was SQLite's
    if (!File.Exists(PathOf(path))) return null;
    throw new RefusedException($"{_schema}/{path} lies in the data folder, where nothing reads it: with PostgreSQL it belongs in the database. "
      + "Import it, or name an empty folder with --data. Nothing was changed.");
  }

  public async Task SaveAsync(PlatformDb db, BlobTree? tree, BlobDocument? document, CancellationToken ct) {
    await using (var whole = await db.Database.BeginTransactionAsync(ct)) {
      var connection = (NpgsqlConnection)db.Database.GetDbConnection();
      if (tree is not null) await WriteAsync(connection, tree, ct);
      await db.SaveChangesAsync(ct);
      if (document is not null) {
        await RunAsync(connection, $"""
          INSERT INTO {_schema}.kernel_documents ("Path", "Content") VALUES ($1, $2) ON CONFLICT ("Path") DO UPDATE SET "Content" = excluded."Content"
          """, ct, document.Path, document.Content);
      }
      await whole.CommitAsync(ct);
    }
    if (tree is not null) Keep(tree);
  }

  public Task<IAsyncDisposable?> TryTakeTurnAsync(string name, CancellationToken ct) =>
    PostgresTurn.TryTakeAsync(_reader, $"porchlight {_schema} {name}", ct);

  public void Dispose() => _reader.Dispose();

  private async Task WriteAsync(NpgsqlConnection connection, BlobTree tree, CancellationToken ct) {
    foreach (var path in Directory.EnumerateFiles(tree.Finished, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) {
      var name = Path.GetRelativePath(tree.Finished, path).Replace('\\', '/');
      await using var file = File.OpenRead(path);
      var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
      try {
        await RunAsync(connection, $"""INSERT INTO {_schema}.kernel_files ("Tree", "Name", "Bytes", "Sha256") VALUES ($1, $2, $3, $4)""", ct,
          tree.Path, name, file.Length, sha256);
      } catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation) {
        throw new RefusedException($"{_schema}/{tree.Path} was placed by another machine in the meantime. Nothing was changed. Run it again.");
      }
      file.Position = 0;
      await WriteChunksAsync(connection, file, sha256, ct);
    }
  }

  // chunks belong to the bytes and not to a name: a file equal to the edition's before takes no room of its own
  private async Task WriteChunksAsync(NpgsqlConnection connection, FileStream file, string sha256, CancellationToken ct) {
    // another dataset's transaction may be placing the same bytes at this moment: the insert waits for it, and then has nothing to do
    var add = $"""INSERT INTO {_schema}.kernel_chunks ("Sha256", "Number", "Content") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING""";
    var buffer = new byte[ChunkBytes];
    for (var number = 0; await file.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, ct) is > 0 and var read; number++) {
      var isNew = await RunAsync(connection, add, ct, sha256, number, buffer.AsMemory(0, read)) > 0;
      // the chunks of a file come and go together
      if (!isNew) return;
    }
  }

  private async Task<List<PlacedFile>> FilesAsync(string tree, string nameOrAll, CancellationToken ct) {
    await using var ask = Ask(
      $"""SELECT "Name", "Bytes", "Sha256" FROM {_schema}.kernel_files WHERE "Tree" = $1 AND ($2 = '' OR "Name" = $2)""", tree, nameOrAll);
    await using var reader = await ask.ExecuteReaderAsync(ct);
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
      throw new RefusedException($"{_schema}/{file.Tree}/{file.Name} in the database is not what was placed there: its SHA-256 differs. "
        + "Bring the database back from a backup, then run porchlight verify.");
    }
    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    File.Move(fetched, path, overwrite: true);
    _copies.Remember(path, file.Sha256);
  }

  private async Task<string> FetchAsync(string sha256, string to, CancellationToken ct) {
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    await using var file = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
    await using var ask = Ask($"""SELECT "Content" FROM {_schema}.kernel_chunks WHERE "Sha256" = $1 ORDER BY "Number" """, sha256);
    await using var reader = await ask.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct);
    var buffer = new byte[1 << 16];
    while (await reader.ReadAsync(ct)) {
      await using var chunk = reader.GetStream(0);
      while (await chunk.ReadAsync(buffer, ct) is > 0 and var read) {
        hash.AppendData(buffer, 0, read);
        await file.WriteAsync(buffer.AsMemory(0, read), ct);
      }
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

  private string PathOf(string path, string name = "") =>
    Path.Combine([Root, .. path.Split('/'), .. name.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

  private NpgsqlCommand Ask(string sql, params object[] values) {
    var command = _reader.CreateCommand(sql);
    foreach (var value in values) command.Parameters.Add(new() { Value = value });
    return command;
  }

  private static async Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values) {
    await using var command = new NpgsqlCommand(sql, connection);
    foreach (var value in values) command.Parameters.Add(new() { Value = value });
    return await command.ExecuteNonQueryAsync(ct);
  }

  private sealed record PlacedFile(string Tree, string Name, long Bytes, string Sha256);
}
