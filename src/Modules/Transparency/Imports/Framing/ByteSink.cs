using System.Buffers;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>A file that is written from beginning to end, in large pieces.</summary>
internal sealed class ByteSink(string path) : IBufferWriter<byte>, IDisposable {
  private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
  private byte[] _buffer = new byte[256 << 10];
  private int _length;

  /// <summary>Bytes given so far.</summary>
  public long Written { get; private set; }

  public void Write(ReadOnlySpan<byte> bytes) {
    Written += bytes.Length;
    if (bytes.Length > _buffer.Length - _length) Drain();
    if (bytes.Length >= _buffer.Length) {
      _file.Write(bytes);
      return;
    }
    bytes.CopyTo(_buffer.AsSpan(_length));
    _length += bytes.Length;
  }

  public Span<byte> GetSpan(int sizeHint = 0) {
    if (Math.Max(sizeHint, 1) > _buffer.Length - _length) Drain();
    if (sizeHint > _buffer.Length) Array.Resize(ref _buffer, sizeHint);
    return _buffer.AsSpan(_length);
  }

  public Memory<byte> GetMemory(int sizeHint = 0) {
    _ = GetSpan(sizeHint);
    return _buffer.AsMemory(_length);
  }

  public void Advance(int count) {
    _length += count;
    Written += count;
  }

  /// <summary>Hands everything to the operating system.</summary>
  public void Drain() {
    _file.Write(_buffer.AsSpan(0, _length));
    _length = 0;
  }

  /// <summary>What is not yet drained is lost: a writer that is disposed of after a failure has nothing to say.</summary>
  public void Dispose() => _file.Dispose();
}
