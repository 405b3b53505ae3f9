namespace Porchlight.Transparency.Mappings;

/// <summary>How a column writes its times, found from a sample.</summary>
/// <param name="Format">
/// A strptime pattern without any zone, or several in the order they are tried (see <see cref="ColumnMapping.Formats"/>); or <c>epoch</c>,
/// <c>epochms</c>, <c>excel</c>.
/// </param>
/// <param name="HasOffset">Whether each time ends in a zone.</param>
/// <param name="DateOnly">Whether every time is midnight.</param>
/// <param name="Share">The share of the values that it reads, 0 to 1.</param>
/// <param name="DayOrMonthFirst">Whether the values tell day and month apart: false where only the custom of the country decided.</param>
internal sealed record TimeFormat(string Format, bool HasOffset, bool DateOnly, double Share, bool DayOrMonthFirst) {
  /// <summary>The zones that U.S. systems write by name, as minutes east of Greenwich.</summary>
  public static readonly IReadOnlyList<(string Name, int Minutes)> NamedZones = [
    ("Z", 0), ("UTC", 0), ("GMT", 0), ("EST", -300), ("EDT", -240), ("CST", -360), ("CDT", -300), ("MST", -420), ("MDT", -360), ("PST", -480),
    ("PDT", -420), ("AKST", -540), ("AKDT", -480), ("HST", -600),
  ];

  /// <summary>The zone at the end of a time, as a regular expression: Z, EST, +00, -0500, -05:00. Letters of either case.</summary>
  public static readonly string ZonePattern = $@"\s*({string.Join('|', NamedZones.Select(z => z.Name))}|[+-]\d\d(:?\d\d)?)$";

  private static readonly string[] Dates = [
    "%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%m.%d.%Y", "%d.%m.%Y", "%Y.%m.%d", "%m/%d/%y", "%d/%m/%y",
    "%m-%d-%y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%b-%d-%Y", "%Y %b %d",
    "%Y-%b-%d", "%a %b %d %Y", "%a, %b %d, %Y", "%A, %B %d, %Y", "%a, %d %b %Y", "%Y%m%d",
  ];
  private static readonly string[] Joins = ["T", " ", ", ", " - ", ":", "t"];
  private static readonly string[] Clocks = [
    "%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M:%S%p", "%I:%M%p", "%H:%M:%S.%f", "%H:%M:%S.%n", "%I:%M:%S.%f %p", "%H%M%S",
    "%H%M", "%I %p", "%I%p",
  ];
  // the same digits with day and month changed about
  private static readonly Dictionary<string, string> Twins = new(StringComparer.Ordinal) {
    ["%d/%m/%Y"] = "%m/%d/%Y", ["%d-%m-%Y"] = "%m-%d-%Y", ["%d.%m.%Y"] = "%m.%d.%Y", ["%d/%m/%y"] = "%m/%d/%y",
  };

  /// <summary>How the values are written, or null where fewer than six in ten read as times.</summary>
  /// <param name="namedLikeTime">Whether the column's name speaks of a time: bare numbers (20240115, 1704465000) count only then.</param>
  public static TimeFormat? Of(IReadOnlyList<string> values, bool namedLikeTime) {
    if (values.Count == 0) return null;
    if (Numbers(values, namedLikeTime) is { } numbers) return numbers;
    Dictionary<(string Format, bool HasOffset), int> reads = [];
    var readings = values.Select(v => Readings(v, namedLikeTime)).ToList();
    foreach (var reading in readings.SelectMany(r => r)) {
      var written = (reading.Format, reading.HasOffset);
      reads[written] = reads.GetValueOrDefault(written) + 1;
    }
    if (reads.Count == 0) return null;
    // of equals the one listed first: month before day
    var offset = reads.MaxBy(r => r.Value).Key.HasOffset;
    var left = readings;
    List<string> formats = [];
    var times = new HashSet<TimeSpan>();
    var read = 0;
    while (formats.Count < 3 && left.Count > 0) {
      var best = left
        .SelectMany(l => l.Where(r => r.HasOffset == offset && !formats.Exists(f => IsTwin(f, r.Format))).Select(r => r.Format).Distinct())
        .CountBy(f => f).OrderByDescending(f => f.Value).ThenBy(f => Rank(f.Key)).FirstOrDefault();
      if (best.Key is null || (formats.Count > 0 && best.Value < Math.Max(2, values.Count / 200))) break;
      formats.Add(best.Key);
      read += best.Value;
      times.UnionWith(left.SelectMany(l => l.Where(r => r.Format == best.Key && r.HasOffset == offset)).Select(r => r.At.TimeOfDay));
      left = [.. left.Where(l => !l.Exists(r => r.Format == best.Key && r.HasOffset == offset))];
    }
    var share = (double)read / values.Count;
    if (share < 0.6) return null;
    var twin = formats.Exists(f => reads.TryGetValue((OtherWay(f), offset), out var other) && other == reads[(f, offset)]);
    if (twin && formats.Count == 1) {
      // a file runs over a stretch of days: the reading by which it is much shorter is the true one
      var (monthFirst, dayFirst) = (Days(readings, formats[0]), Days(readings, OtherWay(formats[0])));
      if (dayFirst * 3 < monthFirst) formats = [OtherWay(formats[0])];
      twin = values.Count < 20 || (monthFirst * 3 >= dayFirst && dayFirst * 3 >= monthFirst);
    }
    return new(string.Join(ColumnMapping.Or, formats), offset, OnlyMidnight(times, offset, values.Count), share, !twin);
  }

