using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Porchlight.Kernel.Blobs;

/// <summary>Which files of this machine are known to be what was placed. A file is hashed once, and again when its length or time changes.</summary>
internal sealed class Copies {
  private readonly ConcurrentDictionary<string, Seen> _seen = new(StringComparer.Ordinal);

  /// <summary>Whether the file is there with these bytes.</summary>
  public async Task<bool> IsGoodAsync(string path, long bytes, string sha256, CancellationToken ct) {
    var now = Seen.At(path, sha256);
    if (now.Bytes != bytes) return false;
    if (_seen.TryGetValue(path, out var seen) && seen == now) return true;
    await using (var file = File.OpenRead(path))
      if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct)) != sha256) return false;
    _seen[path] = now;
    return true;
  }

  /// <summary>It was hashed on its way here.</summary>
  public void Remember(string path, string sha256) => _seen[path] = Seen.At(path, sha256);

  private sealed record Seen(long Bytes, DateTime Written, string Sha256) {
    public static Seen At(string path, string sha256) =>
      new FileInfo(path) is { Exists: true } file ? new(file.Length, file.LastWriteTimeUtc, sha256) : new(-1, default, sha256);
  }
}
