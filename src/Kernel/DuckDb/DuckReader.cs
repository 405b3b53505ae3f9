using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Porchlight.Kernel.DuckDb;

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its SQL type.</param>
/// <param name="Storage">How its values lie in memory: for ENUM and DECIMAL the integer type, else <paramref name="Type"/>.</param>
/// <param name="EnumWords">An ENUM's words by code; empty for other types.</param>
/// <param name="Scale">A DECIMAL's digits after the point.</param>
public sealed record DuckColumn(string Name, DuckType Type, DuckType Storage, IReadOnlyList<string> EnumWords, int Scale) {
  /// <summary>Bytes of one value; 0 for types the house never reads.</summary>
  internal int Width => Storage switch {
    DuckType.Boolean or DuckType.Int8 or DuckType.UInt8 => 1,
    DuckType.Int16 or DuckType.UInt16 => 2,
    DuckType.Int32 or DuckType.UInt32 or DuckType.Single or DuckType.Date => 4,
    DuckType.Int64 or DuckType.UInt64 or DuckType.Double or DuckType.Timestamp or DuckType.TimestampTz => 8,
    DuckType.Int128 or DuckType.Text or DuckType.Blob => 16,
    _ => 0,
  };
}

/// <summary>
/// An answer, read forward: <see cref="Next"/> moves to the next chunk, whose columns are spans of <see cref="Rows"/> values. Spans and
/// text end with the next <see cref="Next"/>. Values at NULL are not defined: ask <see cref="IsNull"/> or <see cref="Validity"/>.
/// </summary>
public sealed unsafe class DuckReader : IDisposable {
  private readonly DuckConnection.Watcher _watch;
  private readonly DuckStatement? _statement;
  private readonly CancellationToken _ct;
  private readonly void*[] _data;
  private readonly ulong*[] _validity;
  private DuckNative.Result _result;
  private nint _chunk;
  private bool _disposed;

  internal DuckReader(DuckNative.Result result, DuckConnection.Watcher watch, DuckStatement? statement, CancellationToken ct) {
    _result = result;
    _watch = watch;
    _statement = statement;
    _ct = ct;
    var columns = new DuckColumn[DuckNative.ColumnCount(ref _result)];
    for (var i = 0; i < columns.Length; i++) columns[i] = Describe((ulong)i);
    Columns = columns;
    _data = new void*[columns.Length];
    _validity = new ulong*[columns.Length];
  }

  private DuckColumn Describe(ulong index) {
    var name = DuckNative.Borrowed(DuckNative.ColumnName(ref _result, index));
    var logical = DuckNative.ColumnType(ref _result, index);
    try {
      var type = DuckNative.TypeId(logical);
      string[] words = [];
      if (type == DuckType.Enum) {
        words = new string[DuckNative.EnumSize(logical)];
        for (var code = 0; code < words.Length; code++) words[code] = DuckNative.Owned(DuckNative.EnumWord(logical, (ulong)code));
      }
      return type switch {
        DuckType.Enum => new(name, type, DuckNative.EnumInternalType(logical), words, 0),
        DuckType.Decimal => new(name, type, DuckNative.DecimalInternalType(logical), words, DuckNative.DecimalScale(logical)),
        _ => new(name, type, type, words, 0),
      };
    } finally {
      DuckNative.DestroyType(ref logical);
    }
  }

  /// <summary>The columns, in order.</summary>
  public IReadOnlyList<DuckColumn> Columns { get; }
  /// <summary>Rows of the present chunk.</summary>
  public int Rows { get; private set; }

  /// <summary>Moves to the next chunk with rows; false at the end.</summary>
  /// <exception cref="DuckException">The statement failed while it streamed.</exception>
  /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
  public bool Next() {
    ObjectDisposedException.ThrowIf(_disposed, this);
    do {
      if (_chunk != 0) DuckNative.DestroyChunk(ref _chunk);
      Rows = 0;
      _ct.ThrowIfCancellationRequested();
      _chunk = DuckNative.FetchChunk(_result);
      if (_chunk == 0) {
        var words = DuckNative.Borrowed(DuckNative.ResultError(ref _result));
        return words.Length == 0 ? false : throw DuckConnection.Refusal(words, _ct);
      }
      Rows = (int)DuckNative.ChunkSize(_chunk);
    } while (Rows == 0);
    for (var i = 0; i < _data.Length; i++) {
      var vector = DuckNative.ChunkVector(_chunk, (ulong)i);
      _data[i] = DuckNative.VectorData(vector);
      _validity[i] = DuckNative.VectorValidity(vector);
    }
    return true;
  }

  /// <summary>
  /// The column's values as they lie. <typeparamref name="T"/> must have the width of the column's <see cref="DuckColumn.Storage"/>: an
  /// ENUM of up to 255 words is byte, of up to 65,535 ushort; DATE is int; TIMESTAMP long; HUGEINT <see cref="Int128"/>.
  /// </summary>
  public ReadOnlySpan<T> Span<T>(int column) where T : unmanaged {
    var about = Columns[column];
    if (about.Type is DuckType.Text or DuckType.Blob || about.Width != Unsafe.SizeOf<T>())
      throw new InvalidOperationException($"Column {about.Name} is {about.Type} ({about.Storage}); it cannot be read as {typeof(T).Name}");
    return new(_data[column], Rows);
  }

  /// <summary>One bit a row, set where there is a value, lowest bit first; empty where no value is NULL.</summary>
  public ReadOnlySpan<ulong> Validity(int column) => _validity[column] is null ? default : new(_validity[column], (Rows + 63) / 64);

