using Porchlight.Transparency.Figures;
using Porchlight.Transparency.ResponseTimes;
using Porchlight.Ui.Scores;

namespace Porchlight.Transparency.Tests.ResponseTimes;

public sealed class ShowResponseTimesTests {
  private static readonly OpenEdition Edition = MadeUp.Calls();

  private static ResponseData Data(
      ResponseFigure? urgent, ResponseFigure? before = null, string? area = null,
      Dictionary<string, ResponseFigure>? months = null, Dictionary<string, ResponseFigure>? areas = null) {
    var (now, then) = (new Dictionary<(string, string), ResponseFigure>(), new Dictionary<(string, string), ResponseFigure>());
    if (urgent is not null) {
      (now[("total", "1")], now[("dispatch", "1")]) = (urgent, urgent with { Median = 100 });
      now[("total", "2")] = MadeUp.Times(7, 900, 2000);
    }
    if (before is not null) then[("total", "1")] = before;
    return new(new(Edition, null, area), now, then, months ?? [], areas ?? [], new Dictionary<string, ResponseFigure>(), 12);
  }

  private static ResponseModel Show(ResponseData data) => ShowResponseTimes.Show(Edition, "Port Alder Police Department", data);

  [Fact]
  public void The_title_is_the_finding() {
    var model = Show(Data(MadeUp.Times(11_862, 372, 820, notReached: 380), MadeUp.Times(12_000, 385, 850)));
    Assert.Equal("Half of the most urgent calls were reached within 6 min 12 s, January to September 2025.", MadeUp.Typed(model.Title));
    Assert.Equal("Nine in ten were reached within 13 min 40 s. "
      + "That is about the same as in January to September 2024, when half were reached within 6 min 25 s. "
      + "These are the 11,862 calls that an officer reached. 380 more were not reached (3.1%).", MadeUp.Typed(model.Lead));
  }

  [Fact]
  public void It_is_said_in_Spanish_too() {
    MadeUp.Spanish();
    var model = Show(Data(MadeUp.Times(200, 372, 820), MadeUp.Times(200, 500, 850)));
    Assert.Equal("En la mitad de las llamadas más urgentes, un agente llegó en 6 min 12 s o menos: enero a septiembre de 2025.",
      MadeUp.Typed(model.Title));
    Assert.StartsWith("En nueve de cada diez, 13 min 40 s o menos. Es más rápido que un año antes (enero a septiembre de 2024)",
      MadeUp.Typed(model.Lead), StringComparison.Ordinal);
  }

  [Fact]
  public void Of_one_area_the_title_names_it() =>
    Assert.Equal("Half of the most urgent calls in Linden Park (B12) were reached within 6 min 50 s, January to September 2025.",
      MadeUp.Typed(Show(Data(MadeUp.Times(412, 410, 845), area: "B12")).Title));

  [Fact]
  public void With_over_a_tenth_not_reached_there_is_no_time_and_the_page_says_why() {
    var model = Show(Data(MadeUp.Times(551, 372, 820, notReached: 398)));
    Assert.Equal("42% of the most urgent calls were not reached by an officer, January to September 2025.", model.Title);
    Assert.Contains("none is given", model.Lead, StringComparison.Ordinal);
    Assert.All(model.ByPriority.Groups[0].Rows, row => Assert.Equal("–", row.Values[0].Text));
    Assert.Equal("42% of these calls were not reached.", Urgent(model, "Call to arrival").Words);
  }

  [Fact]
  public void Under_ten_calls_there_is_no_time() {
    var model = Show(Data(MadeUp.Times(9, 372, 820)));
    Assert.Equal("Too few calls to give a time for the most urgent calls: 9, January to September 2025.", model.Title);
    Assert.Equal("too few calls", Urgent(model, "Call to arrival").Values[0].Text);
  }

  [Fact]
  public void Without_calls_it_says_so() =>
    Assert.Equal("No times are known for the most urgent calls, January to September 2025.", Show(Data(null)).Title);

