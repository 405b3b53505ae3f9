using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Text in UTF-16 or Windows-1252, read as UTF-8. What is not valid in its encoding comes out as bytes that are not valid UTF-8, so that
/// one check later finds both: half a surrogate pair as three bytes of its own, an undefined byte as it is, half a UTF-16 unit at the end
/// as 0xFF.
/// </summary>
internal sealed class Transcoder(Stream source, TextEncoding encoding) : ForwardStream {
  private readonly byte[] _in = new byte[64 << 10];
  private readonly byte[] _out = new byte[(64 << 10) * 3];
  private int _inLength, _outAt, _outLength;
  private bool _isOver;

  /// <summary>The stream as UTF-8.</summary>
  public static Stream Read(Stream source, TextEncoding encoding) =>
    encoding == TextEncoding.Utf8 ? source : new Transcoder(source, encoding);

  public override int Read(Span<byte> buffer) {
    while (_outAt == _outLength) {
      if (_isOver) return 0;
      Fill();
    }
    var length = Math.Min(buffer.Length, _outLength - _outAt);
    _out.AsSpan(_outAt, length).CopyTo(buffer);
    _outAt += length;
    return length;
  }

  private void Fill() {
    var read = source.Read(_in, _inLength, _in.Length - _inLength);
    _isOver = read == 0;
    _inLength += read;
    _outAt = 0;
    var (used, written) = encoding == TextEncoding.Windows1252 ? FromWindows() : FromUtf16();
    _outLength = written;
    if (_isOver && used < _inLength) _out[_outLength++] = 0xFF;
    else _in.AsSpan(used, _inLength - used).CopyTo(_in);
    _inLength -= used;
  }

  private (int Used, int Written) FromWindows() {
    var input = _in.AsSpan(0, _inLength);
    int at = 0, to = 0;
    while (at < input.Length) {
      var ascii = input[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
      ascii = ascii < 0 ? input.Length - at : ascii;
      input.Slice(at, ascii).CopyTo(_out.AsSpan(to));
      at += ascii;
      to += ascii;
      for (; at < input.Length && input[at] >= 0x80; at++) {
        if (Windows1252.IsDefined(input[at])) to += new Rune(Windows1252.ToChar(input[at])).EncodeToUtf8(_out.AsSpan(to));
        else _out[to++] = input[at];
      }
    }
    return (at, to);
  }

  private (int Used, int Written) FromUtf16() {
    var whole = _inLength & ~1;
    var units = MemoryMarshal.Cast<byte, ushort>(_in.AsSpan(0, whole));
    // turned in place: what stays for the next round is turned back below
    var isForeign = encoding == TextEncoding.Utf16BigEndian == BitConverter.IsLittleEndian;
    if (isForeign) BinaryPrimitives.ReverseEndianness(units, units);
    var chars = MemoryMarshal.Cast<ushort, char>(units);
    int at = 0, to = 0;
    while (true) {
      var status = Utf8.FromUtf16(
          chars[at..], _out.AsSpan(to), out var used, out var written, replaceInvalidSequences: false, isFinalBlock: _isOver);
      at += used;
      to += written;
      if (status != OperationStatus.InvalidData) break;
      to += WriteHalf(chars[at++], _out.AsSpan(to));
    }
    if (isForeign) BinaryPrimitives.ReverseEndianness(units[at..], units[at..]);
    return (at * 2, to);
  }

  private static int WriteHalf(char half, Span<byte> to) {
    to[0] = (byte)(0xE0 | half >> 12);
    to[1] = (byte)(0x80 | half >> 6 & 0x3F);
    to[2] = (byte)(0x80 | half & 0x3F);
    return 3;
  }

  protected override void Dispose(bool disposing) {
    if (disposing) source.Dispose();
    base.Dispose(disposing);
  }
}
