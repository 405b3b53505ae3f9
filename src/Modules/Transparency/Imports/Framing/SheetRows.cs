using System.Globalization;
using System.Text;
using System.Xml;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// The rows of a sheet, one at a time and only forward. It reads the sheet's XML itself: the library's own reader makes objects of every
/// cell and takes more than three times as long (10 million cells: 15.7 s against 4.7).
/// </summary>
internal sealed class SheetRows(Workbook workbook, Stream part) : IDisposable {
  // Excel's own limits
  private const int MostColumns = 16_384, MostRows = 1_048_576;
  private readonly XmlReader _reader = SheetXml.Open(part);
  private readonly StringBuilder _text = new();
  private byte[] _bytes = new byte[4096];
  private readonly List<(int Column, int Start, int Length)> _cells = [];
  private int _length;

  /// <summary>The row's number, from 1.</summary>
  public int Number { get; private set; }
  /// <summary>Its cells with something in them, from left to right.</summary>
  public int Count => _cells.Count;
  /// <summary>The column, from 0, of one of these.</summary>
  public int Column(int cell) => _cells[cell].Column;
  /// <summary>What it says, as UTF-8.</summary>
  public ReadOnlySpan<byte> Text(int cell) => _bytes.AsSpan(_cells[cell].Start, _cells[cell].Length);

  /// <summary>Goes to the next row that the file has; rows without cells may be left out of it. False after the last.</summary>
  public bool Next() {
    while (_reader.Read()) {
      if (_reader.NodeType != XmlNodeType.Element) continue;
      if (_reader.LocalName != "row") continue;
      Number = int.TryParse(_reader.GetAttribute("r"), CultureInfo.InvariantCulture, out var given) && given > Number ? given : Number + 1;
      if (Number > MostRows) throw new InvalidDataException();
      ReadCells();
      return true;
    }
    return false;
  }

  private void ReadCells() {
    _cells.Clear();
    _length = 0;
    if (_reader.IsEmptyElement) return;
    var depth = _reader.Depth;
    var column = -1;
    while (_reader.Read() && _reader.Depth > depth) {
      if (_reader.NodeType != XmlNodeType.Element || _reader.LocalName != "c") continue;
      string? type = null, style = null;
      var place = -1;
      while (_reader.MoveToNextAttribute()) {
        switch (_reader.LocalName) {
          case "r": place = ColumnOf(_reader.Value); break;
          case "t": type = _reader.Value; break;
          case "s": style = _reader.Value; break;
        }
      }
      _reader.MoveToElement();
      column = place > column ? place : column + 1;
      if (column >= MostColumns) throw new InvalidDataException();
      if (!_reader.IsEmptyElement) ReadCell(column, type, style);
    }
  }

  private void ReadCell(int column, string? type, string? style) {
    string? value = null, formula = null;
    var depth = _reader.Depth;
    while (_reader.Read() && _reader.Depth > depth) {
      if (_reader.NodeType != XmlNodeType.Element) continue;
      switch (_reader.LocalName) {
        case "v": value = ReadValue(); break;
        case "f": formula = ReadValue(); break;
        case "is":
          SheetXml.ReadText(_reader, _text);
          value = _text.ToString();
          break;
      }
    }
    // a formula whose result was never stored: shown as what it is rather than as nothing
    if (value is null) {
      if (formula is { Length: > 0 }) Add(column, "=" + formula);
      return;
    }
    switch (type) {
      case "s":
        AddShared(column, int.Parse(value, CultureInfo.InvariantCulture));
        break;
      case "b": Add(column, value == "1" ? "true" : "false"); break;
      case "d": Add(column, IsoDate(value)); break;
      case "str" or "inlineStr" or "e": Add(column, value); break;
      default:
        var isStyled = int.TryParse(style, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < workbook.Formats.Count;
        Add(column, (isStyled ? workbook.Formats[index] : default).Write(value, workbook.From1904));
        break;
    }
  }

  private string ReadValue() {
    if (_reader.IsEmptyElement) return "";
    var depth = _reader.Depth;
    var value = "";
    while (_reader.Read() && _reader.Depth > depth) {
      if (SheetXml.IsText(_reader)) value += _reader.Value;
    }
    return value;
  }

  private void Add(int column, string text) {
    if (text.Length == 0) return;
    var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
    Added(column, Encoding.UTF8.GetBytes(text, room));
  }

  private void AddShared(int column, int number) {
    var text = workbook.Strings[number];
    if (text.IsEmpty) return;
    text.CopyTo(Room(text.Length));
    Added(column, text.Length);
  }

  private Span<byte> Room(int length) {
    if (_bytes.Length - _length < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
    return _bytes.AsSpan(_length);
  }

  private void Added(int column, int length) {
    _cells.Add((column, _length, length));
    _length += length;
  }

  private static string IsoDate(string value) =>
    DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date) && !value.EndsWith('Z')
        ? date.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : value;

  // "AB12" is column 27
  private static int ColumnOf(string place) {
    var column = 0;
    foreach (var c in place) {
      if (!char.IsAsciiLetter(c)) break;
      column = column * 26 + (c | 0x20) - 'a' + 1;
      if (column > MostColumns) throw new InvalidDataException();
    }
    return column - 1;
  }

  public void Dispose() => _reader.Dispose();
}
