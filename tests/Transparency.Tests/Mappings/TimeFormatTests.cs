using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

public sealed class TimeFormatTests {
  [Theory]
  [InlineData("2014/01/01 14:14:00+00", "%Y/%m/%d %H:%M:%S", true, "2014-01-01 14:14:00")]
  [InlineData("08/01/2011 02:00:00 PM", "%m/%d/%Y %I:%M:%S %p", false, "2011-08-01 14:00:00")]
  [InlineData("11/4/2023 6:08:26 PM", "%m/%d/%Y %I:%M:%S %p", false, "2023-11-04 18:08:26")]
  [InlineData("2026/01/15 09:40:43 AM", "%Y/%m/%d %I:%M:%S %p", false, "2026-01-15 09:40:43")]
  [InlineData("2024-01-05T14:30:00.000", "%Y-%m-%dT%H:%M:%S.%f", false, "2024-01-05 14:30:00")]
  [InlineData("2024-01-05T14:30:00.1234567", "%Y-%m-%dT%H:%M:%S.%n", false, "2024-01-05 14:30:00")]
  [InlineData("2024-01-05T14:30:00Z", "%Y-%m-%dT%H:%M:%S", true, "2024-01-05 14:30:00")]
  [InlineData("2024-01-05T14:30:00.000-05:00", "%Y-%m-%dT%H:%M:%S.%f", true, "2024-01-05 14:30:00")]
  [InlineData("2024-01-05 14:30:00 UTC", "%Y-%m-%d %H:%M:%S", true, "2024-01-05 14:30:00")]
  [InlineData("2024-03-01 10:00 EST", "%Y-%m-%d %H:%M", true, "2024-03-01 10:00:00")]
  [InlineData("3/1/2024 10:00 PM pdt", "%m/%d/%Y %I:%M %p", true, "2024-03-01 22:00:00")]
  [InlineData("2024-03-01T10:00:00AKST", "%Y-%m-%dT%H:%M:%S", true, "2024-03-01 10:00:00")]
  [InlineData("2024-03-01 10:00 WEST", null, false, null)]
  [InlineData("2024-01-05 14:30", "%Y-%m-%d %H:%M", false, "2024-01-05 14:30:00")]
  [InlineData("1/5/24 9:05", "%m/%d/%y %H:%M", false, "2024-01-05 09:05:00")]
  [InlineData("12:00 AM, nothing", null, false, null)]
  [InlineData("05-JAN-24", "%d-%b-%y", false, "2024-01-05 00:00:00")]
  [InlineData("Jan 5, 2024 2:30 PM", "%b %d, %Y %I:%M %p", false, "2024-01-05 14:30:00")]
  [InlineData("January 5, 2024", "%B %d, %Y", false, "2024-01-05 00:00:00")]
  [InlineData("2024 Jan 05 02:30:00 PM", "%Y %b %d %I:%M:%S %p", false, "2024-01-05 14:30:00")]
  [InlineData("20240115", "%Y%m%d", false, "2024-01-15 00:00:00")]
  [InlineData("20240115143000", "%Y%m%d%H%M%S", false, "2024-01-15 14:30:00")]
  [InlineData("1704465000", "epoch", false, "2024-01-05 14:30:00")]
  [InlineData("1704465000000", "epochms", false, "2024-01-05 14:30:00")]
  [InlineData("45296.604167", "excel", false, "2024-01-05 14:30:00")]
  [InlineData("2024-02-30", null, false, null)]
  [InlineData("(40.1, -75.2)", null, false, null)]
  public void A_time_is_read_as_its_column_writes_it(string text, string? format, bool hasOffset, string? read) {
    var found = TimeFormat.Of([text, text, text], namedLikeTime: true);
    Assert.Equal(format, found?.Format);
    if (found is null) return;
    Assert.Equal(hasOffset, found.HasOffset);
    var time = TimeFormat.Read(text, new(["when"], found.Format, found.HasOffset));
    Assert.Equal(read, $"{time:yyyy-MM-dd HH:mm:ss}");
  }

  [Theory]
  [InlineData("10:00 EST", -300), InlineData("10:00 EDT", -240), InlineData("10:00 CST", -360), InlineData("10:00 CDT", -300), InlineData("10:00 MST", -420)]
  [InlineData("10:00 MDT", -360), InlineData("10:00 PST", -480), InlineData("10:00 PDT", -420), InlineData("10:00 AKST", -540), InlineData("10:00 AKDT", -480)]
  [InlineData("10:00 HST", -600), InlineData("10:00 UTC", 0), InlineData("10:00 gmt", 0), InlineData("10:00Z", 0), InlineData("10:00-05:30", -330), InlineData("10:00", null)]
  public void A_zone_is_so_many_minutes_east_of_Greenwich(string text, int? minutes) => Assert.Equal(minutes, TimeFormat.OffsetMinutes(text));

