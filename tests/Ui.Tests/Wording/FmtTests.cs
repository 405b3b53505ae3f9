using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Tests.Wording;

public sealed class FmtTests {
  [Theory]
  [InlineData(0, "0")]
  [InlineData(9214, "9,214")]
  [InlineData(1_234_567, "1,234,567")]
  [InlineData(-657, "−657")]
  [InlineData(long.MinValue, "−9,223,372,036,854,775,808")]
  public void Whole_numbers_have_commas_and_a_true_minus_in_both_languages(long value, string text) {
    Assert.Equal(text, Fmt.Number(value));
    using var _ = Tongue.Spanish();
    Assert.Equal(text, Fmt.Number(value));
  }

  [Theory]
  [InlineData(43.449, 1, "43.4")]
  [InlineData(43.45, 1, "43.5")]
  [InlineData(-0.04, 1, "0.0")]
  [InlineData(1234.5, 2, "1,234.50")]
  [InlineData(2.5, 0, "3")]
  public void Decimals_are_rounded_half_away_from_zero_and_nothing_is_minus_zero(double value, int decimals, string text) =>
    Assert.Equal(text, Fmt.Number((decimal)value, decimals));

  [Theory]
  [InlineData(9214, 9871, "−6.7%", "−6.7%")]
  [InlineData(702, 868, "−19%", "−19%")]
  [InlineData(521, 578, "−9.9%", "−9.9%")]
  [InlineData(960, 871, "+10%", "+10%")]
  [InlineData(1097, 1000, "+9.7%", "+9.7%")]
  [InlineData(10997, 10000, "+10%", "+10%")]
  [InlineData(14, 14, "same", "igual")]
  [InlineData(100_040_000, 100_000_000, "under 0.1%", "menos de 0.1%")]
  [InlineData(0, 10, "−100%", "−100%")]
  public void A_change_has_one_decimal_under_ten_percent_and_none_above(long now, long before, string english, string spanish) {
    Assert.Equal(english, Fmt.Change(now, before));
    using var _ = Tongue.Spanish();
    Assert.Equal(spanish, Fmt.Change(now, before));
  }

  [Theory]
  [InlineData(19, 27)]
  [InlineData(96, 87)]
  [InlineData(1087, 1120)]
  public void A_change_that_chance_alone_could_make_is_about_the_same(long now, long before) {
    Assert.Equal("about the same", Fmt.Change(now, before));
    using var _ = Tongue.Spanish();
    Assert.DoesNotContain('%', Fmt.Change(now, before));
  }

  [Theory]
  [InlineData(4, 3, "about the same")]
  [InlineData(3, 5, "about the same")]
  [InlineData(0, 0, "about the same")]
  [InlineData(9, 3, "more")]
  [InlineData(1, 9, "fewer")]
  public void On_a_base_under_ten_the_word_of_the_test_stands_for_a_percentage(long now, long before, string word) {
    Assert.Equal(word, Fmt.Change(now, before));
    Assert.DoesNotContain('%', Fmt.ChangeSentence(now, before));
  }

  [Fact]
  public void A_change_reads_as_a_sentence_in_both_languages() {
    Assert.Equal("657 fewer, a drop of 6.7%", Fmt.ChangeSentence(9214, 9871));
    Assert.Equal("8 more, a rise of 9.1%", Fmt.ChangeSentence(96, 88));
    Assert.Equal("the same number", Fmt.ChangeSentence(20, 20));
    Assert.Equal("4 now and 3 then, about the same", Fmt.ChangeSentence(4, 3));
    using var _ = Tongue.Spanish();
    Assert.Equal("657 menos, una baja del 6.7%", Fmt.ChangeSentence(9214, 9871));
    Assert.Equal("8 más, un alza del 9.1%", Fmt.ChangeSentence(96, 88));
    Assert.Equal("4 ahora y 3 antes, casi igual", Fmt.ChangeSentence(4, 3));
  }

  [Theory]
  [InlineData(19, 27, Direction.AboutTheSame)]
  [InlineData(331, 378, Direction.Fewer)]
  [InlineData(378, 331, Direction.More)]
  [InlineData(1, 0, Direction.AboutTheSame)]
  [InlineData(4, 1, Direction.AboutTheSame)]
  [InlineData(5, 1, Direction.More)]
  public void More_and_fewer_are_said_only_beyond_chance(long now, long before, Direction direction) => Assert.Equal(direction, Chance.Of(now, before));

