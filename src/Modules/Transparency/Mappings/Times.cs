using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds the columns of the times, joins a date to its time of day, and finds an event time where no name tells.</summary>
internal static class Times {
  /// <summary>Feeds every time it can, the surest first.</summary>
  public static void Propose(Draft draft, DatasetDeclaration dataset) {
    var fields = draft.Records.Fields.Where(f => f.Type is FieldType.Timestamp && !draft.IsMapped(f)).ToList();
    var fits = fields.SelectMany(f => draft.Free.Where(IsTime).Select(c => (Field: f, Column: c, Fit: Fit(draft, f, c, dataset)))).Where(x => x.Fit >= Draft.Enough)
      .OrderByDescending(x => x.Fit).ThenBy(x => x.Column.At).ToList();
    foreach (var (field, column, _) in fits) {
      if (!draft.IsMapped(field) && draft.Free.Contains(column)) Map(draft, field, column);
    }
    if (draft.EventTime(dataset) is null) Fallback(draft, dataset);
    foreach (var field in draft.Records.Fields.Where(f => f.Type is FieldType.Timestamp && draft.IsMapped(f) && draft.Mapping(f).DateOnly)) JoinTimeOfDay(draft, field);
    foreach (var field in dataset.EventTimes.Select(n => draft.Records[n]).Where(draft.IsMapped)) Doubts(draft, field);
  }

  private static bool IsTime(ColumnProfile column) => column.Time is not null;

  private static double Fit(Draft draft, Field field, ColumnProfile column, DatasetDeclaration dataset) {
    var fit = draft.Likeness(field, column) * (column.Time!.Share >= 0.9 ? 1 : 0.75);
    if (column.Filled < 0.05) fit *= 0.6;
    // the event time has the first choice; of two named alike, the one that knows the time of day, by itself or by a column beside it
    if (fit >= Draft.Enough && dataset.EventTimes.Contains(field.Name)) fit += 8;
    return !column.Time.DateOnly ? fit : TimeOfDay(draft, column) is null ? fit - 15 : fit - 1;
  }

  private static void Map(Draft draft, Field field, ColumnProfile column) =>
    draft.Map(field, [column], names => new(names, column.Time!.Format, column.Time.HasOffset, DateOnly: column.Time.DateOnly));

  private static void Fallback(Draft draft, DatasetDeclaration dataset) {
    var field = draft.Records[dataset.EventTimes[^1]];
    // a later stage of the same event is better than nothing: the first that is there
    var later = ((FieldRole[])[FieldRole.Entered, FieldRole.Dispatched, FieldRole.EnRoute]).Select(r => draft.Records.Of(r)).FirstOrDefault(f => f is not null && draft.IsMapped(f));
    if (later is not null) {
      var column = draft.Profile(later);
      draft.Map(field, [column], names => new(names, column.Time!.Format, column.Time.HasOffset, DateOnly: column.Time.DateOnly));
      draft.Doubt($"No column says when a call was received; {column} stands for it, so time before it is not counted.");
      return;
    }
    var best = draft.Free.Where(c => c.Time is { Share: >= 0.9 } && c.Filled >= 0.5 && !c.Name.Words.Any(w => w is "update" or "load" or "close" or "clear" or "birth" or "dob" or "arrest"))
      .OrderByDescending(c => c.Time!.DateOnly ? 0 : 1).ThenByDescending(c => c.Filled).ThenBy(c => c.At).FirstOrDefault();
    if (best is null) return;
    Map(draft, field, best);
    draft.Doubt($"No column is named like the time of the event; {best} is the first that holds times.");
  }

  private static void JoinTimeOfDay(Draft draft, Field field) {
    var date = draft.Profile(field);
    if (date.Time is not { } dateTime || dateTime.HasOffset) return;
    if (TimeOfDay(draft, date) is not { } time) return;
    // the date alone stays readable: a row without a time of day keeps its day
    var dates = dateTime.Format.Split(ColumnMapping.Or).Select(AtMidnight(date)).ToList();
    var format = string.Join(ColumnMapping.Or, [.. dates.Select(d => $"{d} {time.Pattern}"), .. dates]);
    draft.Map(field, [date, time.Column], names => new(names, format, PadTo: time.PadTo));
  }

