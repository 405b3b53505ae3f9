using NodaTime;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

public sealed class ClockEvidenceTests {
  [Fact]
  public void Times_that_agree_as_written_say_so() {
    var evidence = ClockEvidence.Count("hhmm", [("1414", 14 * 60 + 14, 10 * 60 + 14, 30_000), ("0905", 9 * 60 + 5, 4 * 60 + 5, 977)]);
    Assert.Equal(new(30_977, 30_977, 0), evidence);
    Assert.Equal(OffsetMeaning.AsWritten, evidence.Decided);
    Assert.Equal("All 30,977 times of DateReported agree with HourReported as written: the zone at their end is not meant.",
      evidence.Sentence("DateReported", "HourReported", "America/New_York"));
  }

  [Fact]
  public void Times_that_agree_once_moved_say_so() {
    var evidence = ClockEvidence.Count("shift", [("MIDNIGHT", 11 * 60 + 8, 6 * 60 + 8, 900), ("EVENING", 3 * 60, 22 * 60, 90),
      ("DAY", 12 * 60, 7 * 60, 10)]);
    Assert.Equal(OffsetMeaning.True, evidence.Decided);
    Assert.StartsWith("All 1,000 times of REPORT_DAT agree with SHIFT once moved to America/New_York",
      evidence.Sentence("REPORT_DAT", "SHIFT", "America/New_York"), StringComparison.Ordinal);
  }

  [Fact]
  public void A_witness_that_agrees_with_neither_settles_nothing() {
    Assert.Null(new ClockEvidence(100, 60, 40).Decided);
    Assert.Null(new ClockEvidence(100, 95, 93).Decided);
    Assert.Null(new ClockEvidence(0, 0, 0).Decided);
    Assert.Contains("A person should confirm it", new ClockEvidence(100, 60, 40).Sentence("t", "h", null), StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("hhmm", "1414", 854)]
  [InlineData("hhmm", "5", 5)]
  [InlineData("hhmm", "14:14", 854)]
  [InlineData("hhmm", "1460", null)]
  [InlineData("hour", "9", 540)]
  [InlineData("hour", "09.0", 540)]
  [InlineData("hour", "24", null)]
  public void A_witness_names_a_minute_of_the_day(string format, string witness, int? minute) =>
    Assert.Equal(minute, ClockWitness.Minute(format, witness));

  [Theory]
  [InlineData("1414,0905,30", "hhmm")]
  [InlineData("14,9,0", "hour")]
  [InlineData("DAY,EVENING,MIDNIGHT", "shift")]
  [InlineData("Monday,Tuesday", null)]
  public void How_a_clock_is_written_is_told_by_its_values(string values, string? format) =>
    Assert.Equal(format, ClockWitness.Format(values.Split(',')));

  [Theory]
  [InlineData("DAY", 7, true)]
  [InlineData("DAY", 15, false)]
  [InlineData("EVENING", 22, true)]
  [InlineData("MIDNIGHT", 23, true)]
  [InlineData("MIDNIGHT", 6, true)]
  [InlineData("MIDNIGHT", 7, false)]
  public void A_shift_covers_its_hours(string shift, int hour, bool agrees) =>
    Assert.Equal(agrees, ClockWitness.Agrees("shift", shift, hour * 60));

  [Fact]
  public void Where_both_readings_are_as_quiet_or_rows_are_few_nothing_is_told() {
    var day = Enumerable.Range(0, 1440).ToList();
    Assert.Null(ClockEvidence.ByQuietHours([.. day.Select(m => (m, (m + 300) % 1440))]));
    var awake = day.Where(m => m / 60 is < 3 or >= 7).ToList();
    Assert.Equal(OffsetMeaning.AsWritten, ClockEvidence.ByQuietHours([.. awake.Select(m => (m, (m + 300) % 1440))]));
    Assert.Equal(OffsetMeaning.True, ClockEvidence.ByQuietHours([.. awake.Select(m => ((m + 300) % 1440, m))]));
    Assert.Null(ClockEvidence.ByQuietHours([.. awake.Take(200).Select(m => (m, (m + 300) % 1440))]));
  }

  [Fact]
  public void A_time_is_moved_by_the_summer_time_of_its_day() {
    var zone = DateTimeZoneProviders.Tzdb["America/New_York"];
    Assert.Equal(7 * 60, ClockEvidence.MovedMinute(new(2018, 1, 5, 12, 0, 0), 0, zone));
    Assert.Equal(8 * 60, ClockEvidence.MovedMinute(new(2018, 7, 5, 12, 0, 0), 0, zone));
    Assert.Equal(12 * 60, ClockEvidence.MovedMinute(new(2018, 1, 5, 12, 0, 0), -300, zone));
  }
}
