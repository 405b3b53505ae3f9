using System.Collections.Concurrent;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Reads another stream on a thread of its own, a few blocks ahead: unpacking then costs no time beside framing.</summary>
internal sealed class ReadAhead : ForwardStream {
  private const int BlockBytes = 1 << 20, Blocks = 3;
  private readonly Stream _inner;
  private readonly BlockingCollection<(byte[] Bytes, int Count)> _read = new(Blocks), _free = [];
  private readonly CancellationTokenSource _stop = new();
  private readonly Task _reading;
  private (byte[] Bytes, int Count) _now = ([], 0);
  private int _at;

  public ReadAhead(Stream inner) {
    _inner = inner;
    for (var i = 0; i < Blocks + 2; i++) _free.Add((new byte[BlockBytes], 0));
    _reading = Task.Run(ReadAll, CancellationToken.None);
  }

  private void ReadAll() {
    try {
      while (true) {
        var (bytes, _) = _free.Take(_stop.Token);
        var count = _inner.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (count > 0) _read.Add((bytes, count), _stop.Token);
        if (count < bytes.Length) return;
      }
    } finally {
      _read.CompleteAdding();
    }
  }

  public override int Read(Span<byte> buffer) {
    if (_at == _now.Count && !Next()) return 0;
    var count = Math.Min(buffer.Length, _now.Count - _at);
    _now.Bytes.AsSpan(_at, count).CopyTo(buffer);
    _at += count;
    return count;
  }

  private bool Next() {
    if (_now.Bytes.Length > 0) _free.Add(_now);
    (_now, _at) = (([], 0), 0);
    if (_read.TryTake(out _now, Timeout.Infinite)) return true;
    // what stopped the reading is thrown here, where its reader stands
    _reading.GetAwaiter().GetResult();
    return false;
  }

  protected override void Dispose(bool disposing) {
    if (disposing) {
      _stop.Cancel();
      _ = Task.WhenAny(_reading).GetAwaiter().GetResult();
      _inner.Dispose();
      _stop.Dispose();
      _read.Dispose();
      _free.Dispose();
    }
    base.Dispose(disposing);
  }
}
