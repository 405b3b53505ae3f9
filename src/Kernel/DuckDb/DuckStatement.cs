using System.Text;

namespace Porchlight.Kernel.DuckDb;

/// <summary>A prepared statement. Same thread rules as its connection.</summary>
public sealed unsafe class DuckStatement : IDisposable {
  private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;
  private readonly DuckConnection _connection;
  private readonly DuckStatementHandle _handle;

  internal DuckStatement(DuckConnection connection, DuckStatementHandle handle) {
    _connection = connection;
    _handle = handle;
  }

  /// <summary>Runs it.</summary>
  /// <param name="values">
  /// One for each parameter, in order: null, bool, integers, double, string, byte[], DateOnly, DateTime (its clock face, TIMESTAMP),
  /// DateTimeOffset (its instant, TIMESTAMPTZ).
  /// </param>
  /// <param name="ct">Cancelling interrupts.</param>
  /// <returns>Rows changed.</returns>
  public long Execute(ReadOnlySpan<object?> values, CancellationToken ct = default) {
    Bind(values);
    using var watch = _connection.Watch(ct);
    var state = DuckNative.Execute(_handle, out var result);
    try {
      if (state != DuckNative.Success) throw DuckConnection.Refusal(DuckNative.Borrowed(DuckNative.ResultError(ref result)), ct);
      return (long)DuckNative.RowsChanged(ref result);
    } finally {
      DuckNative.DestroyResult(ref result);
    }
  }

  /// <summary>Asks; the reader ends when the connection's next statement begins.</summary>
  /// <inheritdoc cref="Execute"/>
  public DuckReader Query(ReadOnlySpan<object?> values, CancellationToken ct = default) => Query(values, ownsStatement: false, ct);

  internal DuckReader Query(ReadOnlySpan<object?> values, bool ownsStatement, CancellationToken ct) {
    Bind(values);
    var watch = _connection.Watch(ct);
    if (DuckNative.Stream(_handle, out var result) == DuckNative.Success) return new(result, watch, ownsStatement ? this : null, ct);
    try {
      throw DuckConnection.Refusal(DuckNative.Borrowed(DuckNative.ResultError(ref result)), ct);
    } finally {
      DuckNative.DestroyResult(ref result);
      watch.Dispose();
    }
  }

  private void Bind(ReadOnlySpan<object?> values) {
    var expected = (int)DuckNative.ParameterCount(_handle);
    if (values.Length != expected)
      throw new ArgumentException($"The statement takes {expected} values; {values.Length} were given", nameof(values));
    for (var i = 0; i < values.Length; i++)
      if (Bind((ulong)i + 1, values[i]) != DuckNative.Success)
        throw new ArgumentException($"Value {i + 1} could not be bound", nameof(values));
  }

  private int Bind(ulong index, object? value) => value switch {
    null => DuckNative.BindNull(_handle, index),
    string text => BindBytes(index, Encoding.UTF8.GetBytes(text), text: true),
    byte[] bytes => BindBytes(index, bytes, text: false),
    bool flag => DuckNative.Bind(_handle, index, flag),
    int or short or sbyte or byte or ushort => DuckNative.Bind(_handle, index, Convert.ToInt32(value)),
    long or uint => DuckNative.Bind(_handle, index, Convert.ToInt64(value)),
    ulong number => DuckNative.Bind(_handle, index, number),
    double or float => DuckNative.Bind(_handle, index, Convert.ToDouble(value)),
    DateOnly day => DuckNative.BindDate(_handle, index, day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber),
    DateTime time => DuckNative.BindTimestamp(_handle, index, Microseconds(time.Ticks)),
    DateTimeOffset instant => DuckNative.BindTimestampTz(_handle, index, Microseconds(instant.UtcTicks)),
    _ => throw new ArgumentException($"A value of type {value.GetType()} cannot be bound", nameof(value)),
  };

  private static long Microseconds(long ticks) => (ticks - UnixEpochTicks) / TimeSpan.TicksPerMicrosecond;

  private int BindBytes(ulong index, byte[] bytes, bool text) {
    // an empty array pins to null, which would bind NULL
    var empty = (byte)0;
    fixed (byte* first = bytes) {
      var start = first is null ? &empty : first;
      var length = (ulong)bytes.Length;
      return text ? DuckNative.BindText(_handle, index, start, length) : DuckNative.BindBlob(_handle, index, start, length);
    }
  }

  /// <inheritdoc/>
  public void Dispose() => _handle.Dispose();
}
