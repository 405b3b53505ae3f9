using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Looks at every cell of the records that pass, so that typing need not: whether some may begin or end with a space, and in which columns
/// something stands that may say nothing (see <see cref="Placeholders"/>). It may raise a false alarm; it never misses one.
/// </summary>
internal sealed class CellSurvey(byte delimiter, int fields) {
  private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
    Placeholders.All.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
  private static readonly int Longest = Placeholders.All.Max(w => w.Length);
  // by length and first byte: whether some word looks like that
  private static readonly bool[] Likely = MakeLikely();
  private readonly bool[] _maySayNothing = new bool[fields];

  /// <summary>Whether some cell may begin or end with a space.</summary>
  public bool HasPadding { get; private set; }
  /// <summary>By column, whether some cell may hold a word that stands for "not known".</summary>
  public IReadOnlyList<bool> MaySayNothing => _maySayNothing;

  /// <summary>Looks at the cells of one record.</summary>
  public void Look(IReadOnlyList<string?> cells) {
    for (var column = 0; column < cells.Count; column++) {
      if (cells[column] is not { } cell) continue;
      var bare = cell.Trim(' ', '\u00A0');
      if (bare.Length < cell.Length) HasPadding = true;
      if (bare.Length > 0 && Words.Contains(bare)) _maySayNothing[column] = true;
    }
  }

  /// <summary>Looks at whole records that <see cref="FastRecords"/> walked over: quotes stand only around cells.</summary>
  public void Look(ReadOnlySpan<byte> records) {
    ref var first = ref MemoryMarshal.GetReference(records);
    int cell = 0, column = 0;
    ulong inside = 0;
    var at = 0;
    for (; at <= records.Length - 64; at += 64) {
      var (quotes, ends, lines, _) = ByteMasks.Of(ref Unsafe.Add(ref first, at), delimiter);
      ends |= lines;
      if ((quotes | inside) != 0) {
        var within = ByteMasks.RunningXor(quotes) ^ inside;
        inside = (ulong)((long)within >> 63);
        ends &= ~within;
      }
      for (; ends != 0; ends &= ends - 1) {
        var end = at + BitOperations.TrailingZeroCount(ends);
        End(records, cell, end, ref column);
        cell = end + 1;
      }
    }
    for (; at < records.Length; at++) {
      var value = records[at];
      if (value == '"') inside = ~inside;
      if (inside != 0 || (value != delimiter && value != '\n')) continue;
      End(records, cell, at, ref column);
      cell = at + 1;
    }
  }

  [MethodImpl(MethodImplOptions.AggressiveInlining)]
  private void End(ReadOnlySpan<byte> records, int cell, int end, ref int column) {
    if (cell < end) See(records[cell..end], column);
    column = records[end] == delimiter ? column + 1 : 0;
  }

  private void See(ReadOnlySpan<byte> cell, int column) {
    if (cell[^1] == '\r') cell = cell[..^1];
    if (cell.Length > 1 && cell[0] == '"') cell = cell[1..^1];
    if (cell.IsEmpty) return;
    var (first, last) = (cell[0], cell[^1]);
    // 0xA0 ends the space that does not break
    if (first is (byte)' ' or 0xC2 || last is (byte)' ' or 0xA0) HasPadding = true;
    if (cell.Length > Longest || !Likely[(cell.Length << 8) | first] || _maySayNothing[column]) return;
    Span<char> text = stackalloc char[cell.Length];
    if (Words.Contains(text[..Encoding.Latin1.GetChars(cell, text)])) _maySayNothing[column] = true;
  }

  private static bool[] MakeLikely() {
    var likely = new bool[(Longest + 1) << 8];
    foreach (var word in Placeholders.All.Where(w => w.Length > 0))
      likely[(word.Length << 8) | word[0]] = likely[(word.Length << 8) | char.ToLowerInvariant(word[0])] = true;
    return likely;
  }
}
