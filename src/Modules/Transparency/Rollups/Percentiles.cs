using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// The percentile that PostgreSQL calls percentile_cont, DuckDB quantile_cont and Excel PERCENTILE.INC: with n values sorted as
/// s[0..n-1], r = q(n-1) and the value is s[floor r] + (s[ceil r] - s[floor r])(r - floor r). Never rounded here; pages round for
/// display. The sum is written as DuckDB writes it, so that an answer is the same to the last bit whichever path it takes.
/// </summary>
internal static class Percentiles {
  /// <summary>The quantile of sorted values.</summary>
  /// <param name="sorted">Ascending, at least one.</param>
  /// <param name="q">0 to 1.</param>
  public static double Of(ReadOnlySpan<int> sorted, double q) {
    ArgumentOutOfRangeException.ThrowIfZero(sorted.Length, nameof(sorted));
    var (low, fraction) = Rank(sorted.Length, q);
    return fraction == 0 ? sorted[(int)low] : Between(sorted[(int)low], sorted[(int)low + 1], fraction);
  }

  /// <summary>The rank below and how far it is to the next.</summary>
  internal static (long Low, double Fraction) Rank(long n, double q) {
    if (q is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(q));
    var rank = q * (n - 1);
    var low = Math.Floor(rank);
    return ((long)low, rank - low);
  }

  /// <summary>
  /// The ranks, from 0, of the two values that hold a quantile between them 19 times in 20, whatever the values' distribution: 1.96
  /// standard deviations of the binomial around nq, rounded up (Conover, Practical Nonparametric Statistics, 3rd ed., 3.2). Null where
  /// so few values do not reach so far.
  /// </summary>
  internal static (long Low, long High)? IntervalRanks(long n, double q) {
    var spread = 1.96 * Math.Sqrt(n * q * (1 - q));
    var (low, high) = ((long)Math.Ceiling((n * q) - spread), (long)Math.Ceiling((n * q) + spread));
    return low >= 1 && high <= n ? (low - 1, high - 1) : null;
  }

  internal static double Between(double low, double high, double fraction) => (low * (1 - fraction)) + (high * fraction);
}

/// <summary>
/// Counts of seconds for one group at a time: a bucket a second up to 65,535, a coarse bucket for each 256 of them to walk by, and a
/// short list for longer ones. Exact. Clearing touches only what was filled.
/// </summary>
internal sealed class SecondsHistogram {
  private readonly int[] _fine = new int[65_536];
  private readonly int[] _coarse = new int[256];
  private readonly SortedDictionary<int, long> _over = [];
  // a block that was found, and how many values lie before it
  private int _block;
  private long _before;

  /// <summary>How many values.</summary>
  public long Count { get; private set; }

  /// <summary>
  /// A value and how often it occurs, as roll-ups keep them: seconds in the low half, so that one look at memory gives both.
  /// </summary>
  public static uint Cell(ushort seconds, ushort n) => ((uint)n << 16) | seconds;

  /// <summary>Adds cells; those in order of time are added soonest.</summary>
  public void Add(ReadOnlySpan<uint> cells) {
    // a cell's seconds are 16 bits, and there is a bucket for each
    ref var fine = ref MemoryMarshal.GetArrayDataReference(_fine);
    var coarse = _coarse;
    Forget();
    int block = 0, inBlock = 0;
    long count = 0;
    foreach (var cell in cells) {
      int value = (ushort)cell, times = (int)(cell >> 16);
      Unsafe.Add(ref fine, value) += times;
      // kept in hand while it stays the same: one counter for all would wait for itself
      if (value >> 8 != block) {
        coarse[block] += inBlock;
        count += inBlock;
        (block, inBlock) = (value >> 8, 0);
      }
      inBlock += times;
    }
    coarse[block] += inBlock;
    Count += count + inBlock;
  }

  /// <summary>Adds a value of any size, any number of times.</summary>
  public void Add(int seconds, long n) {
    ArgumentOutOfRangeException.ThrowIfNegative(seconds);
    Forget();
    Count += n;
    if (seconds > ushort.MaxValue) {
      _over[seconds] = _over.GetValueOrDefault(seconds) + n;
      return;
    }
    _fine[seconds] = checked((int)(_fine[seconds] + n));
    _coarse[seconds >> 8] = checked((int)(_coarse[seconds >> 8] + n));
  }

  /// <summary>The quantile, as <see cref="Percentiles"/> defines it; NaN where there are no values.</summary>
  public double Quantile(double q) {
    var (rank, fraction) = Percentiles.Rank(Math.Max(Count, 1), q);
    if (Count == 0) return double.NaN;
    var (low, left) = Find(rank);
    // the next rank is the same value while any of it is left
    return fraction == 0 ? low : Percentiles.Between(low, left > 0 ? low : Find(rank + 1).Value, fraction);
  }

  /// <summary>The interval of a quantile, as <see cref="Percentiles"/> defines it.</summary>
  public TimeInterval? Interval(double q) =>
    Percentiles.IntervalRanks(Count, q) is var (low, high) ? new(Find(low).Value, Find(high).Value) : null;

  /// <summary>How many values are at most this long.</summary>
  public long Within(int seconds) {
    if (seconds < 0) return 0;
    long sum = 0;
    var last = Math.Min(seconds, ushort.MaxValue);
    for (var block = 0; block < last >> 8; block++) sum += _coarse[block];
    for (var value = last & ~255; value <= last; value++) sum += _fine[value];
    foreach (var (value, n) in _over)
      if (value <= seconds) sum += n;
    return sum;
  }

  // the value at a rank, and how many more of the same value follow it; ranks are asked near each other, so the block found last is tried first
  private (int Value, long Left) Find(long rank) {
    var (block, before) = rank >= _before ? (_block, _before) : (0, 0);
    for (; block < 256 && rank - before >= _coarse[block]; block++) before += _coarse[block];
    if (block < 256) {
      (_block, _before) = (block, before);
      var value = block << 8;
      for (rank -= before; rank >= _fine[value]; value++) rank -= _fine[value];
      return (value, _fine[value] - 1 - rank);
    }
    rank -= before;
    foreach (var (value, n) in _over) {
      if (rank < n) return (value, n - 1 - rank);
      rank -= n;
    }
    throw new ArgumentOutOfRangeException(nameof(rank));
  }

  private void Forget() => (_block, _before) = (0, 0);

  public void Clear() {
    for (var block = 0; block < 256; block++)
      if (_coarse[block] != 0) _fine.AsSpan(block << 8, 256).Clear();
    Array.Clear(_coarse);
    _over.Clear();
    Count = 0;
    Forget();
  }
}
