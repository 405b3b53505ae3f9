using Porchlight.Transparency.Editions;

namespace Porchlight.Transparency.Tests.Editions;

public sealed class CityWideningTests {
  private static readonly DateOnly YearEnd = new(2025, 12, 31);

  private static CityMonth Month(int month, string type, long rows, string? category = "assault") => new(new(2025, month, 1), type, category, rows);

  [Fact]
  public void A_type_with_five_or_more_every_month_is_shown_by_month() {
    var (counts, withheld) = CityWidening.Widen([Month(1, "13B", 5), Month(2, "13B", 9)], YearEnd, 5);
    Assert.Equal([PeriodKind.Month, PeriodKind.Month], counts.Select(p => p.Kind));
    Assert.Equal(0, withheld);
  }

  [Fact]
  public void One_small_month_widens_the_whole_type_to_quarters_so_that_no_two_grains_can_be_subtracted() {
    var (counts, _) = CityWidening.Widen([Month(1, "13B", 40), Month(2, "13B", 4), Month(5, "13B", 6)], YearEnd, 5);
    Assert.Equal([(new DateOnly(2025, 1, 1), PeriodKind.Quarter, 44L), (new DateOnly(2025, 4, 1), PeriodKind.Quarter, 6L)], counts.Select(c => (c.Start, c.Kind, c.Count)));
  }

  [Fact]
  public void Types_too_rare_alone_are_shown_together_before_the_period_grows_to_a_year() {
    var (counts, withheld) = CityWidening.Widen([Month(1, "11A", 4, "sex-offenses"), Month(2, "11D", 3, "sex-offenses"), Month(5, "11A", 6, "sex-offenses")], YearEnd, 5);
    Assert.Equal([("sex-offenses", PeriodKind.Quarter, 7L), ("sex-offenses", PeriodKind.Quarter, 6L)], counts.Select(c => (c.Code, c.Kind, c.Count)));
    Assert.Equal(["11A", "11D"], counts[0].Types);
    Assert.Equal(0, withheld);
  }

  [Fact]
  public void What_is_small_even_in_a_year_is_not_shown_and_is_counted_as_withheld() {
    var (counts, withheld) = CityWidening.Widen([Month(3, "36A", 2), Month(8, "36A", 2)], YearEnd, 5);
    Assert.Empty(counts);
    Assert.Equal(4, withheld);
  }

  [Fact]
  public void A_period_appears_only_when_it_has_closed() {
    var (counts, withheld) = CityWidening.Widen([Month(1, "13B", 7), Month(2, "13B", 7)], new(2025, 2, 20), 5);
    Assert.Equal(new(2025, 1, 1), Assert.Single(counts).Start);
    Assert.Equal(7, withheld);
  }

  [Fact]
  public void Types_without_categories_are_never_put_together() {
    var (counts, withheld) = CityWidening.Widen([Month(1, "suicide", 3, null), Month(1, "overdose", 3, null)], YearEnd, 5);
    Assert.Empty(counts);
    Assert.Equal(6, withheld);
  }
}
