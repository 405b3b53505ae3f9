using Porchlight.Transparency.Editions;

namespace Porchlight.Transparency.Tests.Editions;

public sealed class CityWideningTests {
  private static readonly DateOnly YearEnd = new(2025, 12, 31);

  [Fact] public void A_type_with_five_or_more_every_month_is_shown_by_month() {
    var (periods, withheld) = CityWidening.Widen([(new(2025, 1, 1), "13B", 5), (new(2025, 2, 1), "13B", 9)], YearEnd, 5);
    Assert.Equal([PeriodKind.Month, PeriodKind.Month], periods.Select(p => p.Kind));
    Assert.Equal(0, withheld);
  }

  [Fact] public void One_small_month_widens_the_whole_type_to_quarters_so_that_no_two_grains_can_be_subtracted() {
    var (periods, _) = CityWidening.Widen([(new(2025, 1, 1), "11A", 40), (new(2025, 2, 1), "11A", 4), (new(2025, 5, 1), "11A", 6)], YearEnd, 5);
    Assert.Equal([new(new(2025, 1, 1), PeriodKind.Quarter, "11A", 44), new CityCount(new(2025, 4, 1), PeriodKind.Quarter, "11A", 6)], periods);
  }

  [Fact] public void What_is_small_even_in_a_year_is_not_shown_and_is_counted_as_withheld() {
    var (periods, withheld) = CityWidening.Widen([(new(2025, 3, 1), "36A", 2), (new(2025, 8, 1), "36A", 2)], YearEnd, 5);
    Assert.Empty(periods);
    Assert.Equal(4, withheld);
  }

  [Fact] public void A_period_appears_only_when_it_has_closed() {
    var (periods, withheld) = CityWidening.Widen([(new(2025, 1, 1), "13B", 7), (new(2025, 2, 1), "13B", 7)], new(2025, 2, 20), 5);
    Assert.Equal(new(2025, 1, 1), Assert.Single(periods).Start);
    Assert.Equal(7, withheld);
  }
}
