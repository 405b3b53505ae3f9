using System.Text.Unicode;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// UTF-8 text read in blocks. What was not taken from one block lies before the next, so that a record is always in one piece.
/// New bytes are looked over at once; only where they are not valid, or hold a NUL, does anyone look at single records.
/// </summary>
internal sealed class TextBlocks(Stream text, int blockBytes) {
  private byte[] _buffer = new byte[blockBytes + (64 << 10)], _before = [];
  private int _start, _end, _validTo;
  private long _base, _suspectTo;

  /// <summary>What is at hand and not taken yet. Its bytes stay as they are until the block after the next is read.</summary>
  public ReadOnlySpan<byte> Rest => Held.Span;
  /// <summary>The same, to be looked at beside reading on.</summary>
  public ReadOnlyMemory<byte> Held => _buffer.AsMemory(_start, _end - _start);
  /// <summary>How many bytes of the text were taken.</summary>
  public long Offset => _base + _start;
  /// <summary>Whether the text ends where <see cref="Rest"/> does.</summary>
  public bool IsLast { get; private set; }
  /// <summary>Whether what begins here may hold a NUL or bytes that are not valid.</summary>
  public bool IsSuspect => Offset < _suspectTo;

  /// <summary>Takes bytes from the rest.</summary>
  public void Take(int count) => _start += count;

  /// <summary>Reads the next block behind the rest.</summary>
  public void Read() {
    var rest = _end - _start;
    if (_before.Length - rest < blockBytes) _before = new byte[Math.Max(_buffer.Length, rest + blockBytes + (64 << 10))];
    Rest.CopyTo(_before);
    (_buffer, _before) = (_before, _buffer);
    _base += _start;
    _validTo -= _start;
    (_start, _end) = (0, rest);
    var read = text.ReadAtLeast(_buffer.AsSpan(rest, blockBytes), blockBytes, throwOnEndOfStream: false);
    _end += read;
    IsLast = read < blockBytes;

    var fresh = _buffer.AsSpan(_validTo, _end - _validTo);
    if (!IsLast) fresh = fresh[..WholeCharacters(fresh)];
    _validTo += fresh.Length;
    if (!Utf8.IsValid(fresh) || fresh.Contains((byte)0)) _suspectTo = _base + _validTo;
  }

  /// <summary>How many bytes there are but for a character that is cut off at the end.</summary>
  private static int WholeCharacters(ReadOnlySpan<byte> bytes) {
    for (var back = 1; back <= Math.Min(3, bytes.Length); back++) {
      var value = bytes[^back];
      if (value < 0x80) break;
      if (value >= 0xC0) return back < (value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2) ? bytes.Length - back : bytes.Length;
    }
    return bytes.Length;
  }
}
