using FsCheck;
using FsCheck.Fluent;
using Porchlight.Ui.Charts;

namespace Porchlight.Ui.Tests.Charts;

public sealed class UnitTests {
  [Theory]
  [InlineData(Unit.Count, 1204, "0 250 500 750 1,000 1,250")]
  [InlineData(Unit.Count, 46, "0 10 20 30 40 50")]
  [InlineData(Unit.Count, 3, "0 1 2 3")]
  [InlineData(Unit.Count, 1, "0 1")]
  [InlineData(Unit.Count, 0, "0 1")]
  [InlineData(Unit.Count, 12, "0 5 10 15")]
  [InlineData(Unit.Rate, 4.2, "0 1 2 3 4 5")]
  [InlineData(Unit.Rate, 1.1, "0.00 0.25 0.50 0.75 1.00 1.25")]
  [InlineData(Unit.Share, 0.37, "0% 10% 20% 30% 40%")]
  [InlineData(Unit.Share, 0.012, "0.00% 0.25% 0.50% 0.75% 1.00% 1.25%")]
  [InlineData(Unit.Seconds, 410, "0 2 min 4 min 6 min 8 min")]
  [InlineData(Unit.Seconds, 40, "0 10 s 20 s 30 s 40 s")]
  public void An_axis_counts_from_zero_in_steps_people_count_in(Unit unit, double largest, string labels) {
    var ticks = unit.Ticks((decimal)largest);
    Assert.Equal(labels, string.Join(' ', ticks.Select(t => unit.WriteTick(t, ticks[1]))));
  }

  [Fact]
  public void Any_value_fits_under_the_top_tick_of_two_to_six() =>
    Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Elements(Unit.Count, Unit.Rate, Unit.Seconds, Unit.Share).ToArbitrary(), (raw, unit) => {
      var largest = unit == Unit.Share ? raw / (decimal)int.MaxValue : unit == Unit.Rate ? raw / 1000m : raw;
      var ticks = unit.Ticks(largest);
      return ticks.Count is >= 2 and <= 6 && ticks[0] == 0 && ticks[^1] >= largest && (unit != Unit.Count || ticks.All(t => t == Math.Floor(t)));
    }).QuickCheckThrowOnFailure();
}
