using System.Runtime.InteropServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// The roll-up files of an edition while they are written. Months come as they are done and are written in their order, so that the files
/// are the same every time. Thread-safe.
/// </summary>
internal sealed class RollupWriter : IDisposable {
  private readonly Lock _lock = new();
  private readonly Dictionary<string, SegmentWriter> _writers = [];
  private readonly Dictionary<string, SegmentReader> _earlier = [];
  private readonly Dictionary<int, (DateOnly Month, MonthRollups? Made)> _waiting = [];
  private readonly Dictionary<ulong, long> _cells = [];
  private readonly int _months;
  private readonly Action<int, int>? _done;
  private int _next;

  /// <param name="layout">Which files there are.</param>
  /// <param name="folder">Where they go.</param>
  /// <param name="earlier">The edition that months are taken over from.</param>
  /// <param name="months">How many months will come.</param>
  /// <param name="done">Told how many of how many are written.</param>
  public RollupWriter(RowLayout layout, string folder, string? earlier, int months, Action<int, int>? done) {
    (_months, _done) = (months, done);
    try {
      foreach (var (file, columns) in RollupFiles.Of(layout)) {
        _writers.Add(file, new(Path.Combine(folder, file), columns));
        if (earlier is not null) _earlier.Add(file, SegmentReader.Open(Path.Combine(earlier, RollupFiles.Folder, file)));
      }
    } catch {
      Dispose();
      throw;
    }
  }

  /// <summary>Takes a month that is done.</summary>
  /// <param name="index">Its place among all months of the edition.</param>
  /// <param name="month">Its first day.</param>
  /// <param name="made">What was counted; null: its segments are copied from the earlier edition.</param>
  public void Add(int index, DateOnly month, MonthRollups? made) {
    lock (_lock) {
      _waiting.Add(index, (month, made));
      for (; _waiting.Remove(_next, out var ready); _next++) {
        if (ready.Made is null) Copy(ready.Month);
        else Write(ready.Made);
        _done?.Invoke(_next + 1, _months);
      }
    }
  }

  private void Write(MonthRollups month) {
    foreach (var segment in month.Segments) Write(segment);
    foreach (var (cell, n) in month.Cells) CollectionsMarshal.GetValueRefOrAddDefault(_cells, cell, out _) += n;
  }

  /// <summary>Writes a segment that belongs to no month.</summary>
  public void Write(BuiltSegment segment) => _writers[segment.File].Add(segment.Key, segment.Columns);

  private void Copy(DateOnly month) {
    foreach (var (file, reader) in _earlier) {
      if (file == RollupFiles.Cells) continue;
      var range = file == RollupFiles.Days
        ? reader.Between(RollupFiles.DayKey(month), RollupFiles.DayKey(month.AddMonths(1).AddDays(-1)))
        : reader.Between(RollupFiles.MonthKey(month), RollupFiles.MonthKey(month));
      for (var i = range.Start.Value; i < range.End.Value; i++) _writers[file].Copy(reader.At(i));
    }
  }

  /// <summary>Ends all files.</summary>
  /// <param name="gone">Points that the earlier edition had in months that were made anew.</param>
  public void Finish(IEnumerable<(ulong Cell, long N)> gone) {
    if (_writers.ContainsKey(RollupFiles.Cells)) {
      if (_earlier.TryGetValue(RollupFiles.Cells, out var old) && old.Find(0, out var grid)) new CellGrid(grid).AddTo(_cells);
      foreach (var (cell, n) in gone) CollectionsMarshal.GetValueRefOrAddDefault(_cells, cell, out _) -= n;
      if (CellGrid.Build(_cells) is { } built) Write(built);
    }
    foreach (var writer in _writers.Values) writer.Finish();
  }

  public void Dispose() {
    foreach (var writer in _writers.Values) writer.Dispose();
    foreach (var reader in _earlier.Values) reader.Dispose();
  }
}
