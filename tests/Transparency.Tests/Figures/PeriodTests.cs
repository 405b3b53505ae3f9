using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Tests.Figures;

public sealed class PeriodTests {
  private static readonly PeriodChoice Choice = new(new(new(2023, 1, 1), new(2024, 9, 30)));
  // counted by occurrence: since August 2 not complete
  private static readonly PeriodChoice Growing = Choice with { GrowsFrom = new(2024, 8, 2) };

  [Fact]
  public void Without_a_word_it_is_the_year_to_date() =>
    Assert.Equal(new(new(2024, 1, 1), new(2024, 9, 30)), Choice.Read(null));

  [Theory]
  [InlineData("nonsense"), InlineData("1999"), InlineData("2024-13-01..2024-14-01"), InlineData("2030-01-01..2030-02-01")]
  [InlineData("2024-03-01..2024-02-01")]
  public void A_word_that_cannot_be_read_or_is_not_covered_is_no_period(string word) => Assert.Null(Choice.Read(word));

  [Fact]
  public void An_address_kept_from_another_day_still_means_what_it_meant() {
    Assert.Equal(Choice.ToDate, Choice.Read("2024"));
    Assert.Equal(new Period(new(2023, 10, 1), new(2024, 9, 30)), Choice.Read("12m"));
    Assert.Equal(new Period(new(2024, 1, 1), new(2024, 12, 31)), new PeriodChoice(new(new(2023, 1, 1), new(2024, 12, 31))).Read("12m"));
    Assert.Equal(new Period(new(2024, 5, 1), new(2024, 9, 30)), new PeriodChoice(new(new(2024, 5, 1), new(2024, 9, 30))).Read("12m"));
  }

  [Fact]
  public void Any_days_may_be_asked_for_and_are_cut_to_what_is_covered() =>
    Assert.Equal(new(new(2024, 9, 15), new(2024, 9, 30)), Choice.Read("2024-09-15..2024-12-31"));

  [Fact]
  public void A_leap_day_on_one_side_only_is_left_out() {
    var compare = Choice.Compare(Choice.ToDate);
    Assert.Equal(new(new(2023, 1, 1), new(2023, 9, 30)), compare.Before);
    Assert.Equal(new DateOnly(2024, 2, 29), compare.LeftOut);
  }

  [Fact]
  public void The_end_of_February_stays_the_end_of_February() =>
    Assert.Equal(new Period(new(2023, 2, 1), new(2023, 2, 28)), new Period(new(2024, 2, 1), new(2024, 2, 29)).YearBefore);

  [Fact]
  public void Data_that_begin_in_the_middle_of_the_year_before_give_nothing_to_compare_with() =>
    Assert.Null(new PeriodChoice(new(new(2011, 8, 1), new(2012, 12, 31))).Compare(new(new(2012, 1, 1), new(2012, 12, 31))).Before);

  [Fact]
  public void Where_days_are_not_complete_the_year_to_date_and_the_last_twelve_months_end_before_them() {
    Assert.Equal(new(new(2024, 1, 1), new(2024, 8, 1)), Growing.ToDate);
    Assert.Equal(new(new(2023, 8, 2), new(2024, 8, 1)), Growing.Read("12m"));
    var compare = Growing.Compare(Growing.ToDate);
    Assert.Equal(new(new(2023, 1, 1), new(2023, 8, 1)), compare.Before);
    Assert.Equal("Compared through August 1, 2024: later days are not complete yet.", compare.Completeness);
  }

  [Fact]
  public void All_days_may_still_be_asked_for_and_are_compared_with_nothing() {
    Assert.Equal(["", "2024-01-01..2024-09-30", "2023", "12m"], Growing.All().Select(p => p.Word));
    var compare = Growing.Compare(Growing.Read("2024-01-01..2024-09-30")!.Value);
    Assert.Equal((new(new(2024, 1, 1), new(2024, 9, 30)), null), (compare.Now, compare.Before));
    Assert.Equal("Not compared with the year before: the days since August 2, 2024 are not complete yet.", compare.WhyAlone);
  }

  [Fact]
  public void A_period_that_ends_before_the_days_that_are_not_complete_says_nothing_of_them() =>
    Assert.Null(Growing.Compare(Growing.Read("2024-01-01..2024-07-31")!.Value).Completeness);

  [Fact]
  public void In_January_the_last_complete_day_lies_in_the_year_before() {
    var choice = new PeriodChoice(new(new(2023, 1, 1), new(2025, 1, 31)), new(2024, 12, 3));
    Assert.Equal(new(new(2024, 1, 1), new(2024, 12, 2)), choice.ToDate);
    Assert.Equal(["", "2025-01-01..2025-01-31", "2024", "2023", "12m"], choice.All().Select(p => p.Word));
    Assert.Null(choice.Compare(choice.Read("2024")!.Value).Before);
  }

  [Fact]
  public void Where_no_day_is_complete_all_are_shown_and_the_page_says_why_they_are_not_compared() {
    var choice = new PeriodChoice(new(new(2024, 8, 20), new(2024, 9, 30)), new(2024, 8, 2));
    Assert.Equal(choice.Covered, choice.ToDate);
    Assert.StartsWith("Not compared with the year before: the days since August 20, 2024", choice.Compare(choice.ToDate).WhyAlone, StringComparison.Ordinal);
  }

  [Fact]
  public void Without_a_year_before_the_page_says_that_and_through_which_day_it_counts() {
    var choice = new PeriodChoice(new(new(2024, 1, 1), new(2024, 9, 30)), new(2024, 8, 2));
    var words = choice.Compare(choice.ToDate).WhyAlone;
    Assert.StartsWith("The records do not reach back", words, StringComparison.Ordinal);
    Assert.EndsWith("Counted through August 1, 2024: later days are not complete yet.", words, StringComparison.Ordinal);
  }
}