  /// <summary>Whether the value is NULL.</summary>
  public bool IsNull(int column, int row) {
    ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
    return _validity[column] is not null && (_validity[column][row >> 6] >> (row & 63) & 1) == 0;
  }

  /// <summary>A text's or blob's bytes; empty at NULL.</summary>
  public ReadOnlySpan<byte> Bytes(int column, int row) {
    if (Columns[column].Type is not (DuckType.Text or DuckType.Blob))
      throw new InvalidOperationException($"Column {Columns[column].Name} is {Columns[column].Type}, not text");
    if (IsNull(column, row)) return default;
    var text = (DuckNative.Text*)_data[column] + row;
    return new(text->Length <= 12 ? &text->Inline : text->Pointer, (int)text->Length);
  }

  /// <summary>A text, or an ENUM's word; null at NULL.</summary>
  public string? Text(int column, int row) {
    if (IsNull(column, row)) return null;
    var about = Columns[column];
    return about.Type == DuckType.Enum ? about.EnumWords[(int)Long(column, row)] : Encoding.UTF8.GetString(Bytes(column, row));
  }

  /// <summary>Any integer (a sum's HUGEINT and an ENUM's code too); 0 at NULL.</summary>
  /// <exception cref="OverflowException">A HUGEINT beyond 64 bits.</exception>
  public long Long(int column, int row) {
    if (IsNull(column, row)) return 0;
    return Columns[column].Storage switch {
      DuckType.Boolean or DuckType.UInt8 => At<byte>(column, row),
      DuckType.Int8 => At<sbyte>(column, row),
      DuckType.Int16 => At<short>(column, row),
      DuckType.UInt16 => At<ushort>(column, row),
      DuckType.Int32 or DuckType.Date => At<int>(column, row),
      DuckType.UInt32 => At<uint>(column, row),
      DuckType.Int64 or DuckType.Timestamp or DuckType.TimestampTz => At<long>(column, row),
      DuckType.UInt64 => checked((long)At<ulong>(column, row)),
      DuckType.Int128 => checked((long)At<Int128>(column, row)),
      _ => throw new InvalidOperationException($"Column {Columns[column].Name} is {Columns[column].Type}, not an integer"),
    };
  }

  /// <summary>Any number; NaN at NULL.</summary>
  public double Double(int column, int row) {
    if (IsNull(column, row)) return double.NaN;
    return Columns[column] switch {
      { Type: DuckType.Double } => At<double>(column, row),
      { Type: DuckType.Single } => At<float>(column, row),
      { Type: DuckType.Decimal, Scale: var scale } => Long(column, row) / Math.Pow(10, scale),
      _ => Long(column, row),
    };
  }

  /// <summary>A DATE.</summary>
  public DateOnly? Date(int column, int row) =>
    IsNull(column, row) ? null : DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(At<int>(column, row));

  /// <summary>A TIMESTAMP's clock face (of unspecified kind), or a TIMESTAMPTZ's UTC.</summary>
  public DateTime? Timestamp(int column, int row) => IsNull(column, row) ? null
    : DateTime.SpecifyKind(
        DateTime.UnixEpoch.AddTicks(At<long>(column, row) * TimeSpan.TicksPerMicrosecond),
        Columns[column].Type == DuckType.TimestampTz ? DateTimeKind.Utc : DateTimeKind.Unspecified);

  /// <summary>A value as the nearest .NET type: bool, long, Int128, double, string, byte[], DateOnly, DateTime; null at NULL.</summary>
  public object? Value(int column, int row) {
    if (IsNull(column, row)) return null;
    return Columns[column].Type switch {
      DuckType.Boolean => At<byte>(column, row) != 0,
      DuckType.Int128 => At<Int128>(column, row),
      DuckType.Double or DuckType.Single or DuckType.Decimal => Double(column, row),
      DuckType.Text or DuckType.Enum => Text(column, row),
      DuckType.Blob => Bytes(column, row).ToArray(),
      DuckType.Date => Date(column, row),
      DuckType.Timestamp or DuckType.TimestampTz => Timestamp(column, row),
      DuckType.Null => null,
      _ => Long(column, row),
    };
  }

  private T At<T>(int column, int row) where T : unmanaged {
    ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
    return Unsafe.ReadUnaligned<T>((byte*)_data[column] + ((nint)row * sizeof(T)));
  }

  /// <inheritdoc/>
  public void Dispose() {
    if (_disposed) return;
    _disposed = true;
    if (_chunk != 0) DuckNative.DestroyChunk(ref _chunk);
    DuckNative.DestroyResult(ref _result);
    _watch.Dispose();
    _statement?.Dispose();
  }
}

/// <summary>One row of a reader's present chunk.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct DuckRow {
  private readonly DuckReader _reader;
  private readonly int _row;
  internal DuckRow(DuckReader reader, int row) => (_reader, _row) = (reader, row);
  /// <inheritdoc cref="DuckReader.IsNull"/>
  public bool IsNull(int column) => _reader.IsNull(column, _row);
  /// <inheritdoc cref="DuckReader.Text"/>
  public string? Text(int column) => _reader.Text(column, _row);
  /// <inheritdoc cref="DuckReader.Long"/>
  public long Long(int column) => _reader.Long(column, _row);
  /// <inheritdoc cref="DuckReader.Double"/>
  public double Double(int column) => _reader.Double(column, _row);
  /// <inheritdoc cref="DuckReader.Date"/>
  public DateOnly? Date(int column) => _reader.Date(column, _row);
  /// <inheritdoc cref="DuckReader.Timestamp"/>
  public DateTime? Timestamp(int column) => _reader.Timestamp(column, _row);
  /// <inheritdoc cref="DuckReader.Value"/>
  public object? Value(int column) => _reader.Value(column, _row);
}
