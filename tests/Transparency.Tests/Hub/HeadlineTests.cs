using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;
using Porchlight.Transparency.ResponseTimes;

namespace Porchlight.Transparency.Tests.Hub;

public sealed class HeadlineTests {
  private static Headline Crime(long now, long? before, DateOnly? to = null) {
    var edition = MadeUp.Crime(to);
    var months = new Dictionary<string, long> { ["2024-01"] = 1011, ["2025-01"] = 958, ["2025-02"] = 872 };
    return Headline.OfCount(edition, new Asked(edition, null, null).Compare, new(now, before), months);
  }

  private static Headline Times(ResponseFigure? now, ResponseFigure? before) {
    var edition = MadeUp.Calls();
    return Headline.OfTimes(edition, new AskedTimes(edition), now, before, new Dictionary<string, ResponseFigure>());
  }

  [Fact]
  public void A_change_beyond_chance_is_said_with_its_percentage_and_the_count_before() =>
    Assert.Equal("6.7% fewer than the 9,871 of January to September 2024", Crime(9214, 9871).Figure.Compared);

  [Fact]
  public void A_change_within_chance_is_about_the_same() =>
    Assert.Equal("About the same as the 27 of January to September 2024", Crime(19, 27).Figure.Compared);

  [Fact]
  public void On_a_base_under_ten_there_is_no_percentage() =>
    Assert.Equal("More than the 3 of January to September 2024", Crime(20, 3).Figure.Compared);

  [Fact]
  public void Without_a_year_before_it_says_so() =>
    Assert.StartsWith("The records do not reach back", Crime(9214, null).Figure.Compared, StringComparison.Ordinal);

  [Fact]
  public void The_line_draws_whole_months_only() {
    var trend = Crime(9214, 9871).Figure.Trend!;
    Assert.Equal([958m, 872m, 0m], trend.Points.Take(3).Select(p => p.Now));
    Assert.Null(trend.Points[9].Now);
    Assert.Null(Crime(9214, 9871, new(2025, 9, 20)).Figure.Trend!.Points[8].Now);
  }

  [Fact]
  public void A_time_stands_with_small_units_and_names_the_long_waits() {
    var figure = Times(MadeUp.Times(11_862, 372, 820), MadeUp.Times(12_000, 385, 850)).Figure;
    Assert.Equal([("6", "min"), ("12", "s")], figure.Value);
    Assert.Equal("for half of the most urgent calls. Nine in ten were reached within 13 min 40 s. "
      + "About the same as in January to September 2024: 6 min 25 s.", MadeUp.Typed(figure.Compared));
    Assert.Null(figure.Trend);
  }

  [Fact]
  public void With_over_a_tenth_not_reached_the_number_is_that_share() {
    var figure = Times(MadeUp.Times(551, 372, 820, notReached: 398), null).Figure;
    Assert.Equal([("42%", "not reached")], figure.Value);
    Assert.StartsWith("of the most urgent calls were not reached", figure.Compared, StringComparison.Ordinal);
  }

  [Fact]
  public void The_hub_says_the_period_once_where_all_share_it_and_at_each_figure_where_they_differ() {
    var same = ShowHub.Show([Crime(9214, 9871), Times(MadeUp.Times(200, 372, 820), null)]);
    Assert.Equal("What the numbers say, January to September 2025", same.Title);
    Assert.Equal(("2025", "2024"), (same.Now, same.Before));
    var apart = ShowHub.Show([Crime(9214, 9871, new(2025, 8, 31)), Times(MadeUp.Times(200, 372, 820), null)]);
    Assert.Equal("What the numbers say", apart.Title);
    Assert.EndsWith(". Days counted: January to August 2025.", apart.Figures[0].Compared, StringComparison.Ordinal);
    Assert.StartsWith("for half of the most urgent calls.", apart.Figures[1].Compared, StringComparison.Ordinal);
  }
}
