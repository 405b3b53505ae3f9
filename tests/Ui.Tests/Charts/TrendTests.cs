using Porchlight.Testing;
using Porchlight.Ui.Charts;

namespace Porchlight.Ui.Tests.Charts;

public sealed class TrendTests {
  private static readonly decimal?[] Before = [100, 110, 120, 130, 140, 150, 160, 150, 140, 130, 120, 110];

  private static TrendModel Trend(params decimal?[] now) => TrendModel.OfYear("Calls, month by month", 2025, now, Before);

  [Fact]
  public async Task The_picture_has_a_name_and_its_sentence_and_stands_over_the_same_rows_as_a_table() {
    var model = Trend(90, 100, 110);
    var page = await Rendered.Of<TrendLine>(new { Model = model });
    var svg = page.Only("svg[role=img]");
    var named = svg.GetAttribute("aria-labelledby")!.Split(' ').Select(id => HtmlPage.Text(page.Only($"[id='{id}']"))).ToList();
    Assert.Equal(["Calls, month by month", model.Says], named);
    var rows = page.Rows("table");
    Assert.Equal(13, rows.Count);
    Assert.Equal(["Month", "2025", "2024", "Change"], rows[0]);
    Assert.Equal(["January", "90", "100", "about the same"], rows[1]);
    Assert.Equal(["December", "–", "110", "–"], rows[12]);
    page.Says("Show these numbers as a table");
  }

  [Fact]
  public async Task The_line_is_drawn_in_percent_of_its_box_from_a_zero_base() {
    var page = await Rendered.Of<TrendLine>(new { Model = Trend(0, 200) });
    Assert.Equal("0,100 9.09,0", page.Only("polyline.line-now").GetAttribute("points"));
    Assert.Equal("100%", page.Only("line.base").GetAttribute("y1"));
    Assert.Equal("0 0 100 100", page.Only("svg svg").GetAttribute("viewBox"));
    page.None("[style]");
  }

  [Fact]
  public async Task A_gap_in_the_data_is_a_gap_in_the_line_and_a_lone_month_a_dot() {
    var page = await Rendered.Of<TrendLine>(new { Model = Trend(90, 95, null, 100, null, 105, 110) });
    Assert.Equal(2, page.All("polyline.line-now").Count);
    Assert.Equal("27.27%", page.Only("circle.dot-now:not(.dot-end)").GetAttribute("cx"));
  }

  [Fact]
  public async Task The_name_of_the_lower_line_stands_below_it() {
    async Task<string> NameOfThisYear(params decimal?[] now) => (await Rendered.Of<TrendLine>(new { Model = Trend(now) })).Only(".line-name-now").GetAttribute("dy")!;
    Assert.Equal("20", await NameOfThisYear(90, 100));
    Assert.Equal("-12", await NameOfThisYear(110, 120));
  }

  [Fact]
  public async Task Names_at_the_base_stand_above_it_and_not_on_each_other() {
    async Task<(string?, string?)> Names(params decimal?[] now) {
      var page = await Rendered.Of<TrendLine>(new { Model = TrendModel.OfYear("Homicide", 2025, now, [1, .. Enumerable.Repeat<decimal?>(0, 11)]) });
      return (page.Only(".line-name-now").GetAttribute("dy"), page.Only(".line-name-before").GetAttribute("dy"));
    }
    Assert.Equal(("-12", "-12"), await Names(0, 0));
    Assert.Equal(("-28", "-12"), await Names([.. Enumerable.Repeat<decimal?>(0, 12)]));
    Assert.Equal(("-28", "-12"), await Names([.. Enumerable.Repeat<decimal?>(0, 11), 1]));
  }

  [Fact]
  public async Task A_trend_without_last_year_has_one_line_and_two_columns() {
    var page = await Rendered.Of<TrendLine>(new { Model = TrendModel.OfYear("Calls", 2025, [1, 2]) });
    page.None(".line-before");
    Assert.Equal(["Month", "2025"], page.Rows("table")[0]);
  }

  [Theory]
  [InlineData("Below 2024 in every month so far. The highest was February: 100.", "Por debajo de 2024 en todos los meses hasta ahora. Lo más alto fue febrero: 100.", 90, 100)]
  [InlineData("Above 2024 in every month so far. The highest was February: 200.", "Por encima de 2024 en todos los meses hasta ahora. Lo más alto fue febrero: 200.", 190, 200)]
  [InlineData("Below 2024 in 1 of 3 months, above it in 1. The highest was March: 130.", "Por debajo de 2024 en 1 de 3 meses, por encima en 1. Lo más alto fue marzo: 130.", 90, 110, 130)]
  [InlineData("The same as 2024 in every month so far. The highest was March: 120.", "Igual que en 2024 en todos los meses hasta ahora. Lo más alto fue marzo: 120.", 100, 110, 120)]
  [InlineData("Below 2024 in every month so far. None so far.", "Por debajo de 2024 en todos los meses hasta ahora. Ninguno hasta ahora.", 0, 0)]
  [InlineData("The highest was January: 90.", "Lo más alto fue enero: 90.", 90)]
  public void The_sentence_is_made_from_the_rows(string english, string spanish, params int[] now) {
    TrendModel Made() => Trend([.. now.Select(n => (decimal?)n)]);
    Assert.Equal(english, Made().Says);
    using var _ = Tongue.Spanish();
    Assert.Equal(spanish, Made().Says);
  }

