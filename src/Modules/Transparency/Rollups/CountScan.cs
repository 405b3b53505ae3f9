using System.Runtime.CompilerServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>Adds segments of counts or days into the groups of a question.</summary>
internal static class CountScan {
  /// <summary>Adds a month of counts.</summary>
  /// <param name="segment">area, end, type, priority, units.</param>
  /// <param name="unit">The column to add up.</param>
  /// <param name="groups">The question's groups.</param>
  /// <param name="sums">Those of this month.</param>
  public static void Counts(Segment segment, int unit, GroupSpace groups, Span<long> sums) {
    var types = segment.Span<ushort>(2);
    var priorities = segment.Span<byte>(3);
    var n = segment.Span<uint>(unit);
    switch (groups) {
      case { TypeSlots: null, PrioritySlots: null }: Scan(segment, groups, new All(), new All(), n, sums); break;
      case { TypeSlots: { } type, PrioritySlots: null }: Scan(segment, groups, new Wide(types, type), new All(), n, sums); break;
      case { TypeSlots: null, PrioritySlots: { } priority }:
        Scan(segment, groups, new All(), new Narrow(priorities, priority), n, sums);
        break;
      case { TypeSlots: { } type, PrioritySlots: { } priority }:
        Scan(segment, groups, new Wide(types, type), new Narrow(priorities, priority), n, sums);
        break;
    }
  }

  /// <summary>Adds a day.</summary>
  /// <param name="segment">area, end, category, units.</param>
  /// <inheritdoc cref="Counts"/>
  public static void Days(Segment segment, int unit, GroupSpace groups, Span<long> sums) {
    var n = segment.Span<uint>(unit);
    if (groups.CategorySlots is { } category) Scan(segment, groups, new Narrow(segment.Span<byte>(2), category), new All(), n, sums);
    else Scan(segment, groups, new All(), new All(), n, sums);
  }

  private static void Scan<TFirst, TSecond>(
      Segment segment, GroupSpace groups, TFirst first, TSecond second, ReadOnlySpan<uint> n, Span<long> sums)
      where TFirst : ISlots, allows ref struct where TSecond : ISlots, allows ref struct {
    var areas = segment.Span<ushort>(0);
    var ends = segment.Span<uint>(1);
    if (groups.AreaSlots is not { } areaSlots) {
      Scan(0, n.Length, first, second, n, sums);
      return;
    }
    for (var (run, start) = (0, 0); run < areas.Length; start = (int)ends[run++])
      if (areaSlots[areas[run]] is var slot and >= 0) Scan(start, (int)ends[run], first, second, n, sums[slot..]);
  }

  [MethodImpl(MethodImplOptions.AggressiveInlining)]
  private static void Scan<TFirst, TSecond>(int start, int end, TFirst first, TSecond second, ReadOnlySpan<uint> n, Span<long> sums)
      where TFirst : ISlots, allows ref struct where TSecond : ISlots, allows ref struct {
    if (typeof(TFirst) == typeof(All) && typeof(TSecond) == typeof(All)) {
      long sum = 0;
      for (var i = start; i < end; i++) sum += n[i];
      sums[0] += sum;
      return;
    }
    for (var i = start; i < end; i++) {
      int a = first.At(i), b = second.At(i);
      if ((a | b) >= 0) sums[a + b] += n[i];
    }
  }

  // structs, so that each combination becomes a loop of its own with nothing to ask inside
  private interface ISlots {
    int At(int cell);
  }

  private readonly struct All : ISlots {
    public int At(int cell) => 0;
  }

  private readonly ref struct Wide(ReadOnlySpan<ushort> numbers, int[] slots) : ISlots {
    private readonly ReadOnlySpan<ushort> _numbers = numbers;
    private readonly int[] _slots = slots;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public int At(int cell) => _slots[_numbers[cell]];
  }

  private readonly ref struct Narrow(ReadOnlySpan<byte> numbers, int[] slots) : ISlots {
    private readonly ReadOnlySpan<byte> _numbers = numbers;
    private readonly int[] _slots = slots;
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public int At(int cell) => _slots[_numbers[cell]];
  }
}