  [Fact]
  public void Every_priority_has_its_intervals_and_its_share_not_reached() {
    var model = Show(Data(MadeUp.Times(970, 372, 820, notReached: 30), MadeUp.Times(900, 500, 1000)));
    Assert.Equal(["Priority 1: 3.0% not reached by an officer", "Priority 2: 0% not reached by an officer"],
      model.ByPriority.Groups.Select(g => g.Name));
    var row = Urgent(model, "Call to arrival");
    Assert.Equal(["6 min 12 s", "13 min 40 s", "970"], row.Values.Select(v => v.Text));
    Assert.Equal(("Faster.", "2 min 8 s less than a year before."), (row.Verdict, row.Words));
    Assert.Equal("1 min 40 s", Urgent(model, "Call to dispatch").Values[0].Text);
    Assert.Equal("Can’t say.", Urgent(model, "Call to dispatch").Verdict);
  }

  [Fact]
  public void Months_with_too_few_calls_and_months_that_have_not_come_are_gaps() {
    var months = new Dictionary<string, ResponseFigure> {
      ["2024-01"] = MadeUp.Times(50, 380, 800), ["2025-01"] = MadeUp.Times(50, 370, 800), ["2025-02"] = MadeUp.Times(9, 100, 800),
      ["2025-10"] = MadeUp.Times(50, 300, 800),
    };
    var trend = Show(Data(MadeUp.Times(970, 372, 820), months: months)).Months!;
    Assert.Equal([370m, null, null], trend.Points.Select(p => p.Now).Take(3));
    Assert.Null(trend.Points[9].Now);
    Assert.Equal(380m, trend.Points[0].Before);
    Assert.Null(Show(Data(MadeUp.Times(970, 372, 820))).Months);
  }

  [Fact]
  public void Areas_without_a_map_are_a_table_longest_first_and_too_few_calls_are_said() {
    var areas = new Dictionary<string, ResponseFigure> {
      ["B12"] = MadeUp.Times(412, 410, 845), ["A14"] = MadeUp.Times(900, 300, 700), ["D16"] = MadeUp.Times(3, 900, 1000),
    };
    var table = Show(Data(MadeUp.Times(1315, 372, 820), areas: areas)).AreaTable!;
    Assert.Equal(["Linden Park (B12)", "Downtown (A14)", "Quarry (D16)"], table.Rows.Select(r => r.Cells[0].Text));
    Assert.Equal(["6 min 50 s", "5 min", "too few calls"], table.Rows.Select(r => r.Cells[1].Text));
  }

  [Fact]
  public void What_is_left_out_is_counted_beside_the_times() {
    var figure = MadeUp.Times(970, 372, 820, notReached: 30) with {
      OnView = 1204,
      Missing = 86,
      Negative = 1,
      OtherAgency = 5,
      Open = 2,
      Cancelled = 44,
    };
    Assert.Equal([
      "30 calls were not reached by any officer.", "1,204 calls were started by officers, so no one waited.", "5 calls were other agencies’.",
      "2 calls were still open when the records were taken.", "44 calls were cancelled or duplicates.", "86 calls lack one of their times.",
      "1 call has an arrival before the call, which cannot be.",
      "12 calls of any priority are counted for the city only, to protect people. They have no times here.",
    ], Show(Data(figure)).Beside.Skip(1).SkipLast(1));
  }

  [Fact]
  public void The_rows_to_take_away_hold_the_same_and_no_time_of_under_ten_calls() {
    var csv = Data(MadeUp.Times(970, 372, 820, notReached: 30), MadeUp.Times(900, 500, 1000)).Rows().Csv();
    Assert.Contains("priority,,1,total,2025-01-01,2025-09-30,970,372,367,377,820,815,825,30,", csv, StringComparison.Ordinal);
    Assert.Contains(",7,,,,,,,0,", csv, StringComparison.Ordinal);
  }

  private static ScoreRow Urgent(ResponseModel model, string interval) => model.ByPriority.Groups[0].Rows.Single(r => r.Label == interval);
}
