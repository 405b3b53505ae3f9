using System.Buffers;
using System.Text;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>The cells of one record, which a <see cref="RecordFrame"/> found to be whole.</summary>
internal ref struct Cells(ReadOnlySpan<byte> record, byte delimiter) {
  private readonly ReadOnlySpan<byte> _record = record;
  private readonly byte _delimiter = delimiter;
  private int _next;

  /// <summary>Where the cell begins and ends, quotes and spaces around them included.</summary>
  public Range Place { get; private set; }
  /// <summary>What stands between the quotes, doubled quotes still doubled; or the cell as it is.</summary>
  public ReadOnlySpan<byte> Inner { get; private set; }
  /// <summary>Whether the cell is quoted.</summary>
  public bool IsQuoted { get; private set; }

  /// <summary>Goes to the next cell; false after the last. A record has at least one.</summary>
  public bool Next() {
    if (_next > _record.Length) return false;
    var rest = _record[_next..];
    var quote = rest.IndexOfAnyExcept((byte)' ');
    IsQuoted = quote >= 0 && rest[quote] == '"';
    var end = 0;
    if (IsQuoted) {
      for (end = quote + 1; ; end += 2) {
        end += rest[end..].IndexOf((byte)'"');
        if (end + 1 >= rest.Length || rest[end + 1] != '"') break;
      }
      Inner = rest[(quote + 1)..end];
    }
    var length = rest[end..].IndexOf(_delimiter);
    length = length < 0 ? rest.Length : end + length;
    if (!IsQuoted) Inner = rest[..length];
    Place = _next..(_next + length);
    _next += length + 1;
    return true;
  }

  /// <summary>What the cell says. Bytes that are no UTF-8 are read as Windows-1252.</summary>
  public readonly string Text {
    get {
      var text = Lenient.Decode(Inner);
      return IsQuoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }
  }

  /// <summary>All cells of a record; an empty one is null.</summary>
  public static string?[] Split(ReadOnlySpan<byte> record, byte delimiter) {
    List<string?> all = [];
    for (var cells = new Cells(record, delimiter); cells.Next();) all.Add(cells.Inner.IsEmpty ? null : cells.Text);
    return [.. all];
  }

  /// <summary>Writes a record again, from some cell on, without the spaces around quoted cells; everything else stays byte for
  /// byte.</summary>
  public static void Rewrite(ReadOnlySpan<byte> record, byte delimiter, int from, IBufferWriter<byte> to) {
    var number = 0;
    for (var cells = new Cells(record, delimiter); cells.Next(); number++) {
      if (number < from) continue;
      if (number > from) to.Write([delimiter]);
      if (cells.IsQuoted) to.Write("\""u8);
      to.Write(cells.Inner);
      if (cells.IsQuoted) to.Write("\""u8);
    }
  }

  /// <summary>Writes one cell, quoted where its text needs it.</summary>
  public static void Write(ReadOnlySpan<byte> text, byte delimiter, IBufferWriter<byte> to) {
    // a space at either end could be taken for one around a quoted cell
    var plain = text.IndexOfAny([delimiter, (byte)'"', (byte)'\n', (byte)'\r']) < 0 && (text.IsEmpty || text[0] != ' ' && text[^1] != ' ');
    if (plain) {
      to.Write(text);
      return;
    }
    to.Write("\""u8);
    for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"')) {
      to.Write(text[..(quote + 1)]);
      to.Write("\""u8);
      text = text[(quote + 1)..];
    }
    to.Write(text);
    to.Write("\""u8);
  }

  /// <inheritdoc cref="Write(ReadOnlySpan{byte}, byte, IBufferWriter{byte})"/>
  public static void Write(string text, byte delimiter, IBufferWriter<byte> to) => Write(Encoding.UTF8.GetBytes(text), delimiter, to);
}
