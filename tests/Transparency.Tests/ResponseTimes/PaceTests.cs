using Porchlight.Transparency.ResponseTimes;

namespace Porchlight.Transparency.Tests.ResponseTimes;

public sealed class PaceTests {
  [Theory]
  [InlineData(372, 385, "AboutTheSame")] // 13 s of 6 min 25 s
  [InlineData(60, 72, "AboutTheSame")]   // over 10%, but 12 s
  [InlineData(345, 370, "AboutTheSame")] // 25 s, but under 10%
  [InlineData(90, 110, "Faster")]
  [InlineData(430, 372, "Slower")]
  public void Faster_and_slower_want_over_a_tenth_and_over_15_seconds(double now, double before, string pace) =>
    Assert.Equal(pace, Pacing.OfMedians(MadeUp.Times(200, now, 900), MadeUp.Times(200, before, 900)).ToString());

  [Theory, InlineData(99, 100), InlineData(100, 99)]
  public void Under_a_hundred_calls_on_either_side_nothing_is_compared(long now, long before) =>
    Assert.Equal(Pace.TooFew, Pacing.OfMedians(MadeUp.Times(now, 100, 900), MadeUp.Times(before, 400, 900)));

  [Fact]
  public void The_ninth_decile_is_compared_by_itself() {
    var (now, before) = (MadeUp.Times(500, 372, 1000), MadeUp.Times(500, 372, 800));
    Assert.Equal(Pace.AboutTheSame, Pacing.OfMedians(now, before));
    Assert.Equal(Pace.Slower, Pacing.OfNinths(now, before));
  }

  [Fact]
  public void A_time_wants_ten_calls_and_no_more_than_a_tenth_of_them_not_reached() {
    Assert.True(MadeUp.Times(10, 100, 200).HasTime());
    Assert.False(MadeUp.Times(9, 100, 200).HasTime());
    Assert.True(MadeUp.Times(90, 100, 200, notReached: 10).HasTime());
    Assert.False(MadeUp.Times(89, 100, 200, notReached: 11).HasTime());
  }
}
