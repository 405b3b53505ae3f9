namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// The line on which each record of a framed file begins in the file as received. Records and lines go hand in hand but where a record
/// was skipped or a cell holds line breaks; only these places are kept, some two bytes each, so that a file of ten million narratives
/// stays small.
/// </summary>
internal sealed class LineMap {
  private const int Stride = 256;
  private readonly List<byte> _steps = [];
  private readonly List<(long Record, long Line, int Step)> _marks = [];
  private long _record, _line;
  private int _count;

  /// <summary>How many places part company; the first record is one.</summary>
  public int Count => _count;

  /// <summary>Says that a record begins on a line. Records ascend; a record that is where it would be anyway costs nothing.</summary>
  public void Add(long record, long line) {
    if (_count > 0 && line - _line == record - _record) return;
    if (_count++ % Stride == 0) _marks.Add((record, line, _steps.Count));
    else {
      Write(record - _record);
      Write(line - _line - (record - _record));
    }
    (_record, _line) = (record, line);
  }

  /// <summary>The line, from 1, of a record, from 0.</summary>
  public long LineOf(long record) {
    int low = 0, high = _marks.Count - 1;
    while (low < high) {
      var middle = (low + high + 1) / 2;
      if (_marks[middle].Record <= record) low = middle;
      else high = middle - 1;
    }
    if (_marks.Count == 0 || record < _marks[0].Record) throw new ArgumentOutOfRangeException(nameof(record));
    var (at, line, step) = _marks[low];
    var end = low + 1 < _marks.Count ? _marks[low + 1].Step : _steps.Count;
    while (step < end) {
      var forward = Read(ref step);
      var lines = forward + Read(ref step);
      if (at + forward > record) break;
      at += forward;
      line += lines;
    }
    return line + (record - at);
  }

  private void Write(long number) {
    for (; number >= 0x80; number >>= 7) _steps.Add((byte)(number | 0x80));
    _steps.Add((byte)number);
  }

  private long Read(ref int step) {
    var number = 0L;
    for (var shift = 0; ; shift += 7) {
      var part = _steps[step++];
      number |= (long)(part & 0x7F) << shift;
      if (part < 0x80) return number;
    }
  }
}