  private static TrendModel Growing(DateOnly from, params decimal?[] now) => TrendModel.OfYear("Calls", 2025, now, Before, growsFrom: from);

  [Fact]
  public async Task What_leads_to_a_month_not_complete_yet_is_dashed_to_a_hollow_dot() {
    var page = await Rendered.Of<TrendLine>(new { Model = Growing(new(2025, 3, 31), 160, 120, 80, 40) });
    Assert.Equal("0,20 9.09,40", page.Only("polyline.line-now:not(.line-dashed)").GetAttribute("points"));
    Assert.Equal("9.09,40 18.18,60 27.27,80", page.Only("polyline.line-now.line-dashed").GetAttribute("points"));
    Assert.Equal(["18.18%", "27.27%"], page.All("circle.dot-now.dot-hollow").Select(c => c.GetAttribute("cx")));
    page.None(".line-before.line-dashed, .dot-before.dot-hollow");
  }

  [Fact]
  public async Task A_month_not_complete_yet_is_named_beside_the_picture_and_marked_in_the_table() {
    var page = await Rendered.Of<TrendLine>(new { Model = Growing(new(2025, 2, 11), 90, 50, 40) });
    Assert.Contains("Dashed, because not complete yet: February and March.", HtmlPage.Text(page.Only(".section-says")), StringComparison.Ordinal);
    Assert.EndsWith("Dashed, because not complete yet: February and March.", HtmlPage.Text(page.Only("desc")), StringComparison.Ordinal);
    page.Only(".section-says .line-dashed");
    Assert.Equal(["February not complete yet", "50", "110", "–"], page.Rows("table")[2]);
    Assert.Equal(["April", "–", "130", "–"], page.Rows("table")[4]);
    using var _ = Tongue.Spanish();
    Assert.Equal("Con rayas, porque aún no se completa: febrero y marzo.", Growing(new(2025, 2, 11), 90, 50, 40).Dashed);
  }

  [Fact]
  public void A_month_not_complete_yet_is_not_compared_with_last_year() =>
    Assert.Equal("Above 2024 in every month so far. The highest was February: 130.", Growing(new(2025, 3, 1), 120, 130, 20).Says);

  [Fact]
  public async Task In_January_the_last_month_of_the_year_before_is_not_complete_either() {
    var page = await Rendered.Of<TrendLine>(new { Model = Growing(new(2024, 12, 3), 20) });
    Assert.Equal("90.91,40 100,45", page.Only("polyline.line-before.line-dashed").GetAttribute("points"));
    page.Only("circle.dot-before.dot-hollow");
    Assert.Equal("January not complete yet", page.Rows("table")[1][0]);
    Assert.Equal("December not complete yet", page.Rows("table")[12][0]);
  }

  [Fact]
  public async Task Where_every_month_is_complete_nothing_is_dashed_or_said() {
    var model = Growing(new(2025, 3, 1), 120, 130);
    Assert.Null(model.Dashed);
    (await Rendered.Of<TrendLine>(new { Model = model })).None(".line-dashed, .dot-hollow, .cell-after");
  }

  [Fact]
  public void Nothing_yet_is_said() => Assert.Equal("There are no numbers for 2025 yet.", Trend().Says);

  [Fact]
  public async Task Long_trends_label_at_most_about_twelve_steps() {
    var model = new TrendModel { Title = "Days", NowName = "2025", Step = Step.Day, Points = [.. Enumerable.Range(1, 90).Select(d => new TrendPoint($"{d}", $"Day {d}", d))] };
    var page = await Rendered.Of<TrendLine>(new { Model = model });
    Assert.InRange(page.All("text.axis:not(.axis-y)").Count, 10, 12);
  }

  [Fact]
  public async Task A_spark_line_is_named_too() {
    var page = await Rendered.Of<SparkLine>(new { Model = Trend(90, 100) });
    Assert.All(page.Only("svg[role=img]").GetAttribute("aria-labelledby")!.Split(' '), id => page.Only($"[id='{id}']"));
  }

  [Fact]
  public async Task A_spark_line_is_dashed_too_and_says_why() {
    var page = await Rendered.Of<SparkLine>(new { Model = Growing(new(2025, 2, 1), 90, 100) });
    Assert.Equal(2, page.All(".line-dashed").Count);
    page.Only("circle.dot-end.dot-hollow");
    page.Says("Dashed, because not complete yet: February.");
  }
}
