using System.Collections.Concurrent;
using System.Buffers;
using System.Runtime.InteropServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// One published edition, opened once and shared: its roll-ups mapped into memory, its rows by <see cref="PublishedRows"/>. Answers come
/// from the narrowest file that can give them exactly; all paths give the same. Disposing waits for nobody: the files are let go when the
/// last answer is done.
/// </summary>
internal sealed class RollupReader : IDisposable {
  private readonly PublishedRows _rows;
  private readonly Dictionary<string, SegmentReader> _files = [];
  private readonly SortedDictionary<DateOnly, string> _months;
  private readonly Router _router;
  private readonly Lock _lock = new();
  private const int ManyRuns = 2000;
  private readonly ConcurrentBag<SecondsHistogram> _histograms = [];
  private int _answering;
  private bool _disposed;

  private RollupReader(string editionFolder, RowLayout layout, PublishedRows rows) {
    (_rows, Layout, Labels, _months) = (rows, layout, Labels.Read(editionFolder), EditionWriter.MonthFiles(editionFolder));
    _router = new(Labels, [.. _months.Keys]);
    try {
      foreach (var (file, columns) in RollupFiles.Of(layout)) {
        var reader = SegmentReader.Open(Path.Combine(editionFolder, RollupFiles.Folder, file));
        _files.Add(file, reader);
        if (!reader.Columns.SequenceEqual(columns))
          throw new InvalidDataException($"{file} has other columns than the dataset's declaration asks for");
      }
    } catch {
      Dispose();
      throw;
    }
  }

  /// <summary>Opens an edition.</summary>
  /// <exception cref="Kernel.RefusedException">A roll-up is cut, damaged or foreign.</exception>
  public static RollupReader Open(string editionFolder, RowLayout layout, PublishedRows rows) => new(editionFolder, layout, rows);

  public RowLayout Layout { get; }
  public Labels Labels { get; }
  /// <summary>The first of each month with rows, ascending.</summary>
  public IReadOnlyCollection<DateOnly> Months => _months.Keys;
  /// <summary>The first and last day with a row that counts; null where there is none.</summary>
  public (DateOnly First, DateOnly Last)? Days {
    get {
      var keys = _files[RollupFiles.Days].Keys;
      return keys.Length == 0 ? null : (DateOnly.FromDayNumber(keys[0]), DateOnly.FromDayNumber(keys[^1]));
    }
  }

  // ---- counts

  /// <summary>How many. A unit the layout does not have is a bug of the caller's.</summary>
  public async Task<CountAnswer> Answer(CountQuestion question, CancellationToken ct) {
    using var lease = Enter();
    var unit = Layout.Units.ToList().IndexOf(question.Unit);
    ArgumentOutOfRangeException.ThrowIfNegative(unit, nameof(question));
    var path = _router.Path(question);
    return path switch {
      AnswerPath.Cells => Finish(question, unit, FromCells(question), path),
      AnswerPath.Days => Finish(question, unit, FromArrays(question, unit, path, new(question.From, question.To)), path),
      AnswerPath.Counts => await FromCounts(question, unit, ct),
      _ => await FromRows(question, ct),
    };
  }

  /// <summary>The same, asked of the rows, whatever the roll-ups hold.</summary>
  internal async Task<CountAnswer> FromRows(CountQuestion question, CancellationToken ct) {
    var rows = await AskRows(question, ct);
    return rows.TimedOut ? new([], AnswerPath.Rows, TimedOut: true)
      : Finish(question, Layout.Units.ToList().IndexOf(question.Unit), rows.Value!, AnswerPath.Rows);
  }

  private async Task<CountAnswer> FromCounts(CountQuestion question, int unit, CancellationToken ct) {
    var path = AnswerPath.Counts;
    List<CountRow> rows = [];
    if (Router.WholeMonths(question) is { } months) rows.AddRange(FromArrays(question, unit, AnswerPath.Counts, months));
    foreach (var tail in Router.Tails(question)) {
      if (Router.DaysKnow(question)) {
        path |= AnswerPath.Days;
        rows.AddRange(FromArrays(question, unit, AnswerPath.Days, tail));
        continue;
      }
      path |= AnswerPath.Rows;
      var asked = await AskRows(question with { From = tail.From, To = tail.To }, ct);
      if (asked.TimedOut) return new([], path, TimedOut: true);
      rows.AddRange(asked.Value!);
    }
    return Finish(question, unit, rows, path);
  }