  [Theory]
  [InlineData("%m/%d/%Y %I:%M:%S %p", "MM/dd/yyyy hh:mm:ss tt")]
  [InlineData("%Y-%m-%dT%H:%M:%S.%f", "yyyy-MM-ddTHH:mm:ss.fff")]
  [InlineData("%d-%b-%y %H:%M", "dd-MMM-yy HH:mm")]
  [InlineData("%B %d, %Y %H:%M:%S", "MMMM d, yyyy HH:mm:ss")]
  public void Whatever_day_it_is_it_is_read_back(string pattern, string dotnet) {
    var time = new DateTime(2001, 1, 31, 0, 59, 0);
    for (var n = 0; n < 400; n++, time = time.AddHours(161).AddMinutes(7)) {
      Assert.True(Strptime.TryParse(time.ToString(dotnet), pattern, out var read), time.ToString(dotnet));
      Assert.Equal(time, read);
    }
  }

  [Fact]
  public void Bare_numbers_are_times_only_where_the_column_says_so() {
    Assert.Null(TimeFormat.Of(["20240115", "20240116"], namedLikeTime: false));
    Assert.Null(TimeFormat.Of(["1704465000", "1704465001"], namedLikeTime: false));
  }

  [Fact]
  public void A_day_over_twelve_anywhere_decides_between_day_and_month() {
    Assert.Equal(("%d/%m/%Y", true), Told(["05/01/2024", "06/01/2024", "13/01/2024"]));
    Assert.Equal(("%m/%d/%Y", true), Told(["05/01/2024", "06/01/2024", "01/13/2024"]));
  }

  [Fact]
  public void Where_both_parse_the_shorter_stretch_of_days_wins_and_else_the_month_stands_first() {
    Assert.Equal(("%m/%d/%Y", true), Told([.. Enumerable.Range(0, 60).Select(n => $"08/0{n % 9 + 1}/2011")]));
    Assert.Equal(("%d/%m/%Y", true), Told([.. Enumerable.Range(0, 60).Select(n => $"0{n % 9 + 1}/08/2011")]));
    Assert.Equal(("%m/%d/%Y", false), Told([.. Enumerable.Range(0, 60).Select(n => $"0{n % 9 + 1}/0{n / 7 + 1}/2011")]));
  }

  [Fact]
  public void A_column_always_at_midnight_is_a_date() {
    Assert.True(TimeFormat.Of(["2018-05-01 00:00:00", "2018-05-02 00:00:00"], true)!.DateOnly);
    Assert.False(TimeFormat.Of(["2018-05-01 00:00:00", "2018-05-02 00:01:00"], true)!.DateOnly);
    // midnight in Chicago, written as UTC in winter and in summer
    var midnights = Enumerable.Range(1, 60).Select(n => $"2018-{n % 12 + 1:00}-{n % 28 + 1:00}T0{(n % 2 == 0 ? 5 : 6)}:00:00Z");
    Assert.True(TimeFormat.Of([.. midnights], true)!.DateOnly);
  }

  [Fact]
  public void A_column_that_writes_times_in_two_ways_keeps_both() {
    var found = TimeFormat.Of(["2024-01-05 14:30:00", "2024-01-05", "2024-01-06 10:00:00", "2024-01-07"], true)!;
    Assert.Equal("%Y-%m-%d %H:%M:%S | %Y-%m-%d", found.Format);
    Assert.Equal(1, found.Share);
    Assert.Equal(["%Y-%m-%d %H:%M:%S", "%Y-%m-%d"], new ColumnMapping(["t"], found.Format).Formats);
  }

  [Fact]
  public void A_format_has_a_zone_or_not_never_both() {
    var found = TimeFormat.Of(["2024-01-05 14:30:00+00", "2024-01-05 14:30:00+00", "2024-01-05 14:30:00"], true)!;
    Assert.True(found.HasOffset);
    Assert.Equal(2.0 / 3, found.Share, 3);
    Assert.Null(TimeFormat.Read("2024-01-05 14:30:00", new(["t"], found.Format, true)));
  }

  private static (string Format, bool DayOrMonthFirst) Told(IReadOnlyList<string> values) {
    var found = TimeFormat.Of(values, true)!;
    return (found.Format, found.DayOrMonthFirst);
  }
}
