using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>Rows as parallel arrays of numbers, up to <see cref="Capacity"/> at once; filled again and again.</summary>
internal sealed class RowChunk(RowLayout layout) {
  public const int Capacity = 2048, Missing = int.MinValue;
  public int Rows { get; set; }
  public ushort[] Area { get; } = new ushort[Capacity];
  public ushort[] Type { get; } = new ushort[Capacity];
  public byte[] Category { get; } = new byte[Capacity];
  public byte[] Priority { get; } = new byte[Capacity];
  /// <summary>Day of the month, 1..31.</summary>
  public byte[] Day { get; } = new byte[Capacity];
  /// <summary>Bit i is flag i.</summary>
  public byte[] Flags { get; } = new byte[Capacity];
  /// <summary>0 counts; 1 + i is the layout's i-th reason to be left out.</summary>
  public byte[] Status { get; } = new byte[Capacity];
  /// <summary>Thousandths of a degree; <see cref="Missing"/> in both where there is no point.</summary>
  public int[] Lat { get; } = new int[Capacity];
  public int[] Lon { get; } = new int[Capacity];
  /// <summary>By interval; <see cref="Missing"/> where it is.</summary>
  public int[][] Seconds { get; } = [.. layout.Intervals.Select(_ => new int[Capacity])];
}

/// <summary>A segment ready to be written.</summary>
internal readonly record struct BuiltSegment(string File, int Key, Array[] Columns);

/// <summary>One month's segments, and the cells of its points.</summary>
internal sealed record MonthRollups(IReadOnlyList<BuiltSegment> Segments, IReadOnlyList<(ulong Cell, int N)> Cells);

/// <summary>
/// Counts one month of rows into segments. Each row becomes one packed key a file, the keys are radix-sorted, and equal neighbours are
/// counted: cheaper than hashing, and in the order that the files keep.
/// </summary>
internal sealed class MonthBuilder(RowLayout layout, Labels labels, DateOnly month) : IDisposable {
  private readonly Keys _counts = new(), _days = new(), _cells = new();
  private readonly Keys[] _seconds = [.. layout.Intervals.Select(_ => new Keys())];
  private readonly SortedDictionary<int, uint[]> _excluded = [];
  private readonly int _reasons = RollupFiles.Reasons(layout).Count();
  private readonly int _arrival = layout.Arrival is { } arrival ? layout.Intervals.ToList().IndexOf(arrival) : -1;
  private readonly int _flags = layout.Flags.Count;

  /// <summary>Adds rows of this month.</summary>
  /// <exception cref="InvalidOperationException">A row's category is not its type's: two ways to count would disagree.</exception>
  public void Add(RowChunk rows) {
    for (var i = 0; i < rows.Rows; i++) {
      int area = rows.Area[i], type = rows.Type[i], priority = rows.Priority[i];
      var category = labels.CategoryOfType[type];
      if (layout.Category is not null && rows.Category[i] != category)
        throw new InvalidOperationException($"A row of type {labels.Types[type]?.Code} is not of its type's category");
      if (rows.Status[i] != 0) {
        Reasons(area, priority)[rows.Status[i] - 1]++;
        continue;
      }
      _counts.Add(((((ulong)area << 24) | ((ulong)type << 8) | (uint)priority) << _flags) | rows.Flags[i]);
      _days.Add(((((ulong)rows.Day[i] << 24) | ((ulong)area << 8) | category) << _flags) | rows.Flags[i]);
      if (rows.Lat[i] != RowChunk.Missing) _cells.Add(CellGrid.Key(rows.Lat[i], rows.Lon[i], category));
      for (var interval = 0; interval < _seconds.Length; interval++) AddSeconds(interval, area, priority, rows.Seconds[interval][i]);
    }
  }

  private void AddSeconds(int interval, int area, int priority, int seconds) {
    if (seconds >= 0) {
      _seconds[interval].Add(((ulong)area << 40) | ((ulong)priority << 32) | (uint)seconds);
      return;
    }
    var reasons = Reasons(area, priority);
    var first = layout.LeftOut.Count + (_arrival < 0 ? 0 : 1);
    reasons[first + (2 * interval) + (seconds == RowChunk.Missing ? 0 : 1)]++;
    if (interval == _arrival && seconds == RowChunk.Missing) reasons[layout.LeftOut.Count]++;
  }

  private uint[] Reasons(int area, int priority) {
    var key = (area << 8) | priority;
    if (!_excluded.TryGetValue(key, out var reasons)) _excluded.Add(key, reasons = new uint[_reasons]);
    return reasons;
  }

  /// <summary>Sorts and counts.</summary>
  public MonthRollups Finish() {
    List<BuiltSegment> built = [];
    if (_counts.Count > 0) {
      built.Add(new(RollupFiles.Counts, RollupFiles.MonthKey(month), CountColumns(_counts.Sorted(), byType: true)));
      foreach (var day in ByDay()) built.Add(day);
    }
    for (var i = 0; i < _seconds.Length; i++) {
      if (_seconds[i].Count > 0)
        built.Add(new(RollupFiles.Seconds(layout.Intervals[i]), RollupFiles.MonthKey(month), SecondsColumns(_seconds[i].Sorted())));
    }
    if (_excluded.Count > 0) built.Add(new(RollupFiles.Excluded, RollupFiles.MonthKey(month), ExcludedColumns()));
    List<(ulong, int)> cells = [];
    foreach (var (key, n) in new Runs(_cells.Sorted())) cells.Add((key, n));
    return new(built, cells);
  }

