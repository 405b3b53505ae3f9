namespace Porchlight.Kernel.DuckDb;

/// <summary>How far the running statement is.</summary>
/// <param name="Percentage">0 to 100; -1 while unknown.</param>
/// <param name="Rows">Rows read so far.</param>
/// <param name="RowsTotal">Rows expected; an estimate.</param>
public readonly record struct DuckProgress(double Percentage, ulong Rows, ulong RowsTotal);

/// <summary>
/// A connection: one statement at a time, from one thread at a time. <see cref="Interrupt"/> and <see cref="Progress"/> may be called from
/// any thread. A reader streams, so it ends when the next statement begins: read it out, or use a second connection.
/// </summary>
public sealed class DuckConnection : IDisposable {
  private readonly DuckConnectionHandle _handle;

  internal DuckConnection(DuckConnectionHandle handle) => _handle = handle;

  /// <summary>Runs one or more statements without parameters.</summary>
  /// <returns>Rows changed by the last one.</returns>
  /// <exception cref="DuckException">Refused. What the earlier statements did stays, as in any SQL shell.</exception>
  /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the connection stays usable.</exception>
  public long Execute(string sql, CancellationToken ct = default) {
    using var watch = Watch(ct);
    var state = DuckNative.Query(_handle, sql, out var result);
    try {
      if (state != DuckNative.Success) throw Refusal(DuckNative.Borrowed(DuckNative.ResultError(ref result)), ct);
      return (long)DuckNative.RowsChanged(ref result);
    } finally {
      DuckNative.DestroyResult(ref result);
    }
  }

  /// <summary>Runs one statement with values for <c>$1</c>, <c>$2</c> ... (or <c>?</c> in order).</summary>
  public long Execute(string sql, ReadOnlySpan<object?> values, CancellationToken ct = default) {
    using var statement = Prepare(sql);
    return statement.Execute(values, ct);
  }

  /// <summary>Asks; the answer is read forward, chunk by chunk (2,048 rows each), and never held whole.</summary>
  public DuckReader Query(string sql, CancellationToken ct = default) => Query(sql, [], ct);

  /// <summary>Asks, with values for <c>$1</c>, <c>$2</c> ... (or <c>?</c> in order).</summary>
  public DuckReader Query(string sql, ReadOnlySpan<object?> values, CancellationToken ct = default) {
    var statement = Prepare(sql);
    try {
      return statement.Query(values, ownsStatement: true, ct);
    } catch {
      statement.Dispose();
      throw;
    }
  }

  /// <summary>One value: the first column of the first row, converted; default where there is no row or it is NULL.</summary>
  public T? Scalar<T>(string sql, CancellationToken ct = default) => Scalar<T>(sql, [], ct);

  /// <summary>One value: the first column of the first row, converted; default where there is no row or it is NULL.</summary>
  public T? Scalar<T>(string sql, ReadOnlySpan<object?> values, CancellationToken ct = default) {
    using var reader = Query(sql, values, ct);
    if (!reader.Next() || reader.Value(0, 0) is not { } value) return default;
    if (value is T same) return same;
    return (T)Convert.ChangeType(value is Int128 huge ? (decimal)huge : value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T));
  }

  /// <summary>A small answer as a list.</summary>
  public List<T> List<T>(string sql, ReadOnlySpan<object?> values, Func<DuckRow, T> read, CancellationToken ct = default) {
    using var reader = Query(sql, values, ct);
    var list = new List<T>();
    while (reader.Next())
      for (var row = 0; row < reader.Rows; row++) list.Add(read(new(reader, row)));
    return list;
  }

  /// <summary>Prepares one statement, to be run many times with other values.</summary>
  public DuckStatement Prepare(string sql) {
    var state = DuckNative.Prepare(_handle, sql, out var pointer);
    var statement = new DuckStatementHandle(pointer);
    if (state == DuckNative.Success) return new(this, statement);
    using (statement) throw new DuckException(DuckNative.Borrowed(DuckNative.PrepareError(statement)));
  }

  /// <summary>Stops the running statement within about 30 ms; it ends in a refusal of kind Interrupted. Does nothing when idle.</summary>
  public void Interrupt() => DuckNative.Interrupt(_handle);

  /// <summary>
  /// How far the running statement is. Needs <c>SET enable_progress_bar=true; SET enable_progress_bar_print=false</c> on this connection.
  /// </summary>
  public DuckProgress Progress {
    get {
      var at = DuckNative.QueryProgress(_handle);
      return new(at.Percentage, at.RowsProcessed, at.RowsTotal);
    }
  }

  /// <inheritdoc/>
  public void Dispose() => _handle.Dispose();

  internal Watcher Watch(CancellationToken ct) {
    ct.ThrowIfCancellationRequested();
    return new(this, ct);
  }

  internal static Exception Refusal(string words, CancellationToken ct) {
    var refusal = new DuckException(words);
    var cancelled = refusal.Kind == DuckErrorKind.Interrupted && ct.IsCancellationRequested;
    return cancelled ? new OperationCanceledException(refusal.Message, refusal, ct) : refusal;
  }

  /// <summary>
  /// Turns a cancelled token into interrupts until disposed. One is not enough: a statement clears the flag as it begins, so an
  /// interrupt that comes just before is lost.
  /// </summary>
  internal sealed class Watcher : IDisposable {
    private readonly Lock _lock = new();
    private readonly DuckConnection _connection;
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _ended;

    internal Watcher(DuckConnection connection, CancellationToken ct) {
      _connection = connection;
      _registration = ct.Register(static watcher => ((Watcher)watcher!).Start(), this);
    }

    private void Start() {
      lock (_lock)
        if (!_ended) _timer = new Timer(static watcher => ((Watcher)watcher!).Strike(), this, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    }

    // Under the lock, so that no strike can hit the statement that comes after this one.
    private void Strike() {
      lock (_lock)
        if (!_ended) _connection.Interrupt();
    }

    public void Dispose() {
      lock (_lock) _ended = true;
      _registration.Dispose();
      _timer?.Dispose();
    }
  }
}