  // the free column that is a date's time of day
  private static (ColumnProfile Column, string Pattern, int? PadTo)? TimeOfDay(Draft draft, ColumnProfile date) {
    var partner = draft.Free.Where(c => c != date).Select(c => (Column: c, Clock: ClockPattern(c), Fit: Partner(date.Name, c.Name))).Where(c => c.Clock is not null && c.Fit > 0)
      .OrderByDescending(c => c.Fit).ThenBy(c => c.Column.At).FirstOrDefault();
    return partner.Clock is { } clock ? (partner.Column, clock.Pattern, clock.PadTo) : null;
  }

  // the date part keeps its own midnight as it is written: "01/08/2020 12:00:00 AM"
  private static Func<string, string> AtMidnight(ColumnProfile date) => format => {
    var space = format.IndexOfAny([' ', 'T']);
    var sample = date.Values.FirstOrDefault(v => Strptime.TryParse(v, format, out _));
    if (space < 0 || sample is null || !format.Contains('H') && !format.Contains('I')) return format;
    var at = sample.IndexOfAny([' ', 'T']);
    return at < 0 ? format : format[..space] + sample[at..];
  };

  private static (string Pattern, int? PadTo)? ClockPattern(ColumnProfile column) {
    if (column.Values.Count == 0) return null;
    foreach (var pattern in (string[])["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p", "%H:%M:%S.%f"]) {
      if (column.ShareOf(v => Strptime.TryParse("2000-01-01 " + v, "%Y-%m-%d " + pattern, out _)) >= 0.95) return (pattern, null);
    }
    if (!column.Name.Words.Any(w => w is "time" or "hour" or "hr") || column.Whole < 0.95) return null;
    if (column.Name.Words.Any(w => w is "hour" or "hr") && column.ShareOf(v => ClockWitness.Minute("hour", v) is not null) >= 0.99) return ("%H", 2);
    // 1, 845 and 2230 are minutes past midnight only where most have three digits or four
    return column.ShareOf(v => ClockWitness.Minute("hhmm", v) is not null) >= 0.98 && column.ShareOf(v => v.Length >= 3) >= 0.6 ? ("%H%M", 4) : null;
  }

  // "DATE OCC" and "TIME OCC", "Report Date" and "Report Time", "RMSOccurrenceDate" and "RMSOccurrenceHour"
  private static double Partner(HeaderName date, HeaderName clock) {
    static List<string> Rest(HeaderName name) => [.. name.Words.Where(w => w is not ("date" or "time" or "hour" or "hr" or "of" or "day" or "the" or "at" or "on"))];
    List<string> dateRest = Rest(date), clockRest = Rest(clock);
    if (!clock.Words.Any(w => w is "time" or "hour" or "hr")) return 0;
    if (dateRest.ToHashSet().SetEquals(clockRest)) return 100;
    var shared = dateRest.Intersect(clockRest).Count();
    if (shared > 0 && shared >= Math.Min(dateRest.Count, clockRest.Count)) return 80;
    // a lone "Time" belongs to the only date
    return clockRest.Count == 0 ? 60 : 0;
  }

  private static void Doubts(Draft draft, Field field) {
    var column = draft.Profile(field);
    if (column.Time is { DayOrMonthFirst: false } time) draft.Doubt($"{column}: day and month cannot be told apart by its values; the month is read first ({time.Format}).");
    if (column.Time is { Share: < 0.99 } most) draft.Doubt($"{column}: {1 - most.Share:P0} of its values in the sample are not times as {most.Format}.");
    // a bare "Date" says neither report nor event
    if (column.Name.Words.All(w => w is "date" or "time") && draft.Records.Of(FieldRole.Occurred) is not null)
      draft.Doubt($"{column} does not say whether it is the day of the report or of the event; it is read as the event.");
  }
}