  private List<CountRow> FromArrays(CountQuestion question, int unit, AnswerPath path, DayRange period) {
    var byDay = path == AnswerPath.Days;
    var file = _files[byDay ? RollupFiles.Days : RollupFiles.Counts];
    var range = byDay
      ? file.Between(RollupFiles.DayKey(period.From), RollupFiles.DayKey(period.To))
      : file.Between(RollupFiles.MonthKey(period.From), RollupFiles.MonthKey(period.To));
    var (first, end) = (range.Start.Value, range.End.Value);
    var groups = new GroupSpace(question, Labels);
    var slots = new long[Math.Max(0, end - first)];
    for (var i = first; i < end; i++)
      slots[i - first] = groups.TimeSlot(byDay ? DateOnly.FromDayNumber(file.Keys[i]) : RollupFiles.Month(file.Keys[i]));
    var size = (int)groups.Size;
    var sums = ArrayPool<long>.Shared.Rent(size);
    try {
      sums.AsSpan(0, size).Clear();
      for (var i = first; i < end; i++) {
        var part = sums.AsSpan((int)slots[i - first], (int)groups.Inner);
        if (byDay) CountScan.Days(file.At(i), 3 + unit, groups, part);
        else CountScan.Counts(file.At(i), 4 + unit, groups, part);
      }
      List<CountRow> rows = [];
      for (var slot = 0; slot < size; slot++)
        if (sums[slot] != 0) rows.Add(new(groups.Key(slot), sums[slot]));
      return rows;
    } finally {
      ArrayPool<long>.Shared.Return(sums);
    }
  }

  private List<CountRow> FromCells(CountQuestion question) {
    if (!_files.TryGetValue(RollupFiles.Cells, out var file)) throw new ArgumentException("No points are published", nameof(question));
    if (!file.Find(0, out var segment)) return [];
    var counts = new CellGrid(segment).Count(question.Box!.Value);
    List<CountRow> rows = [];
    for (var category = 0; category < counts.Length; category++)
      if (counts[category] != 0 && question.Categories?.Contains(category) != false)
        rows.Add(new([.. question.By.Select(_ => category)], counts[category]));
    return rows;
  }

  private async Task<Asked<List<CountRow>>> AskRows(CountQuestion question, CancellationToken ct) {
    var files = FilesOf(question);
    if (files.Length == 0) return new([], TimedOut: false);
    return await _rows.Ask((connection, stop) => new RowSql(Layout, Labels, question, files).Count(connection, question.Unit, stop), ct);
  }

  private string[] FilesOf(Question question) =>
    [.. _months.Where(month => month.Key <= question.To && month.Key.AddMonths(1) > question.From).Select(month => month.Value)];

  // Adds what is counted for the city only, sorts, and adds up what several parts gave for one group.
  private CountAnswer Finish(CountQuestion question, int unit, List<CountRow> rows, AnswerPath path) {
    var (city, leftOut) = CityCounts.Answer(_files[RollupFiles.Counts], unit, question, Labels);
    rows.AddRange(city);
    rows.Sort((a, b) => GroupSpace.Compare(a.Key, b.Key));
    List<CountRow> merged = [];
    foreach (var row in rows) {
      if (merged.Count > 0 && GroupSpace.Compare(merged[^1].Key, row.Key) == 0) merged[^1] = new(row.Key, merged[^1].N + row.N);
      else merged.Add(row);
    }
    merged.RemoveAll(row => row.N == 0);
    if (question.By.Count == 0 && merged.Count == 0) merged.Add(new([], 0));
    return new(merged, path, leftOut);
  }

  // ---- times

  /// <summary>
  /// How long. Rows that do not count, missing and negative times are left out; <see cref="ExcludedQuestion"/> counts them.
  /// </summary>
  public async Task<SecondsAnswer> Answer(SecondsQuestion question, CancellationToken ct) {
    using var lease = Enter();
    if (!Layout.Intervals.Contains(question.Interval))
      throw new ArgumentException($"There is no interval {question.Interval}", nameof(question));
    return _router.ByWholeMonths(question) ? FromSeconds(question) : await FromRows(question, ct);
  }

