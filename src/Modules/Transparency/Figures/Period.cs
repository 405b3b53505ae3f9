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
/// <param name="Before">The same days a year earlier; null where the data do not reach back so far, or these days are not complete yet.</param>
/// <param name="GrowsFrom">The first day of the data that is not complete yet; null where all are.</param>
internal sealed record Comparison(Period Now, Period? Before, DateOnly? GrowsFrom = null) {
  private static readonly Texts T = Texts.Of(typeof(Comparison));

  /// <summary>February 29, left out of whichever of the two has it, so that both cover the same days.</summary>
  public DateOnly? LeftOut => Before is not { } before ? null : Now.LeapDay is not null && before.LeapDay is null ? Now.LeapDay
    : before.LeapDay is not null && Now.LeapDay is null ? before.LeapDay : null;

  /// <summary>
  /// "Compared through August 1, 2025: later days are not complete yet." Where days that are not complete are shown, that they are compared
  /// with nothing. Null where the period is not about them.
  /// </summary>
  public string? Completeness => GrowsFrom is not { } from || Now.To < from.AddDays(-1) ? null
    : Now.To >= from ? T["complete.not", Fmt.DateLong(from > Now.From ? from : Now.From)]
    : T[Before is null ? "complete.counted" : "complete.compared", Fmt.DateLong(Now.To)];

  /// <summary>Why there is nothing to compare with.</summary>
  public string WhyAlone => GrowsFrom <= Now.To ? Completeness! : $"{T["crime.lead.alone"]} {Completeness}".Trim();
}

/// <summary>What a data page may be asked for in time: the year to date, whole years, the last twelve months, or any days.</summary>
/// <param name="Covered">The days there are rows of.</param>
/// <param name="GrowsFrom">The first of them that is not complete yet; null where all are.</param>
internal sealed record PeriodChoice(Period Covered, DateOnly? GrowsFrom = null) {
  /// <summary>
  /// Days by which the first row may come after the first day of a period that still counts as covered: the first day of a year is often quiet.
  /// </summary>
  private const int QuietDays = 3;

  private const string LastMonths = "12m";

  // where no day is complete there is nothing better to show than all of them
  private Period Complete => GrowsFrom > Covered.From ? new(Covered.From, GrowsFrom.Value.AddDays(-1)) : Covered;

  /// <summary>The year that the last complete day lies in, up to that day: a day that is not complete would read as a fall.</summary>
  public Period ToDate => YearOf(Complete);

  /// <summary>Every choice of the select: its word in the address, and its label.</summary>
  public IEnumerable<(string Word, Period Period)> All() {
    yield return ("", ToDate);
    if (YearOf(Covered) is var toTheEnd && toTheEnd != ToDate) yield return (toTheEnd.Word, toTheEnd);
    for (var year = Covered.To.Year - 1; year >= Covered.From.Year; year--) {
      var whole = new Period(new(year, 1, 1), new(year, 12, 31));
      yield return (year.ToString(CultureInfo.InvariantCulture), new(Max(whole.From, Covered.From), whole.To));
    }
    if (Year(Complete) is var months && months.From >= Covered.From && (months.From.Month, months.From.Day) != (1, 1)) yield return (LastMonths, months);
  }

  /// <summary>Reads <c>period</c>; null where it is no period, or lies outside what is covered.</summary>
  public Period? Read(string? word) {
    if (string.IsNullOrEmpty(word)) return ToDate;
    foreach (var (known, period) in All())
      if (known == word) return period;
    // kept addresses: the year that has not ended yet, and twelve months that happen to be a year or all there is
    if (word == Covered.To.Year.ToString(CultureInfo.InvariantCulture)) return YearOf(Covered);
    if (word == LastMonths) return new(Max(Year(Complete).From, Covered.From), Complete.To);
    var ends = word.Split("..");
    return ends.Length == 2 && Day(ends[0]) is { } from && Day(ends[1]) is { } to && from <= to && to >= Covered.From && from <= Covered.To
      ? new(Max(from, Covered.From), to < Covered.To ? to : Covered.To) : null;
  }

  /// <summary>Holds a period against the same days a year earlier, where the data reach and its own days are complete.</summary>
  public Comparison Compare(Period now) => new(now, HasYearBefore(now) ? now.YearBefore : null, GrowsFrom);

  private bool HasYearBefore(Period now) =>
    now.Days <= 366 && now.YearBefore.From.AddDays(QuietDays) >= Covered.From && !(now.To >= GrowsFrom);

  // the twelve months that end with these days
  private static Period Year(Period days) => new(days.To.AddDays(1).AddYears(-1), days.To);

  private static Period YearOf(Period days) => new(Max(new(days.To.Year, 1, 1), days.From), days.To);

  private static DateOnly? Day(string text) =>
    DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

  private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}
