using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Finds the columns of the times, joins a date to its time of day, and finds an event time where no name tells.</summary>
internal static class Times {
  private static readonly string[] Clocks =
    ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p", "%H:%M:%S.%f"];

  /// <summary>A column that holds a time of day: its pattern, and the digits it is filled up to.</summary>
  private sealed record TimeOfDay(ColumnProfile Column, string Pattern, int? PadTo);

  /// <summary>Feeds every time it can.</summary>
  public static void Propose(Draft draft, DatasetDeclaration dataset) {
    var fields = draft.Records.Fields.Where(f => f.Type is FieldType.Timestamp).ToList();
    draft.MapBest(fields, (f, c) => Fit(draft, dataset, f, c), (f, c) => draft.Map(f, c));
    if (draft.EventTime(dataset) is null && draft.EventTimes(dataset) is [.., var last]) Fallback(draft, last);
    foreach (var field in draft.Times(m => m is { DateOnly: true, HasOffset: false })) {
      var day = draft.Profile(field);
      if (PartnerOf(draft, day) is not { } time) continue;
      // the day alone stays readable: a row without a time of day keeps its day
      var days = Days(day);
      var format = string.Join(ColumnMapping.Or, [.. days.Select(d => $"{d} {time.Pattern}"), .. days]);
      draft.Map(field, [day, time.Column], names => new(names, format, PadTo: time.PadTo));
    }
    if (draft.EventTime(dataset) is { } eventTime) BorrowDay(draft, fields, eventTime);
    foreach (var field in draft.EventTimes(dataset).Where(draft.IsMapped)) Doubts(draft, draft.Profile(field));
  }

  private static double Fit(Draft draft, DatasetDeclaration dataset, Field field, ColumnProfile column) {
    if (column.Time is not { } time) return 0;
    var isEvent = draft.EventTimes(dataset).Contains(field);
    // a time that cannot be read sets its row aside: a later stage that is not always a time is not worth the rows it would cost
    if (!isEvent && time.Share < 0.98) return 0;
    var fit = draft.Likeness(field, column) * (time.Share >= 0.98 ? 1 : 0.75);
    if (column.Filled < 0.05) fit *= 0.6;
    // the event time has the first choice; of two named alike, the one that knows the time of day, by itself or by a column beside it
    if (fit >= Draft.Enough && isEvent) fit += 8;
    return !time.DateOnly ? fit : PartnerOf(draft, column) is null ? fit - 15 : fit - 1;
  }

  private static void Fallback(Draft draft, Field field) {
    // a later stage of the same event is better than nothing: the first that is there
    foreach (var role in (FieldRole[])[FieldRole.Entered, FieldRole.Dispatched, FieldRole.EnRoute]) {
      if (draft.Fed(role) is not { } later) continue;
      var column = draft.Profile(later);
      // a call is not dispatched when it is received: the later stage is not known then
      draft.Unmap(later);
      draft.Map(field, column);
      draft.Doubt($"No column says when a call was received; {column} stands for it, so time before it is not counted.");
      return;
    }
    var best = draft.Best(c => c.Time is not { Share: >= 0.9 } time || c.Filled < 0.5 || IsLater(c.Name) ? 0 : time.DateOnly ? 1 : 2, 1);
    if (best is null) return;
    draft.Map(field, best);
    draft.Doubt($"No column is named like the time of the event; {best} is the first that holds times.");
  }

  private static bool IsLater(HeaderName name) =>
    name.Words.Any(w => w is "update" or "load" or "close" or "clear" or "birth" or "dob" or "arrest" or "end");

  // a call's later stages may be written as times of day alone: they share the day it was received
  private static void BorrowDay(Draft draft, List<Field> fields, Field eventTime) {
    var day = draft.Profile(eventTime);
    if (draft.Mapping(eventTime) is not { Columns.Count: 2, HasOffset: false }) return;
    List<ColumnProfile> lent = [];
    draft.MapBest(fields, (f, c) => ClockOf(c) is null ? 0 : draft.Likeness(f, c), (field, column) => {
      var time = ClockOf(column)!;
      draft.Map(field, [day, column], names => new(names, $"{Days(day)[0]} {time.Pattern}", PadTo: time.PadTo));
      lent.Add(column);
    });
    if (lent.Count > 0) {
      draft.Doubt($"{string.Join(", ", lent.OrderBy(c => c.At))} hold times of day without a day: they are read on the day of {day}, so "
        + "what passes midnight seems to run backward and is left out.");
    }
  }

