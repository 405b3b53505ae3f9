using Porchlight.Transparency.ResponseTimes;

namespace Porchlight.Transparency.Tests.ResponseTimes;

public sealed class PaceTests {
  [Theory]
  [InlineData(372, 385, 5, "AboutTheSame")] // apart, but by 13 seconds
  [InlineData(345, 370, 5, "Faster")]
  [InlineData(345, 370, 12, "Faster")]      // 333 to 357, 358 to 382
  [InlineData(345, 370, 13, "AboutTheSame")] // 332 to 358, 357 to 383: they overlap
  [InlineData(430, 372, 20, "Slower")]
  [InlineData(430, 372, 30, "AboutTheSame")]
  public void Faster_and_slower_want_more_than_chance_and_more_than_15_seconds(double now, double before, int give, string pace) =>
    Assert.Equal(pace, Pacing.OfMedians(MadeUp.Times(200, now, 900, give: give), MadeUp.Times(200, before, 900, give: give)).ToString());

  [Fact]
  public void With_too_few_calls_for_an_interval_nothing_is_compared() {
    var (few, many) = (MadeUp.Times(10, 100, 900, give: null), MadeUp.Times(500, 400, 900));
    Assert.Equal(Pace.TooFew, Pacing.OfMedians(few, many));
    Assert.Equal(Pace.TooFew, Pacing.OfMedians(many, few));
  }

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
