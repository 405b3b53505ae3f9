using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Walks over records that leave nothing to decide, 64 bytes at a time: every quote stands where a quote may, each line ends with LF or
/// CR LF, none is without any text or too long, and the number of delimiters is the expected one. It stops before the first record of
/// which it is not sure, and <see cref="RecordFrame"/> decides that one. Its answers are <see cref="RecordFrame"/>'s, only sooner (a test
/// compares the two).
/// </summary>
/// <remarks>Each byte class becomes a mask of 64 bits. The running exclusive-or of the quotes' mask says which bytes lie inside quotes
/// (Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019), and the checks are shifts of masks against each other.</remarks>
internal sealed class FastRecords(byte delimiter, int fields, int longest) {
  /// <summary>Records walked over by the last call.</summary>
  public int Records { get; private set; }
  /// <summary>Where the carriage returns before their ends are, ascending.</summary>
  public List<int> Cuts { get; } = [];
  /// <summary>Those of them that hold line breaks, by their place among the records walked over, and how many breaks.</summary>
  public List<(int Record, int Breaks)> Tall { get; } = [];
  /// <summary>Whether any call met a space at the edge of a cell. It may say so of a byte that only looks like one.</summary>
  public bool MetPadding { get; private set; }

  /// <summary>Walks from the beginning, where a record begins; returns where the first record begins that was not walked over.</summary>
  public int Walk(ReadOnlySpan<byte> data, int most = int.MaxValue) {
    Cuts.Clear();
    Tall.Clear();
    var records = 0;
    int record = 0, delimiters = 0, breaks = 0, wanted = fields - 1;
    // of the byte before this chunk: whether a cell may begin after it; whether it closed a quote; whether it was CR; a cell's edge; a space
    ulong cellMayBegin = 1, closed = 0, returned = 0, edge = 1, spaced = 0, padding = 0;
    var inside = 0ul;
    ref var first = ref MemoryMarshal.GetReference(data);
    for (var at = 0; at <= data.Length - 64; at += 64) {
      Masks(ref Unsafe.Add(ref first, at), delimiter, out var quotes, out var delims, out var lines, out var returns, out var spaces);
      var edges = quotes | delims | lines | returns;
      padding |= spaces & (edges << 1 | edge) | edges & (spaces << 1 | spaced);
      (edge, spaced) = (edges >> 63, spaces >> 63);
      ulong open = 0, close = 0, innerLines = 0, unsure = (returns << 1 | returned) & ~lines;
      if ((quotes | inside) != 0) {
        var within = RunningXor(quotes) ^ inside;
        inside = (ulong)((long)within >> 63);
        (open, close) = (quotes & within, quotes & ~within);
        innerLines = lines & within;
        lines &= ~within;
        delims &= ~within;
        unsure |= open & ~((delims | lines | close) << 1 | cellMayBegin);
      }
      unsure |= (close << 1 | closed) & ~(delims | lines | returns | open);

      var ends = unsure == 0 ? lines : lines & ((unsure & (0 - unsure)) - 1);
      while (ends != 0) {
        var bit = BitOperations.TrailingZeroCount(ends);
        ends &= ends - 1;
        var end = at + bit;
        var below = (1ul << bit) - 1;
        var delimitersBefore = BitOperations.PopCount(delims & below);
        var isReturned = end > record && Unsafe.Add(ref first, end - 1) == '\r';
        var length = end - record;
        var saysNothing = length <= wanted + (isReturned ? 1 : 0);
        if (delimiters + delimitersBefore != wanted || length > longest || saysNothing || records == most) return Stop();
        if (isReturned) Cuts.Add(end - 1);
        delimiters = -delimitersBefore;
        if ((innerLines | (uint)breaks) != 0) {
          var breaksBefore = BitOperations.PopCount(innerLines & below);
          if (breaks + breaksBefore != 0) Tall.Add((records, breaks + breaksBefore));
          breaks = -breaksBefore;
        }
        records++;
        record = end + 1;
      }
      if (unsure != 0) break;
      delimiters += BitOperations.PopCount(delims);
      breaks += BitOperations.PopCount(innerLines);
      cellMayBegin = (delims | lines | close) >> 63;
      (closed, returned) = (close >> 63, returns >> 63);
    }
    return Stop();

    int Stop() {
      Records = records;
      MetPadding |= padding != 0;
      return record;
    }
  }

  /// <summary>The same of one record that was not walked over.</summary>
  public static bool IsPadded(ReadOnlySpan<byte> record, byte delimiter) {
    for (var i = 0; i < record.Length; i++)
      if (record[i] is (byte)' ' or 0xA0 && (IsEdge(record, i - 1, delimiter) || IsEdge(record, i + 1, delimiter))) return true;
    return false;
  }

  private static bool IsEdge(ReadOnlySpan<byte> record, int at, byte delimiter) =>
    (uint)at >= (uint)record.Length || record[at] == delimiter || record[at] is (byte)'"' or (byte)'\n' or (byte)'\r';

  /// <summary>For 64 bytes at <paramref name="at"/>, a bit each: quotes, delimiters, line feeds, carriage returns, and spaces (with the last byte of one that
  /// does not break).</summary>
  [MethodImpl(MethodImplOptions.AggressiveInlining)]
  private static void Masks(ref byte at, byte delimiter, out ulong quotes, out ulong delims, out ulong lines, out ulong returns, out ulong spaces) {
    if (Vector512.IsHardwareAccelerated) {
      var bytes = Vector512.LoadUnsafe(ref at);
      quotes = Where(bytes, (byte)'"');
      delims = Where(bytes, delimiter);
      lines = Where(bytes, (byte)'\n');
      returns = Where(bytes, (byte)'\r');
      spaces = Where(bytes, (byte)' ') | Where(bytes, 0xA0);
    } else {
      Vector256<byte> low = Vector256.LoadUnsafe(ref at), high = Vector256.LoadUnsafe(ref at, 32);
      quotes = Where(low, high, (byte)'"');
      delims = Where(low, high, delimiter);
      lines = Where(low, high, (byte)'\n');
      returns = Where(low, high, (byte)'\r');
      spaces = Where(low, high, (byte)' ') | Where(low, high, 0xA0);
    }
  }

  private static ulong Where(Vector512<byte> bytes, byte wanted) =>
    Vector512.Equals(bytes, Vector512.Create(wanted)).ExtractMostSignificantBits();

  private static ulong Where(Vector256<byte> low, Vector256<byte> high, byte wanted) {
    var all = Vector256.Create(wanted);
    return Vector256.Equals(low, all).ExtractMostSignificantBits() | (ulong)Vector256.Equals(high, all).ExtractMostSignificantBits() << 32;
  }

  /// <summary>Bit i of the answer is the exclusive-or of bits 0 to i.</summary>
  private static ulong RunningXor(ulong bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
  }
}
