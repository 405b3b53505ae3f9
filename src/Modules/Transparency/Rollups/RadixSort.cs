using System.Runtime.CompilerServices;

namespace Porchlight.Transparency.Rollups;

/// <summary>
/// Sorts packed keys by their bytes, least first. Bytes that are the same in all keys cost nothing, and most are: a month of calls has few
/// priorities and a few hundred areas.
/// </summary>
internal static class RadixSort {
  /// <summary>Sorts <paramref name="keys"/> in place; <paramref name="spare"/> is at least as long.</summary>
  public static void Sort(Span<ulong> keys, Span<ulong> spare) {
    if (keys.Length < 256) {
      keys.Sort();
      return;
    }
    Span<int> counts = stackalloc int[8 * 256];
    counts.Clear();
    foreach (var key in keys)
      for (var digit = 0; digit < 8; digit++) counts[(digit << 8) + (byte)(key >> (digit << 3))]++;

    var from = keys;
    var to = spare[..keys.Length];
    for (var digit = 0; digit < 8; digit++) {
      var count = counts.Slice(digit << 8, 256);
      if (count[(byte)(keys[0] >> (digit << 3))] == keys.Length) continue;
      Scatter(from, to, count, digit << 3);
      var swap = from;
      from = to;
      to = swap;
    }
    if (!Unsafe.AreSame(ref from[0], ref keys[0])) from.CopyTo(keys);
  }

  private static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> count, int shift) {
    var start = 0;
    foreach (ref var next in count) (next, start) = (start, start + next);
    foreach (var key in from) to[count[(byte)(key >> shift)]++] = key;
  }
}
