using System.Globalization;

namespace Porchlight.Ui.Wording;

/// <summary>
/// Writes numbers, dates and spans of time in the language of this request. Digits are written the U.S. way in both (1,000 and 6.7%);
/// nothing here asks a machine's culture data, which invariant globalization takes away.
/// </summary>
public static class Fmt {
  /// <summary>What stands in a cell for no value: an en dash.</summary>
  public const string None = "–";
  /// <summary>A true minus sign, U+2212.</summary>
  public const string Minus = "\u2212";

  private static readonly string[] MonthsEn =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  private static readonly string[] MonthsEs =
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
  private static readonly string[] DaysEn = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  private static readonly string[] DaysEs = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"];
  private static readonly string[] SmallEn = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
  private static readonly string[] SmallEs = ["ninguna", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"];

  private static bool Es => Words.IsSpanish;

  // Numbers

  /// <summary>"9,214".</summary>
  public static string Number(long value) => Sign(value < 0) + Math.Abs((decimal)value).ToString("#,0", CultureInfo.InvariantCulture);

  /// <summary>"43.4": rounded half away from zero to so many decimals.</summary>
  public static string Number(decimal value, int decimals) {
    var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
    return Sign(rounded < 0) + Math.Abs(rounded).ToString(decimals == 0 ? "#,0" : "#,0." + new string('0', decimals), CultureInfo.InvariantCulture);
  }

  /// <summary>A rate for so many people, one decimal; an en dash where there is none.</summary>
  public static string Rate(decimal? value) => value is { } rate ? Number(rate, 1) : None;

  /// <summary>"6.7%" of a share given as 0 to 1: one decimal under 10%, none above.</summary>
  public static string Percent(decimal share) => Percentage(share * 100);

  /// <summary>A whole number from 0 to 9 as a word in the feminine ("two", "dos"), to start a sentence about things; larger ones in digits.</summary>
  public static string Small(int value) => value is >= 0 and < 10 ? (Es ? SmallEs : SmallEn)[value] : Number(value);

  /// <summary>"14 KB": 1 KB is 1,000 bytes, as browsers and shops count.</summary>
  public static string FileSize(long bytes) => bytes switch {
    < 1000 => $"{Number(bytes)} bytes",
    < 999_500 => $"{Number(bytes / 1000m, 0)} KB",
    < 999_950_000 => $"{Number(bytes / 1_000_000m, 1)} MB",
    _ => $"{Number(bytes / 1_000_000_000m, 1)} GB",
  };

  // Changes

  /// <summary>
  /// The change between two counts for a table's cell: "−6.7%", "+10%", "same"; "about the same" unless it passes <see cref="Chance"/>. On a
  /// base under 10 a percentage would swing on one report, so a word stands there too. The table shows the two counts.
  /// </summary>
  public static string Change(long now, long before) {
    var direction = Chance.Of(now, before);
    if (before >= 10 && now == before) return Es ? "igual" : "same";
    if (before < 10 || direction == Direction.AboutTheSame) return Word(direction);
    var percent = (now - before) * 100m / before;
    if (Math.Abs(percent) < 0.05m) return Es ? "menos de 0.1%" : "under 0.1%";
    return (percent < 0 ? Minus : "+") + Percentage(Math.Abs(percent));
  }

  /// <summary>The same as words inside a sentence: "657 fewer, a drop of 6.7%"; on a base under 10 "4 now and 3 then, about the same".</summary>
  public static string ChangeSentence(long now, long before) {
    if (before < 10)
      return Es ? $"{Number(now)} ahora y {Number(before)} antes, {Word(Chance.Of(now, before))}" : $"{Number(now)} now and {Number(before)} then, {Word(Chance.Of(now, before))}";
    if (now == before) return Es ? "la misma cantidad" : "the same number";
    var size = Number(Math.Abs(now - before));
    var raw = Math.Abs(now - before) * 100m / before;
    var percent = raw < 0.05m ? (Es ? "menos de 0.1%" : "under 0.1%") : Percentage(raw);
    return (now < before, Es) switch {
      (true, false) => $"{size} fewer, a drop of {percent}",
      (true, true) => $"{size} menos, una baja del {percent}",
      (false, false) => $"{size} more, a rise of {percent}",
      (false, true) => $"{size} más, un alza del {percent}",
    };
  }

  /// <summary>"more", "fewer" or "about the same", lower case.</summary>
  public static string Word(Direction direction) => (direction, Es) switch {
    (Direction.More, false) => "more",
    (Direction.More, true) => "más",
    (Direction.Fewer, false) => "fewer",
    (Direction.Fewer, true) => "menos",
    (_, false) => "about the same",
    (_, true) => "casi igual",
  };

  // Spans of time

  /// <summary>"6 min 12 s", "1 h 5 min", "45 s"; parts that are zero are left out, seconds above an hour too.</summary>
  public static string Duration(TimeSpan span) {
    var seconds = (long)Math.Round(Math.Abs(span.TotalSeconds), MidpointRounding.AwayFromZero);
    var (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    var text = hours > 0 ? Join($"{Number(hours)} h", minutes > 0 ? $"{minutes} min" : "")
      : minutes > 0 ? Join($"{minutes} min", rest > 0 ? $"{rest} s" : "")
      : $"{rest} s";
    return Sign(span < TimeSpan.Zero && seconds > 0) + text;
  }

  // Dates

  /// <summary>"September" or "septiembre", 1 to 12.</summary>
  public static string Month(int month) => (Es ? MonthsEs : MonthsEn)[month - 1];

  /// <summary>"Sep" or "sep".</summary>
  public static string MonthShort(int month) => Month(month)[..3];

  /// <summary>"Oct 9, 2025" or "9 oct 2025".</summary>
  public static string Date(DateOnly day) => Es ? $"{day.Day} {MonthShort(day.Month)} {day.Year}" : $"{MonthShort(day.Month)} {day.Day}, {day.Year}";

  /// <summary>"Oct 9" or "9 oct": where the year is clear.</summary>
  public static string DayAndMonth(DateOnly day) => Es ? $"{day.Day} {MonthShort(day.Month)}" : $"{MonthShort(day.Month)} {day.Day}";

  /// <summary>"October 9, 2025" or "9 de octubre de 2025".</summary>
  public static string DateLong(DateOnly day) => Es ? $"{day.Day} de {Month(day.Month)} de {day.Year}" : $"{Month(day.Month)} {day.Day}, {day.Year}";

  /// <summary>"Tuesday, October 21" or "martes, 21 de octubre".</summary>
  public static string Weekday(DateOnly day) => Es
    ? $"{DaysEs[(int)day.DayOfWeek]}, {day.Day} de {Month(day.Month)}"
    : $"{DaysEn[(int)day.DayOfWeek]}, {Month(day.Month)} {day.Day}";

  /// <summary>"6:30 pm", in both languages.</summary>
  public static string Time(TimeOnly time) => $"{(time.Hour + 11) % 12 + 1}:{time.Minute:00} {(time.Hour < 12 ? "am" : "pm")}";

  /// <summary>"September 2025" or "septiembre de 2025".</summary>
  public static string MonthOfYear(DateOnly month) => Es ? $"{Month(month.Month)} de {month.Year}" : $"{Month(month.Month)} {month.Year}";

  /// <summary>"January to September 2025" or "enero a septiembre de 2025": whole months, both ends counted.</summary>
  public static string Months(DateOnly from, DateOnly to) =>
    (from.Year, from.Month) == (to.Year, to.Month) ? MonthOfYear(to)
    : from.Year == to.Year ? $"{Month(from.Month)} {To} {MonthOfYear(to)}"
    : $"{MonthOfYear(from)} {To} {MonthOfYear(to)}";

  /// <summary>"Jan–Sep 2025" or "ene–sep 2025": for a select.</summary>
  public static string MonthsShort(DateOnly from, DateOnly to) =>
    (from.Year, from.Month) == (to.Year, to.Month) ? $"{MonthShort(to.Month)} {to.Year}"
    : from.Year == to.Year ? $"{MonthShort(from.Month)}–{MonthShort(to.Month)} {to.Year}"
    : $"{MonthShort(from.Month)} {from.Year}–{MonthShort(to.Month)} {to.Year}";

  /// <summary>"Jan 1 to Sep 30, 2025" or "1 ene a 30 sep 2025": both days counted.</summary>
  public static string Days(DateOnly from, DateOnly to) =>
    from == to ? Date(to) : from.Year == to.Year ? $"{DayAndMonth(from)} {To} {Date(to)}" : $"{Date(from)} {To} {Date(to)}";

  // Sentences

  /// <summary>"a, b and c" or "a, b y c" ("e" before an i sound).</summary>
  public static string List(IReadOnlyList<string> items) {
    if (items.Count < 2) return items.Count == 0 ? "" : items[0];
    var and = !Es ? "and" : StartsLikeI(items[^1]) ? "e" : "y";
    return $"{string.Join(", ", items.Take(items.Count - 1))} {and} {items[^1]}";
  }

  /// <summary>The text with a capital first letter.</summary>
  public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

  private static string To => Es ? "a" : "to";
  private static string Sign(bool negative) => negative ? Minus : "";
  private static string Join(string first, string second) => second.Length == 0 ? first : $"{first} {second}";

  // One decimal while it rounds to under 10, none above; none at all is 0%
  private static string Percentage(decimal percent) => $"{Number(percent, percent != 0 && Math.Abs(percent) < 9.95m ? 1 : 0)}%";

  private static bool StartsLikeI(string word) {
    var start = word.TrimStart().ToLowerInvariant();
    return (start.StartsWith('i') || start.StartsWith("hi", StringComparison.Ordinal)) && !start.StartsWith("hie", StringComparison.Ordinal);
  }
}
