using System.Security.Cryptography;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>A received file as a stream of UTF-8 text without a byte order mark, whatever it was.</summary>
internal sealed class TextSource : IDisposable {
  private readonly FileStream _file;

  private TextSource(FileStream file, Stream text) => (_file, Text) = (file, text);

  /// <summary>The text.</summary>
  public Stream Text { get; }
  /// <summary>Bytes of the file read so far.</summary>
  public long Position => _file.CanRead ? _file.Position : 0;

  /// <summary>Opens a received file, also one that Excel still holds open; <see cref="FileStamp"/> tells whether it was written
  /// to.</summary>
  public static FileStream OpenFile(string path, int bufferSize = 0) =>
    new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize, FileOptions.SequentialScan);

  /// <summary>Opens a file by its shape.</summary>
  public static TextSource Open(string path, FileShape shape) {
    var file = OpenFile(path, shape.Kind == FileKind.Csv ? 0 : 128 << 10);
    try {
      if (shape.Kind == FileKind.Xlsx) return new(file, new SheetText(file, shape));
      var text = shape.Kind == FileKind.GzipCsv ? new ReadAhead(new Gunzip(file)) : (Stream)file;
      if (shape.HasMark) text.ReadExactly(stackalloc byte[shape.Encoding == TextEncoding.Utf8 ? 3 : 2]);
      return new(file, Transcoder.Read(text, shape.Encoding));
    } catch {
      file.Dispose();
      throw;
    }
  }

  /// <summary>The SHA-256 of a file in lower-case hexadecimal, read on the thread that asks.</summary>
  public static string Sha256(string path, CancellationToken ct) {
    using var file = OpenFile(path);
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    var block = new byte[256 << 10];
    for (int read; (read = file.Read(block)) > 0;) {
      ct.ThrowIfCancellationRequested();
      hash.AppendData(block, 0, read);
    }
    return Convert.ToHexStringLower(hash.GetHashAndReset());
  }

  public void Dispose() {
    Text.Dispose();
    _file.Dispose();
  }
}
