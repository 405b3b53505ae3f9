using System.Buffers;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Reads a whole file once and says which of its records can be read strictly. Those that cannot are set aside with line, field and
/// reason; none is dropped. A file that is clean stays where it lies; from the first record on that needs a change, or is set aside,
/// the clean ones are copied to <c>records.csv</c>, those before it first.
/// <para>
/// Where quotes do not pair up (text after a closing quote; a quote not closed by the end of the file or within 1 MiB; a record of
/// several lines whose lines, but for that quote, would mostly be records), the record's first line is set aside alone and reading
/// goes on at the next line. From there to the line where it showed, lines are read one by one: a quote that one of them leaves open
/// sets that line aside too. So every line is read at most twice, and one lost quote costs one line.
/// </para>
/// </summary>
internal sealed class Framer : IDisposable {
  private readonly string _path;
  private readonly FileShape _shape;
  private readonly AsideWriter _aside;
  private readonly FramingLimits _limits;
  private readonly TextSource _source;
  private readonly TextBlocks _text;
  private readonly StagedRecords _staged;
  private readonly LineMap _map = new();
  private readonly Dictionary<AsideReason, long> _reasons = [];
  private readonly byte _delimiter;
  // a sheet's row counts as one line, whatever its cells hold
  private readonly bool _rowsAreLines;
  // the columns of our own before the source's, in a file of records that were set aside
  private readonly int _drop;

  private FastRecords? _fast;
  private CellSurvey? _survey;
  // the survey works beside reading on: on the block at hand, and on the one before, whose bytes the next block takes the place of
  private Task _looking = Task.CompletedTask, _lookedBefore = Task.CompletedTask;
  private int _fields;
  private long _headerAt, _line = 1, _passed, _setAside;
  // up to here in the text a quote ends with its line
  private long _oneLineTo;

  private Framer(string path, FileShape shape, string staging, AsideWriter aside, FramingLimits limits, CancellationToken ct) {
    (_path, _shape, _aside, _limits) = (path, shape, aside, limits);
    _delimiter = (byte)shape.Delimiter;
    _rowsAreLines = shape.Kind == FileKind.Xlsx;
    _drop = shape.IsAside ? AsideWriter.Columns.Length : 0;
    _staged = new(staging, path, limits, ct);
    _source = TextSource.Open(path, shape);
    _text = new(_source.Text, limits.BlockBytes);
  }

  /// <summary>Frames a file. The caller owns the staging folder and the writer; after a refusal both are thrown away.</summary>
  public static FramedFile Run(
      string path, FileShape shape, string staging, AsideWriter aside, IProgress<FramingProgress>? progress, CancellationToken ct) =>
    Run(path, shape, staging, aside, progress, FramingLimits.Usual, ct);

  /// <inheritdoc cref="Run(string, FileShape, string, AsideWriter, IProgress{FramingProgress}?, CancellationToken)"/>
  public static FramedFile Run(string path, FileShape shape, string staging, AsideWriter aside, IProgress<FramingProgress>? progress,
      FramingLimits limits, CancellationToken ct) {
    var received = FileStamp.Of(path);
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    var hash = Task.Run(() => TextSource.Sha256(path, stop.Token), CancellationToken.None);
    try {
      using var framer = new Framer(path, shape, staging, aside, limits, ct);
      framer.ReadAll(received.Length, progress, ct);
      var sha256 = hash.GetAwaiter().GetResult();
      received.RefuseIfChanged();
      return framer.Result(sha256, received);
    } finally {
      stop.Cancel();
      // its outcome no longer matters, but the file must be closed
      _ = Task.WhenAny(hash).GetAwaiter().GetResult();
    }
  }

  private FramedFile Result(string sha256, FileStamp received) => new(
      _staged.IsOpen ? _staged.Path : _path, _staged.IsOpen, _shape.Delimiter, _shape.Header,
      _passed, _setAside, _reasons, _survey, sha256, _map, received);

  private void ReadAll(long length, IProgress<FramingProgress>? progress, CancellationToken ct) {
    var isPlain = _shape is { Kind: FileKind.Csv, Encoding: TextEncoding.Utf8, HasMark: false, HeaderLine: 1, IsAside: false };
    if (!isPlain) Stage();
    do {
      ct.ThrowIfCancellationRequested();
      if (_text.Rest.Length >= _limits.GiveUp)
        throw new RefusedException(
            $"What begins on line {_line} does not end within {_limits.GiveUp >> 20} MB: this is not a table with one record a line. "
            + "Export it again. Nothing was imported.");
      _lookedBefore.GetAwaiter().GetResult();
      _lookedBefore = _looking;
      _text.Read();
      while (!_text.Rest.IsEmpty && Step()) { }
      _staged.CheckSpace(_aside.Written);
      progress?.Report(new(_source.Position, length, _passed));
    } while (!_text.IsLast);
    _looking.GetAwaiter().GetResult();
    if (_fields == 0) throw new RefusedException(FileStamp.Changed(_path));
    _staged.Flush();
    _aside.Flush();
  }

