using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Blobs;

/// <summary>What the interface promises, on both of its implementations.</summary>
public sealed class BlobsTests {
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task A_tree_is_placed_whole_and_found_again_file_by_file(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var blobs = Of(host, BlobPlace.Restricted);
    Assert.True(await blobs.IsEmptyAsync(Ct));
    Assert.Null(await blobs.TreeAsync("incidents/imports/000001", Ct));
    Assert.Null(await blobs.FileAsync("incidents/imports/000001", "rows.parquet", Ct));
    // more than two chunks, one byte more than they hold, and none at all
    var large = new byte[(2 << 20) + 1];
    Random.Shared.NextBytes(large);
    await SaveAsync(host, blobs, "incidents/imports/000001", null, ("rows.parquet", large), ("more/labels.json", "{}"u8.ToArray()), ("empty", []));
    await SaveAsync(host, blobs, "incidents/imports/000012", null, ("rows.parquet", [1]));

    var folder = await blobs.TreeAsync("incidents/imports/000001", Ct);
    Assert.Equal(Path.Combine(blobs.Root, "incidents", "imports", "000001"), folder);
    Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(folder!, "rows.parquet"), Ct));
    Assert.Equal("{}", await File.ReadAllTextAsync((await blobs.FileAsync("incidents/imports/000001", "more/labels.json", Ct))!, Ct));
    Assert.Equal(0, new FileInfo(Path.Combine(folder!, "empty")).Length);
    Assert.Null(await blobs.FileAsync("incidents/imports/000001", "nowhere", Ct));
    Assert.Equal(["000001", "000012"], (await blobs.TreesAsync("incidents/imports", Ct)).Order(StringComparer.Ordinal));
    Assert.Empty(await blobs.TreesAsync("incidents/import", Ct));
    Assert.False(await blobs.IsEmptyAsync(Ct));
    Assert.True(await Of(host, BlobPlace.Published).IsEmptyAsync(Ct));
    Assert.Empty(Directory.GetFileSystemEntries(host.Folder.Staging));
  }

  [Theory, OnBoth]
  public async Task A_document_is_replaced_and_saved_with_what_the_context_holds(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var blobs = Of(host, BlobPlace.Restricted);
    Assert.Null(await blobs.DocumentAsync("incidents/current.json", Ct));
    foreach (var text in (string[])["[1]", "[1,2]", "[]"]) {
      await host.UseAsync(async (PlatformDb db) => {
        db.Settings.Add(new() { Key = text, Value = "", ChangedAt = default });
        await blobs.SaveAsync(db, null, new("incidents/current.json", Encoding.UTF8.GetBytes(text)), Ct);
      });
      Assert.Equal(text, Encoding.UTF8.GetString((await blobs.DocumentAsync("incidents/current.json", Ct))!));
    }
    Assert.Equal(3, await host.UseAsync((PlatformDb db) => db.Settings.CountAsync(Ct)));
    Assert.Null(await Of(host, BlobPlace.Published).DocumentAsync("incidents/current.json", Ct));
  }

  [Theory, OnBoth]
  public async Task Where_the_rows_are_not_saved_no_document_is(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var blobs = Of(host, BlobPlace.Restricted);
    await host.UseAsync(async (PlatformDb db) => {
      db.Settings.Add(new() { Key = "city", Value = null!, ChangedAt = default });
      await Assert.ThrowsAsync<DbUpdateException>(() => blobs.SaveAsync(db, Tree(host, "incidents/imports/000001", ("rows.parquet", [1])), new("incidents/current.json", "[1]"u8.ToArray()), Ct));
    });
    Assert.Null(await blobs.DocumentAsync("incidents/current.json", Ct));
    // what nothing lists may be there, and is replaced
    await SaveAsync(host, blobs, "incidents/imports/000001", "incidents/current.json", ("rows.parquet", [2]));
    Assert.Equal([2], await File.ReadAllBytesAsync((await blobs.FileAsync("incidents/imports/000001", "rows.parquet", Ct))!, Ct));
  }

  [Theory, OnBoth]
  public async Task A_turn_has_one_holder_until_it_is_let_go(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var blobs = Of(host, BlobPlace.Restricted);
    var first = await blobs.TryTakeTurnAsync("incidents", Ct);
    Assert.NotNull(first);
    Assert.Null(await blobs.TryTakeTurnAsync("incidents", Ct));
    await using (var other = await blobs.TryTakeTurnAsync("calls", Ct)) Assert.NotNull(other);
    await first.DisposeAsync();
    await using var next = await blobs.TryTakeTurnAsync("incidents", Ct);
    Assert.NotNull(next);
  }

  internal static IBlobs Of(TestHost host, BlobPlace place) => host.Services.GetRequiredKeyedService<IBlobs>(place);

  internal static Task SaveAsync(TestHost host, IBlobs blobs, string tree, string? document, params (string Name, byte[] Content)[] files) =>
    host.UseAsync((PlatformDb db) => blobs.SaveAsync(db, Tree(host, tree, files), document is null ? null : new(document, "[1]"u8.ToArray()), Ct));

  private static BlobTree Tree(TestHost host, string path, params (string Name, byte[] Content)[] files) {
    var finished = Path.Combine(host.Folder.Root, "finished");
    foreach (var (name, content) in files) {
      var file = Path.Combine([finished, .. name.Split('/')]);
      Directory.CreateDirectory(Path.GetDirectoryName(file)!);
      File.WriteAllBytes(file, content);
    }
    return new(path, finished);
  }
}
