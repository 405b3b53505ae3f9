namespace Porchlight.Transparency.Editions;

/// <summary>How long a period a count for the city only stands for.</summary>
internal enum PeriodKind { Month, Quarter, Year }

/// <summary>A count for the city only: of one type, or of all types of a category together, in one period.</summary>
/// <param name="Start">The period's first day.</param>
/// <param name="Code">A type's code; a category's where its types stand together.</param>
/// <param name="Types">The types it counts.</param>
internal sealed record CityCount(DateOnly Start, PeriodKind Kind, string Code, IReadOnlyList<string> Types, long Count);

/// <summary>Rows for the city only of one type in one month.</summary>
/// <param name="Category">Null where types have none.</param>
internal sealed record CityMonth(DateOnly Month, string Type, string? Category, long Rows);

/// <summary>
/// Counts of sensitive rows, for the city only. A category is shown by type if every period has none of a type or at least the threshold, else with
/// its types together; by month, else by quarter, else by year, else not at all. One grain a category for the whole edition, so that no two
/// grains can be subtracted. A period appears when it has closed.
/// </summary>
internal static class CityWidening {
  // finest first; a quarter by type says more than a month of all types
  private static readonly (PeriodKind Kind, bool Together)[] Grains = [
    (PeriodKind.Month, false), (PeriodKind.Quarter, false), (PeriodKind.Month, true), (PeriodKind.Quarter, true), (PeriodKind.Year, false), (PeriodKind.Year, true),
  ];

  /// <summary>Widens months until the threshold is met.</summary>
  /// <param name="lastDay">The last day the data cover: a period that ends later has not closed.</param>
  /// <returns>The counts, and how many rows are in none of them.</returns>
  public static (IReadOnlyList<CityCount> Counts, long Withheld) Widen(IEnumerable<CityMonth> months, DateOnly lastDay, int threshold) {
    List<CityCount> counts = [];
    long all = 0;
    foreach (var group in months.GroupBy(m => m.Category ?? m.Type).OrderBy(g => g.Key, StringComparer.Ordinal)) {
      all += group.Sum(m => m.Rows);
      counts.AddRange(Grains.Where(g => !g.Together || group.First().Category is not null).Select(g => Cells(group, g.Kind, g.Together, lastDay))
        .FirstOrDefault(cells => cells.All(c => c.Count >= threshold)) ?? []);
    }
    return (counts, all - counts.Sum(c => c.Count));
  }

  /// <summary>The first day of the period that a day lies in.</summary>
  public static DateOnly Start(DateOnly day, PeriodKind kind) => kind switch {
    PeriodKind.Month => new(day.Year, day.Month, 1),
    PeriodKind.Quarter => new(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
    _ => new(day.Year, 1, 1),
  };

  /// <summary>The first day after the period that starts at <paramref name="start"/>.</summary>
  public static DateOnly Next(DateOnly start, PeriodKind kind) => start.AddMonths(kind switch { PeriodKind.Month => 1, PeriodKind.Quarter => 3, _ => 12 });

  private static List<CityCount> Cells(IGrouping<string, CityMonth> group, PeriodKind kind, bool together, DateOnly lastDay) =>
    [.. group.GroupBy(m => (Start: Start(m.Month, kind), Code: together ? group.Key : m.Type)).Where(g => Next(g.Key.Start, kind).AddDays(-1) <= lastDay)
      .OrderBy(g => g.Key.Start).ThenBy(g => g.Key.Code, StringComparer.Ordinal)
      .Select(g => new CityCount(g.Key.Start, kind, g.Key.Code, [.. g.Select(m => m.Type).Distinct().Order(StringComparer.Ordinal)], g.Sum(m => m.Rows)))];
}