  private List<BuiltSegment> ByDay() {
    List<BuiltSegment> days = [];
    var keys = _days.Sorted();
    var shift = 24 + _flags;
    for (var start = 0; start < keys.Length;) {
      var day = keys[start] >> shift;
      var end = start;
      while (end < keys.Length && keys[end] >> shift == day) end++;
      days.Add(new(RollupFiles.Days, RollupFiles.DayKey(month.AddDays((int)day - 1)), CountColumns(keys[start..end], byType: false)));
      start = end;
    }
    return days;
  }

  // area and where its cells end; then for each cell type and priority (or category), rows, and each flag's sum
  private Array[] CountColumns(ReadOnlySpan<ulong> keys, bool byType) {
    var inner = byType ? 24 : 8;
    List<ushort> areas = [], types = [];
    List<uint> ends = [];
    List<byte> low = [];
    List<uint>[] units = [.. layout.Units.Select(_ => new List<uint>())];
    ulong? last = null;
    foreach (var (key, n) in new Runs(keys)) {
      var cell = key >> _flags;
      if (cell != last) {
        var area = (ushort)(cell >> inner);
        if (areas.Count == 0 || areas[^1] != area) {
          areas.Add(area);
          ends.Add((uint)low.Count);
        }
        low.Add((byte)cell);
        if (byType) types.Add((ushort)(cell >> 8));
        foreach (var unit in units) unit.Add(0);
        last = cell;
      }
      CollectionsMarshal.AsSpan(units[0])[^1] += (uint)n;
      for (var flag = 0; flag < _flags; flag++)
        if ((key >> flag & 1) != 0) CollectionsMarshal.AsSpan(units[1 + flag])[^1] += (uint)n;
      ends[^1] = (uint)low.Count;
    }
    Array[] sums = [.. units.Select(unit => unit.ToArray())];
    return [areas.ToArray(), ends.ToArray(), .. (Array[])(byType ? [types.ToArray()] : []), low.ToArray(), .. sums];
  }

  private static Array[] SecondsColumns(ReadOnlySpan<ulong> keys) {
    List<ushort> areas = [];
    List<byte> priorities = [];
    List<uint> ends = [], cells = [], overRuns = [], overSeconds = [], overCounts = [];
    ulong? last = null;
    foreach (var (key, n) in new Runs(keys)) {
      if (key >> 32 != last) {
        last = key >> 32;
        areas.Add((ushort)(key >> 40));
        priorities.Add((byte)(key >> 32));
        ends.Add((uint)cells.Count);
      }
      var value = (uint)key;
      if (value <= ushort.MaxValue && n <= ushort.MaxValue) {
        cells.Add(SecondsHistogram.Cell((ushort)value, (ushort)n));
        ends[^1] = (uint)cells.Count;
      } else {
        overRuns.Add((uint)areas.Count - 1);
        overSeconds.Add(value);
        overCounts.Add((uint)n);
      }
    }
    return [
      areas.ToArray(), priorities.ToArray(), ends.ToArray(), cells.ToArray(),
      overRuns.ToArray(), overSeconds.ToArray(), overCounts.ToArray(),
    ];
  }

  private Array[] ExcludedColumns() => [
    _excluded.Keys.Select(key => (ushort)(key >> 8)).ToArray(), _excluded.Keys.Select(key => (byte)key).ToArray(),
    .. Enumerable.Range(0, _reasons).Select(reason => _excluded.Values.Select(counts => counts[reason]).ToArray()),
  ];

  public void Dispose() {
    foreach (var keys in (Keys[])[_counts, _days, _cells, .. _seconds]) keys.Dispose();
  }

  /// <summary>A growing list of keys in pooled memory.</summary>
  private sealed class Keys : IDisposable {
    private ulong[] _keys = [];
    public int Count { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong key) {
      if (Count == _keys.Length) Grow();
      _keys[Count++] = key;
    }

    private void Grow() {
      var more = ArrayPool<ulong>.Shared.Rent(Math.Max(4096, Count * 2));
      _keys.AsSpan(0, Count).CopyTo(more);
      Dispose();
      _keys = more;
    }

    public Span<ulong> Sorted() {
      var spare = ArrayPool<ulong>.Shared.Rent(Math.Max(1, Count));
      RadixSort.Sort(_keys.AsSpan(0, Count), spare);
      ArrayPool<ulong>.Shared.Return(spare);
      return _keys.AsSpan(0, Count);
    }

    public void Dispose() {
      if (_keys.Length > 0) ArrayPool<ulong>.Shared.Return(_keys);
      _keys = [];
    }
  }

  /// <summary>Equal neighbours, counted.</summary>
  private ref struct Runs(ReadOnlySpan<ulong> sorted) {
    private readonly ReadOnlySpan<ulong> _sorted = sorted;
    private int _end;
    public (ulong Key, int N) Current { get; private set; }
    public readonly Runs GetEnumerator() => this;

    public bool MoveNext() {
      if (_end == _sorted.Length) return false;
      var start = _end;
      var key = _sorted[start];
      do _end++;
      while (_end < _sorted.Length && _sorted[_end] == key);
      Current = (key, _end - start);
      return true;
    }
  }
}
