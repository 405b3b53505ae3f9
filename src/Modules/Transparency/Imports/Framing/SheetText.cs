using System.Buffers;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// A sheet as comma-separated text, a record for each row, so that everything after this deals with one form only. Rows are padded to the
/// header's width; a row with more in it gets more cells and will be set aside for that. A row without anything is a blank line, so that
/// records count as rows do.
/// </summary>
internal sealed class SheetText : ForwardStream {
  private readonly string _path;
  private readonly Workbook _workbook;
  private readonly SheetRows _rows;
  private readonly int _first, _width;
  private readonly ArrayBufferWriter<byte> _text = new(64 << 10);
  private int _given, _row;
  private bool _isOver;

  public SheetText(FileStream file, FileShape shape) {
    _path = file.Name;
    _workbook = Workbook.Open(file);
    var sheet = _workbook.Sheets.FirstOrDefault(s => s.Name == shape.Sheet)
        ?? throw new Kernel.RefusedException(FileStamp.Changed(_path));
    _rows = _workbook.Rows(sheet);
    _first = shape.FirstColumn;
    _width = shape.Header.Count + (shape.IsAside ? AsideWriter.Columns.Length : 0);
  }

  public override int Read(Span<byte> buffer) {
    if (_given == _text.WrittenCount && !_isOver) {
      _text.ResetWrittenCount();
      _given = 0;
      while (!_isOver && _text.WrittenCount < 32 << 10) _isOver = !Workbook.Guard(_path, WriteRow);
    }
    var length = Math.Min(buffer.Length, _text.WrittenCount - _given);
    _text.WrittenSpan.Slice(_given, length).CopyTo(buffer);
    _given += length;
    return length;
  }

  private bool WriteRow() {
    if (!_rows.Next()) return false;
    for (_row++; _row < _rows.Number; _row++) _text.Write("\n"u8);
    if (_rows.Count > 0) WriteCells();
    _text.Write("\n"u8);
    return true;
  }

  private void WriteCells() {
    // something to the left of the table: the whole row, which then has too many cells
    var first = Math.Min(_first, _rows.Column(0));
    var end = Math.Max(_first + _width, _rows.Column(_rows.Count - 1) + 1);
    var cell = 0;
    for (var column = first; column < end; column++) {
      if (column > first) _text.Write(","u8);
      if (cell < _rows.Count && _rows.Column(cell) == column) Cells.Write(_rows.Text(cell++), (byte)',', _text);
    }
  }

  protected override void Dispose(bool disposing) {
    if (disposing) {
      _rows.Dispose();
      _workbook.Dispose();
    }
    base.Dispose(disposing);
  }
}
