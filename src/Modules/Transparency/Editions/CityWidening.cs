namespace Porchlight.Transparency.Editions;

/// <summary>How long a period a count for the city only stands for.</summary>
internal enum PeriodKind { Month, Quarter, Year }

/// <summary>A count for the city only: of one type, in one period.</summary>
/// <param name="Start">The period's first day.</param>
internal sealed record CityCount(DateOnly Start, PeriodKind Kind, string Type, long Count);

/// <summary>
/// Counts of sensitive rows, for the city only. Each type is shown by month if every month has none or at least the threshold, else by
/// quarter, else by year, else not at all: one grain a type for the whole edition, so that no two grains can be subtracted. A period appears
/// when it has closed.
/// </summary>
internal static class CityWidening {
  /// <summary>Widens months until the threshold is met.</summary>
  /// <param name="months">First day of a month, type, rows.</param>
  /// <param name="lastDay">The last day the data cover: a period that ends later has not closed.</param>
  /// <returns>The periods, and how many rows are in none of them.</returns>
  public static (IReadOnlyList<CityCount> Periods, long Withheld) Widen(IEnumerable<(DateOnly Month, string Type, long Rows)> months, DateOnly lastDay, int threshold) {
    List<CityCount> periods = [];
    long withheld = 0;
    foreach (var type in months.GroupBy(m => m.Type).OrderBy(g => g.Key, StringComparer.Ordinal)) {
      var fit = Enum.GetValues<PeriodKind>().Select(kind => Cells(type, kind, lastDay)).FirstOrDefault(cells => cells.All(c => c.Count >= threshold)) ?? [];
      periods.AddRange(fit);
      withheld += type.Sum(m => m.Rows) - fit.Sum(p => p.Count);
    }
    return (periods, withheld);
  }

  /// <summary>The first day of the period that a day lies in.</summary>
  public static DateOnly Start(DateOnly day, PeriodKind kind) => kind switch {
    PeriodKind.Month => new(day.Year, day.Month, 1), PeriodKind.Quarter => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1), _ => new(day.Year, 1, 1),
  };

  /// <summary>The first day after the period that starts at <paramref name="start"/>.</summary>
  public static DateOnly Next(DateOnly start, PeriodKind kind) => start.AddMonths(kind switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, _ => 12 });

  private static List<CityCount> Cells(IGrouping<string, (DateOnly Month, string Type, long Rows)> type, PeriodKind kind, DateOnly lastDay) =>
    [.. type.GroupBy(m => Start(m.Month, kind)).Where(g => Next(g.Key, kind).AddDays(-1) <= lastDay).OrderBy(g => g.Key)
      .Select(g => new CityCount(g.Key, kind, type.Key, g.Sum(m => m.Rows)))];
}
