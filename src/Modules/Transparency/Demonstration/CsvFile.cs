using System.Text;

namespace Porchlight.Transparency.Demonstration;

/// <summary>
/// Writes comma-separated rows, fast. No value of the demonstration holds a comma or a quote, so none is quoted (a test reads every row).
/// </summary>
internal sealed class CsvFile : IDisposable {
  private const int LongestCell = 200;
  private readonly Stream _to;
  private readonly byte[] _buffer = new byte[1 << 16];
  private int _used;
  private bool _begun;

  public CsvFile(Stream to, params ReadOnlySpan<string> columns) {
    _to = to;
    foreach (var column in columns) Text(column);
    EndRow();
    Rows = 0;
  }

  /// <summary>Rows ended so far, the header not counted.</summary>
  public int Rows { get; private set; }

  public void Text(string? value) {
    Begin();
    if (value is not null) _used += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_used));
  }

  public void Number(int? value) {
    Begin();
    if (value is not { } number) return;
    number.TryFormat(_buffer.AsSpan(_used), out var written);
    _used += written;
  }

  /// <summary>Local time, as <c>2026-10-31 17:05:00</c>.</summary>
  public void Time(DateTime? value) {
    Begin();
    if (value is not { } time) return;
    time.TryFormat(_buffer.AsSpan(_used), out var written, "yyyy-MM-dd HH:mm:ss");
    _used += written;
  }

  public void EndRow() {
    _buffer[_used++] = (byte)'\n';
    _begun = false;
    Rows++;
    if (_used > _buffer.Length / 2) Flush();
  }

  public void Dispose() {
    Flush();
    _to.Dispose();
  }

  private void Begin() {
    if (_begun) _buffer[_used++] = (byte)',';
    _begun = true;
    if (_used > _buffer.Length - LongestCell) Flush();
  }

  private void Flush() {
    _to.Write(_buffer.AsSpan(0, _used));
    _used = 0;
  }
}
