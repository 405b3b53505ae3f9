using System.Buffers;
using System.Text.Unicode;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Reads a whole file once and says which of its records can be read strictly. Those that cannot are set aside with line, field and
/// reason; none is dropped. A file that is clean as it lies is left there; from the first record on that needs a change (or is set aside) the clean ones are copied
/// to <c>records.csv</c>, those before it first.
/// <para>
/// Where quotes do not pair up (text after a closing quote; a quote not closed by the end of the file or within 1 MiB; a record of several lines
/// whose lines, but for that quote, would mostly be records), the record's first line is set aside alone and reading goes on at the
/// next line. From there to the line where it showed, lines are read one by one: a quote that one of them leaves open sets that line aside too. So
/// every line is read at most twice, and one lost quote costs one line.
/// </para>
/// </summary>
internal sealed class Framer : IDisposable {
  private readonly string _path, _staging;
  private readonly FileShape _shape;
  private readonly AsideWriter _aside;
  private readonly IProgress<FramingProgress>? _progress;
  private readonly FramingLimits _limits;
  private readonly CancellationToken _ct;
  private readonly TextSource _source;
  private readonly long _length;
  private readonly byte _delimiter;
  private readonly bool _rowsAreLines;

  private byte[] _buffer;
  private int _start, _end, _validTo;
  private bool _isLast;
  // offsets in the text: of the buffer's first byte; up to where bytes may not be valid; up to where quotes end with their line
  private long _base, _suspectTo, _oneLineTo;
  private long _line = 1, _passed, _setAside, _headerAt;
  private int _fields, _drop;
  private bool _hasHeader;
  private FastRecords? _fast;
  private ByteSink? _staged;
  private long _nextSpaceCheck;
  private readonly LineMap _map = new();
  private readonly Dictionary<AsideReason, long> _reasons = [];

  private Framer(string path, FileShape shape, string staging, AsideWriter aside, IProgress<FramingProgress>? progress, FramingLimits limits, CancellationToken ct) {
    (_path, _shape, _staging, _aside, _progress, _limits, _ct) = (path, shape, staging, aside, progress, limits, ct);
    _delimiter = (byte)shape.Delimiter;
    _rowsAreLines = shape.Kind == FileKind.Xlsx;
    _length = new FileInfo(path).Length;
    _buffer = new byte[limits.BlockBytes + (64 << 10)];
    _source = TextSource.Open(path, shape);
  }

