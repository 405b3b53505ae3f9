using System.Globalization;
using System.Text;
using System.Xml;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// A workbook's shared texts as UTF-8 in large pieces: a text costs its bytes and eight more, where a string object would cost three times
/// as much.
/// </summary>
internal sealed class SharedStrings {
  private const int PieceBytes = 1 << 20;
  private readonly List<byte[]> _pieces = [];
  private readonly List<(int Piece, int Start)> _places = [];
  private int _used = PieceBytes;

  /// <summary>How many there are.</summary>
  public int Count => _places.Count;

  /// <summary>A text as UTF-8.</summary>
  public ReadOnlySpan<byte> this[int number] {
    get {
      var (piece, start) = _places[number];
      var length = BitConverter.ToInt32(_pieces[piece], start);
      return _pieces[piece].AsSpan(start + sizeof(int), length);
    }
  }

  /// <summary>Reads the part; null is a workbook without one.</summary>
  public static SharedStrings Read(Stream? part) {
    var strings = new SharedStrings();
    if (part is null) return strings;
    using var reader = SheetXml.Open(part);
    var text = new StringBuilder();
    while (reader.Read()) {
      if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" }) {
        SheetXml.ReadText(reader, text);
        strings.Add(text);
      }
    }
    return strings;
  }

  private void Add(StringBuilder text) {
    var written = text.ToString();
    var length = Encoding.UTF8.GetByteCount(written);
    if (_used + sizeof(int) + length > PieceBytes) {
      _pieces.Add(new byte[Math.Max(PieceBytes, sizeof(int) + length)]);
      _used = 0;
    }
    var piece = _pieces[^1];
    BitConverter.TryWriteBytes(piece.AsSpan(_used), length);
    Encoding.UTF8.GetBytes(written, piece.AsSpan(_used + sizeof(int)));
    _places.Add((_pieces.Count - 1, _used));
    _used += sizeof(int) + length;
  }
}

/// <summary>What sheets and shared strings have in common as XML.</summary>
internal static class SheetXml {
  private static readonly XmlReaderSettings Settings = new() {
    DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null,
    IgnoreComments = true, IgnoreProcessingInstructions = true, CloseInput = true,
  };

  /// <summary>Whether the reader stands on characters.</summary>
  public static bool IsText(XmlReader reader) =>
    reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

  public static XmlReader Open(Stream part) => XmlReader.Create(part, Settings);

  /// <summary>Reads the text of the element the reader stands on (<c>si</c> or <c>is</c>), runs of it put together, hints for
  /// pronunciation left out.</summary>
  public static void ReadText(XmlReader reader, StringBuilder text) {
    text.Clear();
    if (reader.IsEmptyElement) return;
    var depth = reader.Depth;
    var inText = false;
    while (reader.Read() && reader.Depth > depth) {
      if (reader.NodeType == XmlNodeType.EndElement) {
        inText = false;
      } else if (reader.NodeType == XmlNodeType.Element) {
        inText = reader.LocalName == "t" && !reader.IsEmptyElement;
        if (reader is { LocalName: "rPh", IsEmptyElement: false }) SkipTo(reader, reader.Depth);
      } else if (inText && IsText(reader)) {
        text.Append(reader.Value);
      }
    }
    Unescape(text);
  }

  // to the element's end, and not past it as XmlReader.Skip goes
  private static void SkipTo(XmlReader reader, int depth) {
    while (reader.Read() && reader.Depth > depth) { }
  }

  /// <summary>Excel writes characters that XML cannot hold as _x000D_.</summary>
  private static void Unescape(StringBuilder text) {
    for (var i = 0; i + 7 <= text.Length; i++) {
      if (text[i] != '_' || text[i + 1] != 'x' || text[i + 6] != '_') continue;
      if (!ushort.TryParse(text.ToString(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) continue;
      text.Remove(i, 7).Insert(i, (char)code);
    }
  }
}
