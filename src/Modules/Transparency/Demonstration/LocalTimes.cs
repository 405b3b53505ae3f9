using NodaTime;

namespace Porchlight.Transparency.Demonstration;

/// <summary>When things happen: more in the evening and on some days of the week, on the department's own clock.</summary>
internal sealed class LocalTimes {
  /// <summary>A rhythm: the weight of each hour from midnight, and how much busier than others Friday, Saturday and Sunday are.</summary>
  internal sealed record Rhythm(double[] Hours, double Weekend) {
    internal Weighted<int> Hour { get; } = new([.. Enumerable.Range(0, 24)], h => Hours[h]);
    internal double Of(DayOfWeek day) => day is DayOfWeek.Friday or DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : 1;
  }

  /// <summary>Reports that people make when they find something gone: office hours and early evening.</summary>
  public static readonly Rhythm Day = new([3, 2, 2, 1, 1, 2, 4, 7, 10, 11, 11, 11, 11, 10, 10, 10, 11, 11, 10, 9, 8, 6, 5, 4], 0.92);
  /// <summary>Fights, fear and urgent calls: rising to late evening.</summary>
  public static readonly Rhythm Night = new([9, 8, 6, 4, 3, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 10, 11, 11, 12, 12, 13, 12, 11], 1.2);
  /// <summary>Stops that officers make.</summary>
  public static readonly Rhythm Patrol = new([8, 7, 4, 2, 1, 1, 3, 6, 8, 8, 8, 7, 6, 7, 8, 9, 10, 9, 8, 8, 9, 10, 10, 9], 1.0);

  private readonly HashSet<DateOnly> _changes;
  private readonly DateTime[] _gaps;

  /// <summary>Knows the nights the clocks change in these years.</summary>
  public LocalTimes(string zone, int firstYear, int lastYear) {
    var intervals = DateTimeZoneProviders.Tzdb[zone]
      .GetZoneIntervals(Instant.FromUtc(firstYear, 1, 1, 12, 0), Instant.FromUtc(lastYear + 1, 1, 1, 12, 0)).Skip(1).ToList();
    _changes = [.. intervals.Select(i => i.IsoLocalStart.Date.ToDateOnly())];
    _gaps = [.. intervals.Where(i => i.Savings > Offset.Zero).Select(i => i.IsoLocalStart.ToDateTimeUnspecified().AddHours(-1))];
  }

  /// <summary>
  /// A moment in the month. None falls in the first three hours of a night the clocks change, when a written time can mean two moments
  /// or none.
  /// </summary>
  public DateTime In(int year, int month, Rhythm rhythm, Draws draws) {
    var busiest = Math.Max(1, rhythm.Weekend);
    DateTime day;
    do day = new(year, month, 1 + draws.Below(DateTime.DaysInMonth(year, month)), 0, 0, 0, DateTimeKind.Unspecified);
    while (!draws.Chance(rhythm.Of(day.DayOfWeek) / busiest));
    var hour = rhythm.Hour.Draw(draws);
    if (hour < 3 && _changes.Contains(DateOnly.FromDateTime(day))) hour += 3;
    return day.AddSeconds(hour * 3600 + draws.Below(3600));
  }

  /// <summary>What the clock shows so many seconds after a time: an hour more where it was put forward between them.</summary>
  public DateTime After(DateTime time, double seconds) {
    var later = time.AddSeconds(Math.Floor(seconds));
    return Array.Exists(_gaps, gap => time < gap && later >= gap) ? later.AddHours(1) : later;
  }

  /// <summary>A time that the clock did show: the hour it skipped is read as the one before.</summary>
  public DateTime Real(DateTime time) => Array.Exists(_gaps, gap => time >= gap && time < gap.AddHours(1)) ? time.AddHours(-1) : time;
}
