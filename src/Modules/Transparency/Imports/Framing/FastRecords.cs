using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

  /// <summary>Walks from the beginning, where a record begins; returns where the first record begins that was not walked over.</summary>
  public int Walk(ReadOnlySpan<byte> data, int most = int.MaxValue) {
    Cuts.Clear();
    Tall.Clear();
    var records = 0;
    int record = 0, delimiters = 0, breaks = 0, wanted = fields - 1;
    // of the byte before this chunk: whether a cell may begin after it; whether it closed a quote; whether it was CR
    ulong cellMayBegin = 1, closed = 0, returned = 0;
    var inside = 0ul;
    ref var first = ref MemoryMarshal.GetReference(data);
    for (var at = 0; at <= data.Length - 64; at += 64) {
      var (quotes, delims, lines, returns) = ByteMasks.Of(ref Unsafe.Add(ref first, at), delimiter);
      ulong open = 0, close = 0, innerLines = 0, unsure = (returns << 1 | returned) & ~lines;
      if ((quotes | inside) != 0) {
        var within = ByteMasks.RunningXor(quotes) ^ inside;
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
      return record;
    }
  }
}
