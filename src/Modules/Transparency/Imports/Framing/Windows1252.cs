using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Windows-1252 as the WHATWG and Microsoft map it: Latin-1 but for 0x80 to 0x9F. Five bytes mean nothing in it.</summary>
internal static class Windows1252 {
  private const string From80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

  /// <summary>The character; the five undefined bytes are the control characters of the same number.</summary>
  public static char ToChar(byte value) => value is >= 0x80 and < 0xA0 ? From80[value - 0x80] : (char)value;

  /// <summary>Whether the byte means something.</summary>
  public static bool IsDefined(byte value) => value is not (0x81 or 0x8D or 0x8F or 0x90 or 0x9D);
}

/// <summary>Text for a person's eyes and repair: every byte becomes something, and none is replaced by a question mark.</summary>
internal static class Lenient {
  /// <summary>Where the first bytes are that are not valid UTF-8; -1 when all are.</summary>
  public static int FirstInvalid(ReadOnlySpan<byte> bytes) {
    if (Utf8.IsValid(bytes)) return -1;
    for (var at = 0; ;) {
      if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != OperationStatus.Done) return at;
      at += used;
    }
  }

  /// <summary>UTF-8; what is not valid is read byte by byte as Windows-1252, and half of a surrogate pair (from UTF-16) is named,
  /// \uD83D.</summary>
  public static string Decode(ReadOnlySpan<byte> bytes) {
    if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
    var text = new StringBuilder(bytes.Length);
    while (!bytes.IsEmpty) {
      if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) == OperationStatus.Done) text.Append(rune.ToString());
      else if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..]) {
        text.Append($"\\u{0xD000 | (bytes[1] & 0x3F) << 6 | bytes[2] & 0x3F:X4}");
        used = 3;
      } else {
        text.Append(Windows1252.ToChar(bytes[0]));
        used = 1;
      }
      bytes = bytes[used..];
    }
    return text.ToString();
  }
}