  /// <summary>The time of a text by a format of a mapping, without its zone.</summary>
  public static DateTime? Read(string text, ColumnMapping column) {
    text = text.Trim();
    if (column.HasOffset) {
      if (ZoneAt(text) is not { } zone) return null;
      text = text[..zone.At];
    }
    foreach (var format in column.Formats) {
      if (format is "epoch" or "epochms" or "excel") {
        if (ReadNumber(text, format) is { } number) return number;
      } else if (Strptime.TryParse(text, format, out var time)) {
        return time;
      }
    }
    return null;
  }

  /// <summary>The zone a time ends in, as minutes east of Greenwich, or null where it has none.</summary>
  public static int? OffsetMinutes(string text) => ZoneAt(text.Trim())?.Minutes;

  private readonly record struct Reading(string Format, DateTime At, bool HasOffset);

  private static List<Reading> Readings(string text, bool namedLikeTime) {
    List<Reading> readings = [];
    text = text.Trim();
    foreach (var date in Dates) {
      if (date == "%Y%m%d" && !namedLikeTime) continue;
      var parts = new TimeParts();
      if (Strptime.Prefix(text, date, ref parts) is not { } end) continue;
      if (end == text.Length) {
        if (parts.TryTime(out var day)) readings.Add(new(date, day, false));
        continue;
      }
      foreach (var join in date == "%Y%m%d" ? ["", .. Joins] : Joins) {
        var rest = text.AsSpan(end);
        foreach (var clock in Clocks) {
          var both = parts;
          var pattern = join + clock;
          if (Strptime.Prefix(rest, pattern, ref both) is not { } stop) continue;
          var tail = rest[stop..].Trim();
          var zoned = tail.Length > 0;
          if (zoned && (ZoneAt(tail.ToString()) is not { At: 0 })) continue;
          if (both.TryTime(out var time)) readings.Add(new(date + pattern, time, zoned));
        }
      }
    }
    return readings;
  }

  private static (int At, int Minutes)? ZoneAt(string text) {
    foreach (var (word, minutes) in NamedZones) {
      if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase)) return (text.AsSpan(0, text.Length - word.Length).TrimEnd().Length, minutes);
    }
    var sign = text.LastIndexOfAny(['+', '-']);
    if (sign < 0) return null;
    var digits = text[(sign + 1)..].Replace(":", "", StringComparison.Ordinal);
    if (digits.Length is not (2 or 4) || !digits.All(char.IsAsciiDigit)) return null;
    var east = int.Parse(digits[..2]) * 60 + (digits.Length == 4 ? int.Parse(digits[2..]) : 0);
    return east > 14 * 60 ? null : (text.AsSpan(0, sign).TrimEnd().Length, text[sign] == '-' ? -east : east);
  }

  private static TimeFormat? Numbers(IReadOnlyList<string> values, bool namedLikeTime) {
    if (!namedLikeTime) return null;
    foreach (var format in (string[])["epoch", "epochms", "excel"]) {
      var read = values.Select(v => ReadNumber(v, format)).OfType<DateTime>().ToList();
      var share = (double)read.Count / values.Count;
      if (share < 0.9) continue;
      return new(format, false, OnlyMidnight(read.Select(r => r.TimeOfDay).ToHashSet(), format != "excel", values.Count), share, true);
    }
    return null;
  }

  private static DateTime? ReadNumber(string text, string format) {
    if (!decimal.TryParse(text, out var number)) return null;
    return format switch {
      // 1990 to 2100
      "epoch" when number is > 631_152_000 and < 4_102_444_800 && decimal.IsInteger(number) =>
        DateTime.UnixEpoch.AddSeconds((double)number),
      "epochms" when number is > 631_152_000_000 and < 4_102_444_800_000 => DateTime.UnixEpoch.AddMilliseconds((double)number),
      // days since 1899-12-30, 1990 to 2079; a number without a fraction could be anything
      "excel" when number is > 32_874 and < 65_380 && !decimal.IsInteger(number) => new DateTime(1899, 12, 30).AddDays((double)number),
      _ => null,
    };
  }

  // midnight, or (moved by a zone and by summer time) at most two whole hours one hour apart that stand for midnight
  private static bool OnlyMidnight(HashSet<TimeSpan> times, bool moved, int values) {
    if (times.Count == 1 && times.Contains(TimeSpan.Zero)) return true;
    return moved && values >= 50 && times.Count <= 2 && times.All(t => t.Minutes == 0 && t.Seconds == 0 && t.Hours is >= 4 and <= 10)
      && times.Max() - times.Min() <= TimeSpan.FromHours(1);
  }

  private static double Days(List<List<Reading>> readings, string format) {
    var days = readings.SelectMany(r => r.Where(x => x.Format == format)).Select(r => r.At).ToList();
    return (days.Max() - days.Min()).TotalDays + 1;
  }

  private static int Rank(string format) {
    var rank = Array.FindIndex(Dates, d => format.StartsWith(d, StringComparison.Ordinal));
    return rank < 0 ? Dates.Length : rank;
  }

  private static string OtherWay(string format) {
    foreach (var (day, month) in Twins) {
      if (format.StartsWith(month, StringComparison.Ordinal)) return day + format[month.Length..];
      if (format.StartsWith(day, StringComparison.Ordinal)) return month + format[day.Length..];
    }
    return "";
  }

  private static bool IsTwin(string chosen, string other) =>
    Twins.Any(t => (chosen.StartsWith(t.Key, StringComparison.Ordinal) && other.StartsWith(t.Value, StringComparison.Ordinal))
      || (chosen.StartsWith(t.Value, StringComparison.Ordinal) && other.StartsWith(t.Key, StringComparison.Ordinal)));
}
