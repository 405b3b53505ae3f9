using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Writes aside.csv: every record that was not taken, with the line it began on, the field and the reason, under the source's own header.
/// A person repairs it and imports it again; the first three columns are then passed over (<see cref="FileShape.IsAside"/>).
/// <list type="bullet">
/// <item>UTF-8 without a mark, LF after each record, the source's own delimiter: so a record's cells are copied as they are.</item>
/// <item>A record that frames keeps its cells, however many. One that does not is a single cell holding its whole text.</item>
/// <item>Bytes that are not valid in the source's encoding are read as Windows-1252, nearly always what they are; the reason says
/// so.</item>
/// <item>Cells are never changed to be harmless in a spreadsheet (no apostrophe before = or +): what is repaired here is imported again,
/// and an added character would become data. The file lies in <c>restricted/</c>; downloads for the public have their own writer.</item>
/// </list>
/// </summary>
internal sealed class AsideWriter(string path) : IDisposable {
  /// <summary>The columns before the source's own.</summary>
  public static readonly string[] Columns = ["line", "field", "reason"];
  private readonly ByteSink _sink = new(path);
  private byte _delimiter;

  /// <summary>Where it is written.</summary>
  public string Path => path;
  /// <summary>Records written.</summary>
  public long Count { get; private set; }
  /// <summary>Bytes written.</summary>
  public long Written => _sink.Written;

  /// <summary>Writes the header; before any record.</summary>
  public void Begin(ReadOnlySpan<byte> header, byte delimiter) {
    if (_delimiter != 0) throw new InvalidOperationException("The header is written once.");
    _delimiter = delimiter;
    foreach (var column in Columns) {
      Cells.Write(column, delimiter, _sink);
      _sink.Write([delimiter]);
    }
    WriteValid(header);
    _sink.Write("\n"u8);
  }

  /// <summary>Writes a record that frames: its cells as they are.</summary>
  public void AddRecord(long line, string field, string reason, ReadOnlySpan<byte> record) {
    Start(line, field, reason);
    WriteValid(record);
    _sink.Write("\n"u8);
  }

  /// <summary>Writes text that does not frame: one cell.</summary>
  public void AddText(long line, string field, string reason, ReadOnlySpan<byte> text) {
    Start(line, field, reason);
    if (Utf8.IsValid(text)) Cells.Write(text, _delimiter, _sink);
    else Cells.Write(Lenient.Decode(text), _delimiter, _sink);
    _sink.Write("\n"u8);
  }

  /// <summary>Hands everything written so far to the operating system; what is not flushed is lost.</summary>
  public void Flush() => _sink.Drain();

  private void Start(long line, string field, string reason) {
    if (_delimiter == 0) throw new InvalidOperationException("The header comes first.");
    Cells.Write(line.ToString(CultureInfo.InvariantCulture), _delimiter, _sink);
    _sink.Write([_delimiter]);
    Cells.Write(field, _delimiter, _sink);
    _sink.Write([_delimiter]);
    Cells.Write(reason, _delimiter, _sink);
    _sink.Write([_delimiter]);
    Count++;
  }

  private void WriteValid(ReadOnlySpan<byte> text) {
    if (Utf8.IsValid(text)) _sink.Write(text);
    else _sink.Write(Encoding.UTF8.GetBytes(Lenient.Decode(text)));
  }

  public void Dispose() => _sink.Dispose();
}