  // the patterns of a date whose own midnight is kept as it is written: "01/08/2020 12:00:00 AM"
  private static List<string> Days(ColumnProfile day) => [.. day.Time!.Format.Split(ColumnMapping.Or).Select(format => {
    var sample = day.Values.FirstOrDefault(v => Strptime.TryParse(v, format, out _));
    int inFormat = format.IndexOfAny([' ', 'T']), inSample = sample?.IndexOfAny([' ', 'T']) ?? -1;
    var hasClock = format.Contains("%H", StringComparison.Ordinal) || format.Contains("%I", StringComparison.Ordinal);
    return inFormat < 0 || inSample < 0 || !hasClock
      ? format : format[..inFormat] + sample![inSample..];
  })];

  // the free column that is a day's time of day
  private static TimeOfDay? PartnerOf(Draft draft, ColumnProfile day) {
    if (day.Time is not { HasOffset: false }) return null;
    return draft.Best(c => c == day || ClockOf(c) is null ? 0 : Belongs(day.Name, c.Name), 1) is { } column ? ClockOf(column) : null;
  }

  private static TimeOfDay? ClockOf(ColumnProfile column) {
    foreach (var pattern in Clocks) {
      var fits = column.ShareOf(v => Strptime.TryParse("2000-01-01 " + v, "%Y-%m-%d " + pattern, out _));
      if (fits >= 0.95) return new(column, pattern, null);
    }
    if (!column.Name.Words.Any(w => w is "time" or "hour" or "hr") || column.Whole < 0.95) return null;
    if (!column.Name.Has("time") && column.ShareOf(v => ClockWitness.Minute("hour", v) is not null) >= 0.99) return new(column, "%H", 2);
    // 1, 845 and 2230 are times of day only where most have three digits or four
    return column.ShareOf(v => v.Length >= 3) >= 0.6 && column.ShareOf(v => ClockWitness.Minute("hhmm", v) is not null) >= 0.98
      ? new(column, "%H%M", 4) : null;
  }

  // "DATE OCC" and "TIME OCC", "Report Date" and "Report Time", "RMSOccurrenceDate" and "RMSOccurrenceHour"
  private static double Belongs(HeaderName day, HeaderName clock) {
    if (!clock.Words.Any(w => w is "time" or "hour" or "hr")) return 0;
    HashSet<string> ofDay = Rest(day), ofClock = Rest(clock);
    if (ofDay.SetEquals(ofClock)) return 100;
    // a lone "Time" belongs to any date
    if (ofClock.Count == 0) return 60;
    var shared = ofDay.Intersect(ofClock).Count();
    return shared > 0 && shared >= Math.Min(ofDay.Count, ofClock.Count) ? 80 : 0;

    static HashSet<string> Rest(HeaderName name) =>
      [.. name.Words.Where(w => w is not ("date" or "time" or "hour" or "hr" or "of" or "day" or "the" or "at" or "on"))];
  }

  private static void Doubts(Draft draft, ColumnProfile column) {
    if (column.Time is not { } time) return;
    if (!time.DayOrMonthFirst) {
      draft.Doubt($"{column}: day and month cannot be told apart by its values; the month is read first ({time.Format}).");
    }
    if (time.Share < 0.99) draft.Doubt($"{column}: {1 - time.Share:P0} of its values in the sample are not times as {time.Format}.");
    // a bare "Date" says neither report nor event
    if (column.Name.Words.All(w => w is "date" or "time") && draft.Records.Of(FieldRole.Occurred) is not null)
      draft.Doubt($"{column} does not say whether it is the day of the report or of the event; it is read as the event.");
  }
}
