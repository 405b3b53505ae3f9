using System.IO.Compression;
using System.Security.Cryptography;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Gzip read to a proven end. The library checks each member's CRC-32 and length when it meets its trailer, but takes a file that stops
/// before a trailer for a shorter one. So at the end of the file we hand it one more member, holding random bytes: only after a whole
/// member do exactly these come out again.
/// </summary>
internal sealed class Gunzip : ForwardStream {
  private readonly Sealed _source;
  private readonly GZipStream _inner;
  private bool _isOver;

  public Gunzip(Stream file) {
    _source = new Sealed(file);
    _inner = new GZipStream(_source, CompressionMode.Decompress);
  }

  public override int Read(Span<byte> buffer) {
    if (_isOver || buffer.IsEmpty) return 0;
    int read;
    try {
      read = _inner.Read(buffer);
      if (read > 0 && !_source.IsAtSeal) return read;
    } catch (InvalidDataException) {
      throw new RefusedException(_source.IsAtSeal
          ? "The compressed file ends in the middle; send it again. Nothing was imported."
          : "The compressed file is damaged: its checksum does not fit what is in it. Send it again. Nothing was imported.");
    }
    _isOver = true;
    if (!_source.IsAtSeal)
      throw new RefusedException(
          "After its compressed data the file has other bytes. Compress it again, or send it uncompressed. Nothing was imported.");
    if (!IsSeal(buffer[..read])) throw new RefusedException("The compressed file ends in the middle; send it again. Nothing was imported.");
    return 0;
  }

  private bool IsSeal(ReadOnlySpan<byte> begun) {
    var all = new byte[Sealed.SealLength + 1];
    if (begun.Length > Sealed.SealLength) return false;
    begun.CopyTo(all);
    try {
      var length = begun.Length + _inner.ReadAtLeast(all.AsSpan(begun.Length), all.Length - begun.Length, throwOnEndOfStream: false);
      return all.AsSpan(0, length).SequenceEqual(_source.Seal);
    } catch (InvalidDataException) {
      return false;
    }
  }

  protected override void Dispose(bool disposing) {
    if (disposing) _inner.Dispose();
    base.Dispose(disposing);
  }

  /// <summary>The file, then the seal as a member of its own.</summary>
  private sealed class Sealed(Stream file) : ForwardStream {
    public const int SealLength = 16;
    private readonly MemoryStream _member = new();
    public byte[] Seal { get; } = RandomNumberGenerator.GetBytes(SealLength);
    public bool IsAtSeal { get; private set; }

    public override int Read(Span<byte> buffer) {
      if (!IsAtSeal) {
        var read = file.Read(buffer);
        if (read > 0) return read;
        IsAtSeal = true;
        using (var gzip = new GZipStream(_member, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(Seal);
        _member.Position = 0;
      }
      return _member.Read(buffer);
    }

    protected override void Dispose(bool disposing) {
      if (disposing) file.Dispose();
      base.Dispose(disposing);
    }
  }
}
