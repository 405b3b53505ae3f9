namespace Porchlight.Transparency.Rollups;

/// <summary>Days from one to another, both inclusive.</summary>
internal readonly record struct DayRange(DateOnly From, DateOnly To);

/// <summary>
/// Which file can answer a question exactly. Pure: README.md has the table. All paths give the same answer; a property test asks them all.
/// </summary>
internal sealed class Router(Labels labels, IReadOnlyList<DateOnly> months) {
  // A flat array of all groups must stay small; a question with more is one for a hash table, which DuckDB has.
  private const int MostGroups = 1 << 21;

  /// <summary>Cells, Days, Counts (with <see cref="Tails"/> beside) or Rows.</summary>
  public AnswerPath Path(CountQuestion question) {
    if (question.Box is not null) {
      var whole = question.Unit == RowLayout.Rows && question.Fields.All(field => field is By.Category) && IsEverything(question);
      return whole ? AnswerPath.Cells : AnswerPath.Rows;
    }
    if (!Fits(question)) return AnswerPath.Rows;
    if (question.Fields.All(field => field is not (By.Week or By.Day or By.Weekday or By.Hour))) return AnswerPath.Counts;
    return question.Fields.All(field => field is not (By.Hour or By.Type or By.Priority)) ? AnswerPath.Days : AnswerPath.Rows;
  }

  /// <summary>Whether a part month of a question that <see cref="AnswerPath.Counts"/> answers can come from the days.</summary>
  public static bool DaysKnow(Question question) => question.Fields.All(field => field is By.Year or By.Month or By.Area or By.Category);

  /// <summary>Whether times, and what is left out of them, can come from their roll-ups: whole months, by area and priority.</summary>
  public bool ByWholeMonths(Question question) =>
    question.Box is null && question.To >= question.From && Tails(question).Count == 0 && Fits(question)
    && question.Fields.All(field => field is By.Year or By.Month or By.Area or By.Priority);

  private bool IsEverything(Question question) =>
    months.Count == 0 || (question.From <= months[0] && question.To >= months[^1].AddMonths(1).AddDays(-1));

  private bool Fits(Question question) {
    var groups = Times(question);
    foreach (var field in question.By) {
      groups *= question.Filter(field)?.Count ?? field switch {
        By.Area => labels.Areas.Limit,
        By.Type => labels.Types.Limit,
        By.Category => labels.Categories.Limit,
        By.Priority => labels.Priorities.Limit,
        _ => 1,
      };
    }
    return groups <= MostGroups;
  }

  // at most so many different times
  private double Times(Question question) {
    double times = 1;
    if (question.By.Contains(By.Day)) return 31.0 * months.Count;
    if (question.By.Contains(By.Week)) times *= 6 * months.Count;
    else if (question.By.Contains(By.Month)) times *= months.Count;
    else if (question.By.Contains(By.Year)) times *= (months.Count / 12) + 2;
    return question.By.Contains(By.Weekday) ? 7 * times : times;
  }

  /// <summary>From the first day of the first whole month of the period to the last day of the last; null where none is whole.</summary>
  public static DayRange? WholeMonths(Question question) {
    var first = question.From.Day == 1 ? question.From : First(question.From).AddMonths(1);
    var last = question.To.AddDays(1).Day == 1 ? question.To : First(question.To).AddDays(-1);
    return first <= last ? new(first, last) : null;
  }

  /// <summary>The days of the period that lie in no whole month: at most two spans.</summary>
  public static IReadOnlyList<DayRange> Tails(Question question) {
    if (question.To < question.From) return [];
    if (WholeMonths(question) is not { } whole) return [new(question.From, question.To)];
    List<DayRange> tails = [];
    if (question.From < whole.From) tails.Add(new(question.From, whole.From.AddDays(-1)));
    if (question.To > whole.To) tails.Add(new(whole.To.AddDays(1), question.To));
    return tails;
  }

  private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);
}