  [Theory]
  [InlineData(372, "6 min 12 s")]
  [InlineData(360, "6 min")]
  [InlineData(45, "45 s")]
  [InlineData(0, "0 s")]
  [InlineData(3900, "1 h 5 min")]
  [InlineData(7200, "2 h")]
  [InlineData(59.6, "1 min")]
  [InlineData(-13, "−13 s")]
  public void Spans_leave_out_parts_that_are_zero(double seconds, string text) => Assert.Equal(text, Fmt.Duration(TimeSpan.FromSeconds(seconds)));

  [Fact]
  public void Dates_are_written_as_each_language_writes_them() {
    var day = new DateOnly(2025, 10, 9);
    Assert.Equal(["Oct 9, 2025", "Oct 9", "October 9, 2025", "Thursday, October 9", "October 2025"], [Fmt.Date(day), Fmt.DayAndMonth(day), Fmt.DateLong(day), Fmt.Weekday(day), Fmt.MonthOfYear(day)]);
    using var _ = Tongue.Spanish();
    Assert.Equal(["9 oct 2025", "9 oct", "9 de octubre de 2025", "jueves, 9 de octubre", "octubre de 2025"], [Fmt.Date(day), Fmt.DayAndMonth(day), Fmt.DateLong(day), Fmt.Weekday(day), Fmt.MonthOfYear(day)]);
  }

  [Fact]
  public void Ranges_say_a_year_once_where_it_is_the_same() {
    var (january, september, last) = (new DateOnly(2025, 1, 1), new DateOnly(2025, 9, 30), new DateOnly(2024, 10, 1));
    Assert.Equal("January to September 2025", Fmt.Months(january, september));
    Assert.Equal("October 2024 to September 2025", Fmt.Months(last, september));
    Assert.Equal("September 2025", Fmt.Months(new(2025, 9, 1), september));
    Assert.Equal("Jan–Sep 2025", Fmt.MonthsShort(january, september));
    Assert.Equal("Oct 2024–Sep 2025", Fmt.MonthsShort(last, september));
    Assert.Equal("Jan 1 to Sep 30, 2025", Fmt.Days(january, september));
    Assert.Equal("Oct 1, 2024 to Sep 30, 2025", Fmt.Days(last, september));
    Assert.Equal("Sep 30, 2025", Fmt.Days(september, september));
    using var _ = Tongue.Spanish();
    Assert.Equal("enero a septiembre de 2025", Fmt.Months(january, september));
    Assert.Equal("octubre de 2024 a septiembre de 2025", Fmt.Months(last, september));
    Assert.Equal("ene–sep 2025", Fmt.MonthsShort(january, september));
    Assert.Equal("1 ene a 30 sep 2025", Fmt.Days(january, september));
  }

  [Theory]
  [InlineData(0, 5, "12:05 am")]
  [InlineData(12, 0, "12:00 pm")]
  [InlineData(18, 30, "6:30 pm")]
  public void Times_have_twelve_hours(int hour, int minute, string text) => Assert.Equal(text, Fmt.Time(new(hour, minute)));

  [Theory]
  [InlineData(999, "999 bytes")]
  [InlineData(1000, "1 KB")]
  [InlineData(14_400, "14 KB")]
  [InlineData(999_499, "999 KB")]
  [InlineData(999_500, "1.0 MB")]
  [InlineData(2_340_000, "2.3 MB")]
  [InlineData(1_200_000_000, "1.2 GB")]
  public void File_sizes_round_up_to_the_next_unit_when_they_reach_it(long bytes, string text) => Assert.Equal(text, Fmt.FileSize(bytes));

  [Fact]
  public void Lists_join_with_the_right_word() {
    Assert.Equal("", Fmt.List([]));
    Assert.Equal("theft", Fmt.List(["theft"]));
    Assert.Equal("theft, fraud and arson", Fmt.List(["theft", "fraud", "arson"]));
    using var _ = Tongue.Spanish();
    Assert.Equal("robo y fraude", Fmt.List(["robo", "fraude"]));
    Assert.Equal("robo e incendio", Fmt.List(["robo", "incendio"]));
    Assert.Equal("agua y hielo", Fmt.List(["agua", "hielo"]));
  }

  [Fact]
  public void Small_numbers_are_words() {
    Assert.Equal(["two", "nine", "10"], [Fmt.Small(2), Fmt.Small(9), Fmt.Small(10)]);
    using var _ = Tongue.Spanish();
    Assert.Equal("Dos", Fmt.Capital(Fmt.Small(2)));
  }
}
