using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// <c>records.csv</c>: the header and the records that passed, LF after each. Opened at the first need; until then the received file is the
/// clean copy.
/// </summary>
internal sealed class StagedRecords(string folder, string received, FramingLimits limits, CancellationToken ct) : IDisposable {
  private ByteSink? _sink;
  private long _nextCheck = limits.BytesBetweenSpaceChecks;

  /// <summary>Whether records are copied here.</summary>
  public bool IsOpen => _sink is not null;
  /// <summary>Where it is.</summary>
  public string Path { get; } = System.IO.Path.Combine(folder, "records.csv");

  /// <summary>From here on records are copied; those that passed already first, a stretch of the received file as it is.</summary>
  public void Open(long from, long to) {
    if (IsOpen) return;
    limits.NeedSpace(folder, new FileInfo(received).Length);
    _sink = new(Path);
    if (from == to) return;
    using var file = TextSource.OpenFile(received);
    file.Position = from;
    var block = new byte[1 << 20];
    for (var left = to - from; left > 0;) {
      ct.ThrowIfCancellationRequested();
      var read = file.Read(block, 0, (int)Math.Min(left, block.Length));
      if (read == 0) throw new RefusedException(FileStamp.Changed(received));
      _sink.Write(block.AsSpan(0, read));
      left -= read;
    }
  }

  /// <summary>Writes when it is open.</summary>
  public void Write(ReadOnlySpan<byte> bytes) => _sink?.Write(bytes);

  /// <summary>
  /// What a small compressed file unfolds to is bounded by the disk: as much again as was written (here and to aside.csv) must be free.
  /// </summary>
  public void CheckSpace(long alsoWritten) {
    var written = alsoWritten + (_sink?.Written ?? 0);
    if (written < _nextCheck) return;
    limits.NeedSpace(folder, written);
    _nextCheck = written + limits.BytesBetweenSpaceChecks;
  }

  /// <summary>Hands everything to the operating system; what is not, is lost.</summary>
  public void Flush() => _sink?.Drain();

  public void Dispose() => _sink?.Dispose();
}
