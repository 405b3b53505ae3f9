using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Figures;

/// <summary>What a count is narrowed to.</summary>
/// <param name="Area">An area's code; null: the whole city, rows without a place and rows for the city only included.</param>
/// <param name="Category">A category's code; null: all that count as crime.</param>
/// <param name="OnlyCrime">Only types that count as reported crime.</param>
internal sealed record Narrow(string? Area = null, string? Category = null, bool OnlyCrime = false);

/// <summary>A count now, and in the same days a year before; null where the data do not reach back.</summary>
internal readonly record struct Pair(long Now, long? Before) {
  public static Pair operator +(Pair a, Pair b) => new(a.Now + b.Now, a.Before + b.Before);
}

/// <summary>What counts are split by.</summary>
internal enum SplitBy { All, Month, Area, Type, Category }

/// <summary>What is counted.</summary>
internal enum Counted { Rows, Incidents }

/// <summary>Asks one edition for counts, in the words of its labels.</summary>
internal sealed class Counting(OpenEdition edition) {
  /// <summary>A split of both periods of a comparison, February 29 left out of the one that has it alone.</summary>
  public async Task<IReadOnlyDictionary<string, Pair>> PairsAsync(SplitBy by, Comparison compare, Narrow narrow, CancellationToken ct, Counted what = Counted.Rows) {
    var now = await EqualDays(by, compare.Now, compare.LeftOut, narrow, what, ct);
    var before = compare.Before is { } b ? await EqualDays(by, b, compare.LeftOut, narrow, what, ct) : null;
    return now.Keys.Union(before is null ? [] : (IEnumerable<string>)before.Keys).ToDictionary(k => k, k => new Pair(now.GetValueOrDefault(k), before?.GetValueOrDefault(k)));
  }

  private async Task<Dictionary<string, long>> EqualDays(SplitBy by, Period period, DateOnly? leftOut, Narrow narrow, Counted what, CancellationToken ct) {
    var counts = await edition.CountAsync(by, period, narrow, what, ct);
    if (leftOut is { } day && day >= period.From && day <= period.To) {
      foreach (var (key, count) in await edition.CountAsync(by, new(day, day), narrow, what, ct)) counts[key] = counts.GetValueOrDefault(key) - count;
    }
    return counts;
  }

  /// <summary>Whether a type counts as reported crime.</summary>
  public static bool IsCrime(string type) => TypeTable.Nibrs.TryGetValue(type, out var code) && code.Class == TypeClass.Crime;
}
