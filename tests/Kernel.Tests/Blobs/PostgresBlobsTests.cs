using Npgsql;
using Porchlight.Kernel.Blobs;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Blobs;

/// <summary>What PostgreSQL adds: several machines, copies that are proven, one transaction.</summary>
public sealed class PostgresBlobsTests {
  private const string Tree = "incidents/editions/0001";
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Fact]
  public async Task Another_machine_has_what_one_placed() {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await BlobsTests.SaveAsync(host, Published(host), Tree, null, ("rows/2026-01.parquet", [1, 2, 3]), ("manifest.json", [4]));
    await using var second = host.SecondNode();
    // one file fetches one file
    Assert.Equal([4], await File.ReadAllBytesAsync((await Published(second).FileAsync(Tree, "manifest.json", Ct))!, Ct));
    Assert.Single(Directory.GetFiles(second.Folder.Published, "*", SearchOption.AllDirectories));
    var folder = await Published(second).TreeAsync(Tree, Ct);
    Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Path.Combine(folder!, "rows", "2026-01.parquet"), Ct));
    Assert.Empty(Directory.GetFileSystemEntries(second.Folder.Staging));
  }

  [Theory, InlineData(true), InlineData(false)]
  public async Task A_damaged_copy_is_fetched_again(bool asTree) {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await BlobsTests.SaveAsync(host, Published(host), Tree, null, ("a", [1, 2, 3]), ("b", [4]));
    foreach (byte[] damaged in (byte[][])[[1, 2, 4], [1, 2], []]) {
      var path = (await Published(host).FileAsync(Tree, "a", Ct))!;
      await File.WriteAllBytesAsync(path, damaged, Ct);
      // a clock too coarse to tell two writes apart is not what is tested here
      File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(damaged.Length));
      await ProvenAsync();
    }
    File.Delete((await Published(host).FileAsync(Tree, "a", Ct))!);
    await ProvenAsync();

    async Task ProvenAsync() {
      var path = asTree ? Path.Combine((await Published(host).TreeAsync(Tree, Ct))!, "a") : (await Published(host).FileAsync(Tree, "a", Ct))!;
      Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path, Ct));
    }
  }

  [Fact]
  public async Task A_file_that_was_never_placed_is_not_read_with_a_tree() {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await BlobsTests.SaveAsync(host, Published(host), Tree, null, ("rows/2026-01.parquet", [1]));
    var folder = (await Published(host).TreeAsync(Tree, Ct))!;
    await File.WriteAllBytesAsync(Path.Combine(folder, "rows", "2026-02.parquet"), [2], Ct);
    Assert.Null(await Published(host).FileAsync(Tree, "rows/2026-02.parquet", Ct));
    await Published(host).TreeAsync(Tree, Ct);
    Assert.Equal("2026-01.parquet", Path.GetFileName(Assert.Single(Directory.GetFiles(folder, "*", SearchOption.AllDirectories))));
  }

  [Theory]
  [InlineData("""UPDATE published.kernel_chunks SET "Content" = '\x010204'""")]
  [InlineData("DELETE FROM published.kernel_chunks")]
  public async Task Bytes_that_are_damaged_in_the_database_are_refused(string damage) {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await BlobsTests.SaveAsync(host, Published(host), Tree, null, ("a", [1, 2, 3]));
    await RunAsync(host.DatabaseSetting!, damage);
    await using var second = host.SecondNode();
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Published(second).TreeAsync(Tree, Ct));
    Assert.StartsWith("published/incidents/editions/0001/a in the database is not what was placed there", refused.Message, StringComparison.Ordinal);
    Assert.Empty(Directory.GetFiles(second.Folder.Published, "*", SearchOption.AllDirectories));
    // the machine that made it has a good copy
    Assert.NotNull(await Published(host).TreeAsync(Tree, Ct));
  }

  [Fact]
  public async Task Equal_files_of_several_trees_take_room_once_in_each_place() {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    foreach (var blobs in (IBlobs[])[Published(host), BlobsTests.Of(host, BlobPlace.Restricted)]) {
      await BlobsTests.SaveAsync(host, blobs, "incidents/editions/0001", null, ("rows/2026-01.parquet", [1, 2, 3]));
      await BlobsTests.SaveAsync(host, blobs, "incidents/editions/0002", null, ("rows/2026-01.parquet", [1, 2, 3]), ("rows/2026-02.parquet", [4]));
    }
    Assert.Equal(2L, await RunAsync(host.DatabaseSetting!, "SELECT count(*) FROM published.kernel_chunks"));
    Assert.Equal(2L, await RunAsync(host.DatabaseSetting!, "SELECT count(*) FROM restricted.kernel_chunks"));
  }

  [Fact]
  public async Task A_tree_is_never_placed_twice() {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await BlobsTests.SaveAsync(host, Published(host), Tree, null, ("a", [1]));
    var refused = await Assert.ThrowsAsync<RefusedException>(() => BlobsTests.SaveAsync(host, Published(host), Tree, "list", ("a", [2])));
    Assert.Contains("by another machine in the meantime", refused.Message, StringComparison.Ordinal);
    Assert.Null(await Published(host).DocumentAsync("list", Ct));
    Assert.Equal([1], await File.ReadAllBytesAsync((await Published(host).FileAsync(Tree, "a", Ct))!, Ct));
  }

  [Fact]
  public async Task A_turn_is_one_machines_and_free_again_when_its_connection_dies() {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await using var second = host.SecondNode();
    await using var held = await Published(host).TryTakeTurnAsync("incidents", Ct);
    Assert.NotNull(held);
    Assert.Null(await Published(second).TryTakeTurnAsync("incidents", Ct));
    await using (var other = await BlobsTests.Of(second, BlobPlace.Restricted).TryTakeTurnAsync("incidents", Ct)) Assert.NotNull(other);
    await RunAsync(host.DatabaseSetting!, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    IAsyncDisposable? next = null;
    await Wait.UntilAsync(async () => (next = await Published(second).TryTakeTurnAsync("incidents", Ct)) is not null);
    await next!.DisposeAsync();
  }

  internal static IBlobs Published(TestHost host) => BlobsTests.Of(host, BlobPlace.Published);

  internal static async Task<object?> RunAsync(string database, string sql) {
    await using var connection = new NpgsqlConnection(database);
    await connection.OpenAsync(Ct);
    await using var command = new NpgsqlCommand(sql, connection);
    return await command.ExecuteScalarAsync(Ct);
  }
}
