using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Tests.Figures;

public sealed class PeriodTests {
  private static readonly Period Covered = new(new(2023, 1, 1), new(2024, 9, 30));

  [Fact]
  public void Without_a_word_it_is_the_year_to_date() =>
    Assert.Equal(new(new(2024, 1, 1), new(2024, 9, 30)), PeriodChoice.Read(null, Covered));

  [Theory, InlineData("nonsense"), InlineData("1999"), InlineData("2024-13-01..2024-14-01"), InlineData("2030-01-01..2030-02-01"), InlineData("2024-03-01..2024-02-01")]
  public void A_word_that_cannot_be_read_or_is_not_covered_is_no_period(string word) => Assert.Null(PeriodChoice.Read(word, Covered));

  [Fact]
  public void An_address_kept_from_another_day_still_means_what_it_meant() {
    Assert.Equal(PeriodChoice.ToDate(Covered), PeriodChoice.Read("2024", Covered));
    Assert.Equal(new(new(2023, 10, 1), new(2024, 9, 30)), PeriodChoice.Read("12m", Covered));
    Assert.Equal(new(new(2024, 1, 1), new(2024, 12, 31)), PeriodChoice.Read("12m", new(new(2023, 1, 1), new(2024, 12, 31))));
    Assert.Equal(new(new(2024, 5, 1), new(2024, 9, 30)), PeriodChoice.Read("12m", new(new(2024, 5, 1), new(2024, 9, 30))));
  }

  [Fact]
  public void Any_days_may_be_asked_for_and_are_cut_to_what_is_covered() =>
    Assert.Equal(new(new(2024, 9, 15), new(2024, 9, 30)), PeriodChoice.Read("2024-09-15..2024-12-31", Covered));

  [Fact]
  public void A_leap_day_on_one_side_only_is_left_out() {
    var compare = PeriodChoice.Compare(PeriodChoice.ToDate(Covered), Covered);
    Assert.Equal(new(new(2023, 1, 1), new(2023, 9, 30)), compare.Before);
    Assert.Equal(new DateOnly(2024, 2, 29), compare.LeftOut);
  }

  [Fact]
  public void The_end_of_February_stays_the_end_of_February() =>
    Assert.Equal(new Period(new(2023, 2, 1), new(2023, 2, 28)), new Period(new(2024, 2, 1), new(2024, 2, 29)).YearBefore);

  [Fact]
  public void Data_that_begin_in_the_middle_of_the_year_before_give_nothing_to_compare_with() =>
    Assert.Null(PeriodChoice.Compare(new(new(2012, 1, 1), new(2012, 12, 31)), new(new(2011, 8, 1), new(2012, 12, 31))).Before);
}