  /// <summary>The same, asked of the rows.</summary>
  internal async Task<SecondsAnswer> FromRows(SecondsQuestion question, CancellationToken ct) {
    var files = FilesOf(question);
    var asked = files.Length == 0 ? new([], TimedOut: false)
      : await _rows.Ask((connection, stop) => new RowSql(Layout, Labels, question, files).Seconds(connection, question, stop), ct);
    return asked.TimedOut ? new([], AnswerPath.Rows, TimedOut: true) : Sorted(question, asked.Value!, AnswerPath.Rows);
  }

  private static SecondsAnswer Sorted(SecondsQuestion question, List<SecondsRow> rows, AnswerPath path) {
    rows.RemoveAll(row => row.N == 0);
    rows.Sort((a, b) => GroupSpace.Compare(a.Key, b.Key));
    if (question.By.Count == 0 && rows.Count == 0)
      rows.Add(new([], 0, [.. question.Quantiles.Select(_ => double.NaN)], new long[question.Within.Count], new TimeInterval?[question.Quantiles.Count]));
    return new(rows, path);
  }

  private SecondsAnswer FromSeconds(SecondsQuestion question) {
    var file = _files[RollupFiles.Seconds(question.Interval)];
    var groups = new GroupSpace(question, Labels);
    var range = file.Between(RollupFiles.MonthKey(question.From), RollupFiles.MonthKey(question.To));
    List<ulong> runs = [];   // group, segment, run: sorted, a group's runs lie together
    for (var segment = range.Start.Value; segment < range.End.Value; segment++) {
      var time = groups.TimeSlot(RollupFiles.Month(file.Keys[segment]));
      var areas = file.At(segment).Span<ushort>(0);
      var priorities = file.At(segment).Span<byte>(1);
      for (var run = 0; run < areas.Length; run++) {
        int area = groups.AreaSlots?[areas[run]] ?? 0, priority = groups.PrioritySlots?[priorities[run]] ?? 0;
        if ((area | priority) >= 0) runs.Add(((ulong)(time + area + priority) << 40) | ((ulong)segment << 24) | (uint)run);
      }
    }
    RadixSort.Sort(CollectionsMarshal.AsSpan(runs), new ulong[runs.Count]);
    // many groups are shared out among the processors; a few are done before a second one has begun
    var parts = new List<SecondsRow>[runs.Count < ManyRuns ? 1 : Environment.ProcessorCount];
    Parallel.For(0, parts.Length, part => parts[part] = Groups(question, groups, file, runs, Start(part), Start(part + 1)));
    return Sorted(question, [.. parts.SelectMany(rows => rows)], AnswerPath.Seconds);

    // where a part begins: at the first run of a group
    int Start(int part) {
      var at = (int)((long)runs.Count * part / parts.Length);
      while (at > 0 && at < runs.Count && runs[at] >> 40 == runs[at - 1] >> 40) at++;
      return at;
    }
  }

  private List<SecondsRow> Groups(SecondsQuestion question, GroupSpace groups, SegmentReader file, List<ulong> runs, int from, int to) {
    // a histogram serves one part at a time
    if (!_histograms.TryTake(out var histogram)) histogram = new();
    List<SecondsRow> rows = [];
    for (var start = from; start < to;) {
      var group = runs[start] >> 40;
      var end = start;
      for (; end < to && runs[end] >> 40 == group; end++)
        AddRun(histogram, file.At((int)(runs[end] >> 24 & 0xFFFF)), (int)(runs[end] & 0xFFFFFF));
      rows.Add(new(groups.Key((long)group), histogram.Count,
        [.. question.Quantiles.Select(histogram.Quantile)], [.. question.Within.Select(histogram.Within)], [.. question.Quantiles.Select(histogram.Interval)]));
      histogram.Clear();
      start = end;
    }
    _histograms.Add(histogram);
    return rows;
  }

