using System.Globalization;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Figures;

/// <summary>Whole days, both ends counted.</summary>
internal readonly record struct Period(DateOnly From, DateOnly To) {
  public bool IsWholeMonths => From.Day == 1 && To.AddDays(1).Day == 1;
  public int Days => To.DayNumber - From.DayNumber + 1;

  /// <summary>The same days one year earlier.</summary>
  public Period YearBefore {
    get {
      // the end of February stays the end of February
      var to = To.AddDays(1).Day == 1 ? To.AddDays(1).AddYears(-1).AddDays(-1) : To.AddYears(-1);
      return new(From.AddYears(-1), to);
    }
  }

  /// <summary>February 29, where this period holds it.</summary>
  public DateOnly? LeapDay {
    get {
      for (var year = From.Year; year <= To.Year; year++)
        if (DateTime.IsLeapYear(year) && new DateOnly(year, 2, 29) is var day && day >= From && day <= To) return day;
      return null;
    }
  }

  /// <summary>"January to September 2025", or with days where months are not whole.</summary>
  public string InWords => IsWholeMonths ? Fmt.Months(From, To) : Fmt.Days(From, To);
  /// <summary>"Jan–Sep 2025".</summary>
  public string Short => IsWholeMonths ? Fmt.MonthsShort(From, To) : Fmt.Days(From, To);
  /// <summary>The word in an address: "2025-01-01..2025-09-30".</summary>
  public string Word => string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd}..{To:yyyy-MM-dd}");
}

/// <summary>A period and the one it is held against.</summary>
/// <param name="Now">What is asked for.</param>
/// <param name="Before">The same days a year earlier; null where the data do not reach back so far.</param>
internal sealed record Comparison(Period Now, Period? Before) {
  /// <summary>February 29, left out of whichever of the two has it, so that both cover the same days.</summary>
  public DateOnly? LeftOut => Before is not { } before ? null : Now.LeapDay is not null && before.LeapDay is null ? Now.LeapDay
    : before.LeapDay is not null && Now.LeapDay is null ? before.LeapDay : null;
}

/// <summary>What a data page may be asked for in time: the year to date, whole years, the last twelve months, or any days.</summary>
internal static class PeriodChoice {
  /// <summary>Days by which the first row may come after the first day of a period that still counts as covered: the first day of a year is often quiet.</summary>
  private const int QuietDays = 3;

  private const string LastMonths = "12m";

  /// <summary>The year that the last day lies in, up to that day.</summary>
  public static Period ToDate(Period covered) => new(Max(new(covered.To.Year, 1, 1), covered.From), covered.To);

  /// <summary>Every choice of the select: its word in the address, and its label.</summary>
  public static IEnumerable<(string Word, Period Period)> All(Period covered) {
    yield return ("", ToDate(covered));
    for (var year = covered.To.Year - 1; year >= covered.From.Year; year--) {
      var whole = new Period(new(year, 1, 1), new(year, 12, 31));
      yield return (year.ToString(CultureInfo.InvariantCulture), new(Max(whole.From, covered.From), whole.To));
    }
    if (covered.To.AddDays(1).AddYears(-1) is var start && start >= covered.From && (start.Month, start.Day) != (1, 1)) yield return (LastMonths, new(start, covered.To));
  }

  /// <summary>Reads <c>period</c>; null where it is no period, or lies outside what is covered.</summary>
  public static Period? Read(string? word, Period covered) {
    if (string.IsNullOrEmpty(word)) return ToDate(covered);
    foreach (var (known, period) in All(covered))
      if (known == word) return period;
    // kept addresses: the year that has not ended yet, and twelve months that happen to be a year or all there is
    if (word == covered.To.Year.ToString(CultureInfo.InvariantCulture)) return ToDate(covered);
    if (word == LastMonths) return new(Max(covered.To.AddDays(1).AddYears(-1), covered.From), covered.To);
    var ends = word.Split("..");
    return ends.Length == 2 && Day(ends[0]) is { } from && Day(ends[1]) is { } to && from <= to && to >= covered.From && from <= covered.To
      ? new(Max(from, covered.From), to < covered.To ? to : covered.To) : null;
  }

  /// <summary>Holds a period against the same days a year earlier, where the data reach.</summary>
  public static Comparison Compare(Period now, Period covered) =>
    new(now, now.Days <= 366 && now.YearBefore is var before && before.From.AddDays(QuietDays) >= covered.From ? before : null);

  private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
  private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
