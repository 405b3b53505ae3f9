using Porchlight.Transparency.Figures;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Hub;

/// <summary>A year of months with the year before behind it, drawn from whole months only.</summary>
internal static class YearLine {
  private static readonly Texts T = Texts.Of(typeof(YearLine));

  /// <param name="month">The value of a month ("2025-09"); null is a gap.</param>
  /// <param name="withBefore">False where the year before is no comparison.</param>
  /// <returns>Null with fewer than two months: a line wants two points.</returns>
  public static TrendModel? Of(
      OpenEdition edition, string title, int year, Func<string, decimal?> month, bool withBefore = true, Unit unit = Unit.Count) {
    var now = Months(edition, year, month);
    var before = withBefore ? Months(edition, year - 1, month) : [];
    var known = now.Concat(before).Count(value => value is not null);
    if (known < 2) return null;
    return TrendModel.OfYear(title, year, now, before.Any(value => value is not null) ? before : null, unit, edition.GrowsFrom);
  }

  /// <summary>
  /// Says what of a year's line is not whole: a month that the records end in the middle of is not drawn; by occurrence, the last 60 days still
  /// grow and are dashed. Null where all is.
  /// </summary>
  public static string? Incomplete(OpenEdition edition, int year) {
    List<string> says = [];
    if (edition.IsMonthIncomplete(year)) says.Add(T["months.incomplete", Fmt.DateLong(edition.Manifest.To)]);
    if (edition.GrowsFrom is { } from && from.Year <= year) says.Add(T["months.growing", Fmt.DateLong(from)]);
    return says.Count == 0 ? null : string.Join(' ', says);
  }

  /// <summary>A year and the one before it, as far as there are rows: the days to ask for.</summary>
  public static Period TwoYears(OpenEdition edition, int year) {
    var (from, to) = (new DateOnly(year - 1, 1, 1), new DateOnly(year, 12, 31));
    var covered = edition.Covered;
    return new(from < covered.From ? covered.From : from, to > covered.To ? covered.To : to);
  }

  private static List<decimal?> Months(OpenEdition edition, int year, Func<string, decimal?> month) =>
    [.. Enumerable.Range(1, 12).Select(m => edition.HasWholeMonth(year, m) ? month($"{year:0000}-{m:00}") : null)];
}