  /// <summary>Frames a file. The caller owns the staging folder and the writer; after a refusal both are thrown away.</summary>
  public static FramedFile Run(
      string path, FileShape shape, string staging, AsideWriter aside, IProgress<FramingProgress>? progress, CancellationToken ct, FramingLimits? limits = null) {
    var received = FileStamp.Of(path);
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    var hash = Task.Run(() => TextSource.Sha256(path, stop.Token), CancellationToken.None);
    try {
      using var framer = new Framer(path, shape, staging, aside, progress, limits ?? FramingLimits.Usual, ct);
      framer.ReadAll();
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
      _staged is null ? _path : StagedPath, _staged is not null, _shape.Delimiter, _shape.Header, _passed, _setAside, _reasons, sha256, _map, received);

  private string StagedPath => Path.Combine(_staging, "records.csv");

  private void ReadAll() {
    if (_shape.Kind != FileKind.Csv || _shape.Encoding != TextEncoding.Utf8 || _shape.HasMark || _shape.HeaderLine > 1 || _shape.IsAside) OpenStaged();
    do {
      _ct.ThrowIfCancellationRequested();
      Refill();
      while (_start < _end && Step()) { }
      _progress?.Report(new(_source.Position, _length, _passed));
    } while (!_isLast);
    if (!_hasHeader) throw new RefusedException(FileStamp.Changed(_path));
    _staged?.Drain();
    _aside.Flush();
  }

  private void Refill() {
    var rest = _end - _start;
    if (rest >= _limits.GiveUp)
      throw new RefusedException(
          $"What begins on line {_line} does not end within {_limits.GiveUp >> 20} MB: this is not a table with one record a line. Export it again. Nothing was imported.");
    _buffer.AsSpan(_start, rest).CopyTo(_buffer);
    _base += _start;
    _validTo -= _start;
    (_start, _end) = (0, rest);
    if (_buffer.Length - rest < _limits.BlockBytes) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, rest + _limits.BlockBytes));
    var read = _source.Text.ReadAtLeast(_buffer.AsSpan(rest, _limits.BlockBytes), _limits.BlockBytes, throwOnEndOfStream: false);
    _end += read;
    _isLast = read < _limits.BlockBytes;
    Validate();
    if (_staged is not null && _staged.Written + _aside.Written >= _nextSpaceCheck) CheckSpace();
  }

  /// <summary>Looks over the new bytes at once. Only where something is wrong are records looked at one by one.</summary>
  private void Validate() {
    var fresh = _buffer.AsSpan(_validTo, _end - _validTo);
    var whole = _isLast ? fresh.Length : WholeCharacters(fresh);
    if (!Utf8.IsValid(fresh[..whole]) || fresh[..whole].Contains((byte)0)) _suspectTo = _base + _validTo + whole;
    _validTo += whole;
  }

  /// <summary>How many bytes there are but for a character that is cut off at the end.</summary>
  private static int WholeCharacters(ReadOnlySpan<byte> bytes) {
    for (var back = 1; back <= Math.Min(3, bytes.Length); back++) {
      var value = bytes[^back];
      if (value < 0x80) break;
      if (value >= 0xC0) return back < (value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2) ? bytes.Length - back : bytes.Length;
    }
    return bytes.Length;
  }

  /// <summary>Deals with one record, or with many that leave nothing to decide; false when more bytes are needed.</summary>
  private bool Step() {
    var data = _buffer.AsSpan(0, _end);
    var isSuspect = _base + _start < _suspectTo;
    var oneLine = _base + _start < _oneLineTo;
    if (_fast is not null && !isSuspect && !oneLine) {
      var stop = _fast.Walk(data, _start);
      if (stop > _start) {
        Pass(data, stop, _fast);
        return true;
      }
    }
    var isTitle = _line < _shape.HeaderLine;
    var frame = isTitle && !_rowsAreLines
        ? RecordFrame.Line(data[_start..], _isLast)
        : RecordFrame.Of(data[_start..], _delimiter, _isLast, oneLine, _limits.LongestRecord);
    if (frame.Kind == FrameKind.NeedsMore) return false;
    if (isTitle) _line++;
    else if (!_hasHeader) TakeHeader(data.Slice(_start, frame.End), frame);
    else if (frame.Kind == FrameKind.Whole) frame = TakeWhole(data[_start..], frame, isSuspect);
    else TakeUnpaired(data.Slice(_start, frame.End), frame);
    _start += frame.Next;
    return true;
  }

  private void TakeHeader(ReadOnlySpan<byte> record, RecordFrame frame) {
    _drop = _shape.IsAside ? AsideWriter.Columns.Length : 0;
    var cells = frame.Kind == FrameKind.Whole ? Cells.Split(record, _delimiter) : [];
    if (cells.Length < _drop || !Header.Names(cells[_drop..]).SequenceEqual(_shape.Header)) throw new RefusedException(FileStamp.Changed(_path));
    _hasHeader = true;
    _fields = frame.Fields;
    if (_drop == 0) _fast = new(_delimiter, _fields, _limits.LongestRecord);
    _headerAt = _base + _start;
    if (!HasPlainEnd(frame) || frame.IsPadded) OpenStaged();
    Emit(record, frame);
    _line += _rowsAreLines ? 1 : 1 + frame.Breaks;
    _aside.Begin(Bare(record, frame), _delimiter);
  }

  /// <summary>Passes what the fast walk went over: up to <paramref name="stop"/>.</summary>
  private void Pass(ReadOnlySpan<byte> data, int stop, FastRecords walked) {
    _map.Add(_passed, _line);
    long breaks = 0;
    if (!_rowsAreLines) {
      foreach (var (record, inside) in walked.Tall) {
        breaks += inside;
        _map.Add(_passed + record + 1, _line + record + 1 + breaks);
      }
    }
    _passed += walked.Records;
    _line += walked.Records + breaks;
    if (walked.Cuts.Count > 0) OpenStaged();
    if (_staged is not null) {
      var from = _start;
      foreach (var cut in walked.Cuts) {
        _staged.Write(data[from..cut]);
        from = cut + 1;
      }
      _staged.Write(data[from..stop]);
    }
    _start = stop;
  }

  /// <summary>Judges a record that frames. Returns its frame, or that of its first line where only this was set aside.</summary>
  private RecordFrame TakeWhole(ReadOnlySpan<byte> rest, RecordFrame frame, bool isSuspect) {
    var record = rest[..frame.End];
    if (IsBlank(record, frame)) {
      OpenStaged();
    } else if (frame.End > _limits.LongestRecord) {
      SetAside(AsideReason.TooLong, "", $"longer than {_limits.LongestRecord >> 10:N0} KB", record, frame);
    } else if (isSuspect && record.IndexOf((byte)0) is >= 0 and var nul) {
      SetAside(AsideReason.Nul, Field(record, nul), "holds a NUL byte (0x00)", record, frame);
    } else if (isSuspect && Lenient.FirstInvalid(record) is >= 0 and var invalid) {
      SetAside(AsideReason.NotValid, Field(record, invalid), NotValid, record, frame);
    } else if (frame.Fields != _fields) {
      if (frame.Breaks > 0 && LinesAreRecords(record)) {
        var line = RecordFrame.Of(rest, _delimiter, _isLast, oneLine: true, _limits.LongestRecord);
        TakeUnpaired(rest[..line.End], line with { ShownAt = frame.ShownAt });
        return line;
      }
      SetAside(AsideReason.FieldCount, "", $"expected {_fields - _drop} fields, found {Math.Max(0, frame.Fields - _drop)}", record, frame);
    } else {
      if (!HasPlainEnd(frame) || frame.IsPadded) OpenStaged();
      _map.Add(_passed++, _line);
      Emit(record, frame);
    }
    _line += _rowsAreLines ? 1 : 1 + frame.Breaks;
    return frame;
  }

  /// <summary>Sets aside a line whose quotes do not pair up.</summary>
  private void TakeUnpaired(ReadOnlySpan<byte> line, RecordFrame frame) {
    var field = FieldName(frame.BadField);
    if (frame.Kind == FrameKind.TextAfterQuote)
      SetAside(AsideReason.TextAfterQuote, field, "text after a closing quote", line, frame);
    else
      SetAside(AsideReason.QuoteNeverClosed, field, $"a quote opens on line {_line + frame.QuoteBreaks} and is never closed", line, frame);
    _oneLineTo = Math.Max(_oneLineTo, _base + _start + frame.ShownAt);
    _line++;
  }

  /// <summary>Whether most lines of a record of several lines, but for its first and last, would be records themselves: then a lost quote swallowed them.</summary>
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
  /// A line that says nothing: empty, or delimiters only (rows cleared in Excel); or, where a record has several fields, spaces or the end-of-file sign of DOS.
  /// </summary>
  private bool IsBlank(ReadOnlySpan<byte> record, RecordFrame frame) =>
    record.IndexOfAnyExcept(_delimiter) < 0 || _fields > 1 && frame.Fields == 1 && record.IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)0x1A) < 0;

  private void SetAside(AsideReason reason, string field, string words, ReadOnlySpan<byte> record, RecordFrame frame) {
    OpenStaged();
    _setAside++;
    _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
    if (frame.Kind != FrameKind.Whole || frame.Fields <= _drop) _aside.AddText(_line, field, words, record);
    else _aside.AddRecord(_line, field, words, Bare(record, frame));
  }

  /// <summary>A record as we write it: without the spaces around quoted cells, and without the three columns that we put before them once.</summary>
  private ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> record, RecordFrame frame) {
    if (!frame.IsPadded && _drop == 0) return record;
    var bare = new ArrayBufferWriter<byte>(record.Length);
    Cells.Rewrite(record, _delimiter, _drop, bare);
    return bare.WrittenSpan;
  }

  private string Field(ReadOnlySpan<byte> record, int at) {
    var number = 0;
    for (var cells = new Cells(record, _delimiter); cells.Next() && cells.Place.End.Value < at;) number++;
    return FieldName(number);
  }

  private string FieldName(int number) => number < _drop ? AsideWriter.Columns[number]
      : number - _drop < _shape.Header.Count ? _shape.Header[number - _drop] : $"field {number - _drop + 1}";

  private string NotValid => $"not valid {_shape.EncodingName}" + (_shape.Encoding == TextEncoding.Utf8 ? "; shown here as Windows-1252" : "");

  private bool HasPlainEnd(RecordFrame frame) => frame.Next == frame.End || frame.Next == frame.End + 1 && _buffer[_start + frame.End] == '\n';

  private void Emit(ReadOnlySpan<byte> record, RecordFrame frame) {
    if (_staged is null) return;
    _staged.Write(Bare(record, frame));
    _staged.Write("\n"u8);
  }

  /// <summary>From here on records are copied. Those that passed before this one are copied first, as they are.</summary>
  private void OpenStaged() {
    if (_staged is not null) return;
    _limits.NeedSpace(_staging, _length);
    _staged = new(StagedPath);
    _nextSpaceCheck = _limits.BytesBetweenSpaceChecks;
    if (!_hasHeader) return;
    using var file = TextSource.OpenFile(_path);
    file.Position = _headerAt;
    var block = new byte[1 << 20];
    for (var left = _base + _start - _headerAt; left > 0;) {
      _ct.ThrowIfCancellationRequested();
      var read = file.Read(block, 0, (int)Math.Min(left, block.Length));
      if (read == 0) throw new RefusedException(FileStamp.Changed(_path));
      _staged.Write(block.AsSpan(0, read));
      left -= read;
    }
  }

  /// <summary>What a small compressed file unfolds to is bounded by the disk: as much again as was staged must always be free.</summary>
  private void CheckSpace() {
    var written = _staged!.Written + _aside.Written;
    _limits.NeedSpace(_staging, written);
    _nextSpaceCheck = written + _limits.BytesBetweenSpaceChecks;
  }

  public void Dispose() {
    _source.Dispose();
    _staged?.Dispose();
  }
}