  /// <summary>Deals with one record, or with many that leave nothing to decide; false when more bytes are needed.</summary>
  private bool Step() {
    var rest = _text.Rest;
    var oneLine = _text.Offset < _oneLineTo;
    if (_fast is not null && !_text.IsSuspect && !oneLine && _fast.Walk(rest) is > 0 and var walked) {
      Pass(_text.Held[..walked], _fast);
      _text.Take(walked);
      return true;
    }
    var isTitle = _line < _shape.HeaderLine;
    var frame = isTitle && !_rowsAreLines
        ? RecordFrame.Line(rest, _text.IsLast)
        : RecordFrame.Of(rest, _delimiter, _text.IsLast, oneLine, _limits.LongestRecord);
    if (frame.Kind == FrameKind.NeedsMore) return false;
    if (isTitle) _line++;
    else if (_fields == 0) TakeHeader(rest[..frame.End], frame);
    else if (frame.Kind == FrameKind.Whole) frame = TakeWhole(rest, frame);
    else TakeUnpaired(rest[..frame.End], frame);
    _text.Take(frame.Next);
    return true;
  }

  private void TakeHeader(ReadOnlySpan<byte> record, RecordFrame frame) {
    var cells = frame.Kind == FrameKind.Whole ? Cells.Split(record, _delimiter) : [];
    if (cells.Length < _drop || !Header.Names(cells[_drop..]).SequenceEqual(_shape.Header))
      throw new RefusedException(FileStamp.Changed(_path));
    _headerAt = _text.Offset;
    _fields = frame.Fields;
    if (_drop == 0) (_fast, _survey) = (new(_delimiter, _fields, _limits.LongestRecord), new(_delimiter, _fields));
    Write(record, frame);
    _line += Lines(frame);
    _aside.Begin(Bare(record, frame), _delimiter);
  }

  /// <summary>Passes what the fast walk went over.</summary>
  private void Pass(ReadOnlyMemory<byte> held, FastRecords walked) {
    var records = held.Span;
    _map.Add(_passed, _line);
    long breaks = 0;
    if (!_rowsAreLines) {
      foreach (var (record, inside) in walked.Tall) {
        breaks += inside;
        _map.Add(_passed + record + 1, _line + record + 1 + breaks);
      }
    }
    _looking.GetAwaiter().GetResult();
    if (held.Length < 64 << 10) _survey!.Look(records);
    else _looking = Task.Run(() => _survey!.Look(held.Span), CancellationToken.None);
    _passed += walked.Records;
    _line += walked.Records + breaks;
    if (walked.Cuts.Count > 0) Stage();
    var from = 0;
    foreach (var cut in walked.Cuts) {
      _staged.Write(records[from..cut]);
      from = cut + 1;
    }
    _staged.Write(records[from..]);
  }

  /// <summary>Judges a record that frames. Returns its frame, or that of its first line where only this was set aside.</summary>
  private RecordFrame TakeWhole(ReadOnlySpan<byte> rest, RecordFrame frame) {
    var record = rest[..frame.End];
    if (IsBlank(record, frame)) {
      Stage();
    } else if (frame.End > _limits.LongestRecord) {
      SetAside(AsideReason.TooLong, "", $"longer than {_limits.LongestRecord >> 10:N0} KB", record, frame);
    } else if (_text.IsSuspect && record.IndexOf((byte)0) is >= 0 and var nul) {
      SetAside(AsideReason.Nul, FieldAt(record, nul), "holds a NUL byte (0x00)", record, frame);
    } else if (_text.IsSuspect && Lenient.FirstInvalid(record) is >= 0 and var invalid) {
      var shown = _shape.Encoding == TextEncoding.Utf8 ? "; shown here as Windows-1252" : "";
      SetAside(AsideReason.NotValid, FieldAt(record, invalid), $"not valid {_shape.EncodingName}{shown}", record, frame);
    } else if (frame.Fields == _fields) {
      _map.Add(_passed++, _line);
      _looking.GetAwaiter().GetResult();
      _survey?.Look(Cells.Split(record, _delimiter));
      Write(record, frame);
    } else if (frame.Breaks > 0 && !_rowsAreLines && LinesAreRecords(record)) {
      var line = RecordFrame.Of(rest, _delimiter, _text.IsLast, oneLine: true, _limits.LongestRecord);
      TakeUnpaired(rest[..line.End], line with { ShownAt = frame.ShownAt });
      return line;
    } else {
      var (expected, found) = (_fields - _drop, Math.Max(0, frame.Fields - _drop));
      SetAside(AsideReason.FieldCount, "", $"expected {expected} fields, found {found}", record, frame);
    }
    _line += Lines(frame);
    return frame;
  }