  private static void AddRun(SecondsHistogram histogram, Segment segment, int run) {
    var ends = segment.Span<uint>(2);
    var start = run == 0 ? 0 : (int)ends[run - 1];
    var length = (int)ends[run] - start;
    histogram.Add(segment.Span<uint>(3).Slice(start, length));
    var over = segment.Span<uint>(4);
    for (var i = 0; i < over.Length; i++)
      if (over[i] == run) histogram.Add((int)segment.Span<uint>(5)[i], segment.Span<uint>(6)[i]);
  }

  /// <summary>What is in no time, or not in this one, and why.</summary>
  public async Task<ExcludedAnswer> Answer(ExcludedQuestion question, CancellationToken ct) {
    using var lease = Enter();
    if (!_files.ContainsKey(RollupFiles.Excluded)) throw new ArgumentException("Nothing is left out here", nameof(question));
    return _router.ByWholeMonths(question) ? FromExcluded(question) : await FromRows(question, ct);
  }

  /// <summary>The same, asked of the rows.</summary>
  internal async Task<ExcludedAnswer> FromRows(ExcludedQuestion question, CancellationToken ct) {
    var files = FilesOf(question);
    var asked = files.Length == 0 ? new([], TimedOut: false)
      : await _rows.Ask((connection, stop) => new RowSql(Layout, Labels, question, files).Excluded(connection, stop), ct);
    return asked.TimedOut ? new(Reasons, [], AnswerPath.Rows, TimedOut: true) : Sorted(question, asked.Value!, AnswerPath.Rows);
  }

  private string[] Reasons => [.. RollupFiles.Reasons(Layout).Select(column => column.Name)];

  private ExcludedAnswer FromExcluded(ExcludedQuestion question) {
    var file = _files[RollupFiles.Excluded];
    var groups = new GroupSpace(question, Labels);
    var range = file.Between(RollupFiles.MonthKey(question.From), RollupFiles.MonthKey(question.To));
    SortedDictionary<long, long[]> sums = [];
    var reasons = file.Columns.Count - 2;
    for (var i = range.Start.Value; i < range.End.Value; i++) {
      var time = groups.TimeSlot(RollupFiles.Month(file.Keys[i]));
      var segment = file.At(i);
      var areas = segment.Span<ushort>(0);
      var priorities = segment.Span<byte>(1);
      for (var cell = 0; cell < areas.Length; cell++) {
        int area = groups.AreaSlots?[areas[cell]] ?? 0, priority = groups.PrioritySlots?[priorities[cell]] ?? 0;
        if ((area | priority) < 0) continue;
        if (!sums.TryGetValue(time + area + priority, out var sum)) sums.Add(time + area + priority, sum = new long[reasons]);
        for (var reason = 0; reason < reasons; reason++) sum[reason] += segment.Span<uint>(2 + reason)[cell];
      }
    }
    return Sorted(question, [.. sums.Select(sum => new ExcludedRow(groups.Key(sum.Key), sum.Value))], AnswerPath.Excluded);
  }

  private ExcludedAnswer Sorted(ExcludedQuestion question, List<ExcludedRow> rows, AnswerPath path) {
    rows.RemoveAll(row => row.N.All(n => n == 0));
    rows.Sort((a, b) => GroupSpace.Compare(a.Key, b.Key));
    if (question.By.Count == 0 && rows.Count == 0) rows.Add(new([], new long[Reasons.Length]));
    return new(Reasons, rows, path);
  }

  // ---- sharing

  private Lease Enter() {
    lock (_lock) {
      ObjectDisposedException.ThrowIf(_disposed, this);
      _answering++;
    }
    return new(this);
  }

  private void Leave() {
    lock (_lock)
      if (--_answering == 0 && _disposed) Close();
  }

  private void Close() {
    foreach (var file in _files.Values) file.Dispose();
  }

  /// <summary>No new answers; the files are let go when the last one under way is done.</summary>
  public void Dispose() {
    lock (_lock) {
      if (_disposed) return;
      _disposed = true;
      if (_answering == 0) Close();
    }
  }

  private readonly struct Lease(RollupReader reader) : IDisposable {
    public void Dispose() => reader.Leave();
  }
}
