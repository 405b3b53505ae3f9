using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Blobs;

/// <summary>Blobs in the data folder: flushed, then renamed into place.</summary>
internal sealed class FolderBlobs(string root) : IBlobs {
  public string Root => root;

  public Task<bool> IsEmptyAsync(CancellationToken ct) => Task.FromResult(!Directory.EnumerateFileSystemEntries(root).Any());

  public Task<IReadOnlyList<string>> TreesAsync(string below, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>(
    Directory.Exists(PathOf(below)) ? [.. Directory.EnumerateDirectories(PathOf(below)).Select(d => Path.GetFileName(d))] : []);

  public Task<string?> TreeAsync(string path, CancellationToken ct) =>
    Task.FromResult(Directory.Exists(PathOf(path)) ? PathOf(path) : null);

  public Task<string?> FileAsync(string tree, string name, CancellationToken ct) =>
    Task.FromResult(File.Exists(PathOf($"{tree}/{name}")) ? PathOf($"{tree}/{name}") : null);

  public async Task<byte[]?> DocumentAsync(string path, CancellationToken ct) =>
    File.Exists(PathOf(path)) ? await File.ReadAllBytesAsync(PathOf(path), ct) : null;

  public async Task SaveAsync(PlatformDb db, BlobTree? tree, BlobDocument? document, CancellationToken ct) {
    if (tree is not null) Put(tree);
    await db.SaveChangesAsync(ct);
    if (document is null) return;
    Directory.CreateDirectory(Path.GetDirectoryName(PathOf(document.Path))!);
    Disk.Replace(PathOf(document.Path), document.Content.Span);
  }

  public Task<IAsyncDisposable?> TryTakeTurnAsync(string name, CancellationToken ct) {
    Directory.CreateDirectory(PathOf(name));
    var taken = FileLock.TryTake(Path.Combine(PathOf(name), "turn.lock"));
    return Task.FromResult<IAsyncDisposable?>(taken is null ? null : new Turn(taken));
  }

  private void Put(BlobTree tree) {
    Disk.FlushTree(tree.Finished);
    var place = PathOf(tree.Path);
    var parent = Path.GetDirectoryName(place)!;
    Directory.CreateDirectory(parent);
    // left by a crash after this rename and before anything listed it
    if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
    Directory.Move(tree.Finished, place);
    Disk.FlushFolder(parent);
  }

  private string PathOf(string path) => Path.Combine([root, .. path.Split('/')]);

  private sealed class Turn(FileLock taken) : IAsyncDisposable {
    public ValueTask DisposeAsync() {
      taken.Dispose();
      return default;
    }
  }
}