  /// <summary>Sets aside a line whose quotes do not pair up.</summary>
  private void TakeUnpaired(ReadOnlySpan<byte> line, RecordFrame frame) {
    var field = FieldName(frame.BadField);
    if (frame.Kind == FrameKind.TextAfterQuote)
      SetAside(AsideReason.TextAfterQuote, field, "text after a closing quote", line, frame);
    else
      SetAside(AsideReason.QuoteNeverClosed, field, $"a quote opens on line {_line + frame.QuoteBreaks} and is never closed", line, frame);
    _oneLineTo = Math.Max(_oneLineTo, _text.Offset + frame.ShownAt);
    _line++;
  }

  /// <summary>
  /// Whether most lines of a record of several lines, but for its first and last, would be records themselves: then a lost quote swallowed
  /// them.
  /// </summary>
  private bool LinesAreRecords(ReadOnlySpan<byte> record) {
    int lines = 0, records = 0;
    for (var at = RecordFrame.Line(record, isLast: true).Next; at < record.Length; lines++) {
      var frame = RecordFrame.Of(record[at..], _delimiter, isLast: true, oneLine: true, _limits.LongestRecord);
      if (at + frame.Next >= record.Length) break;
      if (frame.Kind == FrameKind.Whole && frame.Fields == _fields) records++;
      at += frame.Next;
    }
    return records * 2 > lines;
  }

  /// <summary>
  /// A line that says nothing: empty, or delimiters only (rows cleared in Excel); or, where a record has several fields, spaces or the
  /// end-of-file sign of DOS.
  /// </summary>
  private bool IsBlank(ReadOnlySpan<byte> record, RecordFrame frame) =>
    record.IndexOfAnyExcept(_delimiter) < 0
    || _fields > 1 && frame.Fields == 1 && record.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)0x1A) < 0;

  private int Lines(RecordFrame frame) => _rowsAreLines ? 1 : 1 + frame.Breaks;

  private void SetAside(AsideReason reason, string field, string words, ReadOnlySpan<byte> record, RecordFrame frame) {
    Stage();
    _setAside++;
    _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
    if (frame.Kind != FrameKind.Whole || frame.Fields <= _drop) _aside.AddText(_line, field, words, record);
    else _aside.AddRecord(_line, field, words, Bare(record, frame));
  }

  private void Write(ReadOnlySpan<byte> record, RecordFrame frame) {
    var hasPlainEnd = frame.Next == frame.End || frame.Next == frame.End + 1 && _text.Rest[frame.End] == '\n';
    if (!hasPlainEnd || frame.IsPadded) Stage();
    if (!_staged.IsOpen) return;
    _staged.Write(Bare(record, frame));
    _staged.Write("\n"u8);
  }

  /// <summary>From the record at hand on, records are copied.</summary>
  private void Stage() => _staged.Open(_headerAt, _fields == 0 ? _headerAt : _text.Offset);

  /// <summary>A record as we write it: without the spaces around quoted cells, and without the columns that we put before it
  /// once.</summary>
  private ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> record, RecordFrame frame) {
    if (!frame.IsPadded && _drop == 0) return record;
    var bare = new ArrayBufferWriter<byte>(record.Length);
    Cells.Rewrite(record, _delimiter, _drop, bare);
    return bare.WrittenSpan;
  }

  private string FieldAt(ReadOnlySpan<byte> record, int at) {
    var number = 0;
    for (var cells = new Cells(record, _delimiter); cells.Next() && cells.Place.End.Value < at;) number++;
    return FieldName(number);
  }

  private string FieldName(int number) => number < _drop ? AsideWriter.Columns[number]
      : number - _drop < _shape.Header.Count ? _shape.Header[number - _drop] : $"field {number - _drop + 1}";

  public void Dispose() {
    _source.Dispose();
    _staged.Dispose();
  }
}
