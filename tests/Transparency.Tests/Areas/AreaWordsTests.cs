using Porchlight.Transparency.Areas;
using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Tests.Areas;

public sealed class AreaWordsTests {
  private static AreaData Data(Pair all, decimal? city, AreaTimes? times = null) {
    var edition = MadeUp.Crime();
    var compare = new Asked(edition, null, null).Compare;
    Measured measured = new(Measure.All[0], all, city);
    AreaCrime crime = new(edition, compare, [measured], new Dictionary<string, Pair>(), new Dictionary<string, long>());
    return new(MadeUp.LindenPark, false, crime, times);
  }

  private static AreaTimes Times(ResponseFigure now, ResponseFigure? before) => new(MadeUp.Calls(), new(MadeUp.Calls()), now, before, null);

  [Fact]
  public void Fewer_is_said_only_beyond_chance() {
    const string people = "For the people who live here, that is";
    string Of(long now, long before, decimal city) => AreaWords.Summary(Data(new(now, before), city));
    Assert.Equal($"Fewer crimes were reported here than a year before. {people} below the city’s average.", Of(331, 378, 418));
    Assert.Equal($"About as many crimes were reported here as a year before. {people} about the city’s average.", Of(19, 27, 24));
    Assert.Equal($"More crimes were reported here than a year before. {people} above the city’s average.", Of(500, 378, 418));
  }

  [Fact]
  public void Officers_are_said_to_be_slower_only_where_the_test_says_so() {
    string Last(long calls, double median, ResponseFigure? before) =>
      MadeUp.Typed(AreaWords.Summary(Data(new(331, 378), null, Times(MadeUp.Times(calls, median, 845, give: 25), before)))).Split(". ")[^1];
    var before = MadeUp.Times(400, 391, 800, give: 25);
    Assert.Equal("Officers take about as long to reach the most urgent calls as a year before.", Last(412, 410, before));
    Assert.Equal("Officers take longer to reach the most urgent calls than a year before.", Last(412, 510, before));
    Assert.Equal("Half of the most urgent calls were reached within 6 min 50 s.", Last(12, 410, null));
    Assert.Equal("Fewer crimes were reported here than a year before.", Last(9, 410, null));
  }

  [Fact]
  public void Without_a_year_before_the_count_is_said() =>
    Assert.Equal("331 crimes were reported here, January to September 2025.", AreaWords.Summary(Data(new(331, null), null)));

  [Theory]
  [InlineData(331, 378, 418, "Fewer.", "12% fewer. Below the city’s average.")]
  [InlineData(59, 62, 72, "About the same.", "3 fewer. Near the city’s average.")]
  [InlineData(19, 27, 24, "About the same.", "8 fewer. Near the city’s average.")]
  [InlineData(9, 2, 30, "More.", "7 more. Below the city’s average.")]
  [InlineData(5, 5, 5, "About the same.", "The same number. Near the city’s average.")]
  public void A_measure_is_read_by_the_test_and_the_counts(long now, long before, int city, string verdict, string words) =>
    Assert.Equal((verdict, words), AreaWords.Reading(new(now, before), city));

  [Fact]
  public void In_Spanish_it_is_read_the_same_way() {
    MadeUp.Spanish();
    Assert.Equal(("Menos.", "12% menos. Por debajo del promedio de la ciudad."), AreaWords.Reading(new(331, 378), 418));
  }

  [Fact]
  public void The_citys_average_is_the_rate_of_all_areas_for_as_many_people() {
    var edition = MadeUp.Crime();
    // 1,000 crimes among the 20,210 residents of three areas; those counted for the city only are in none
    var byArea = new Dictionary<string, long> { ["B12"] = 331, ["A14"] = 655, ["D16"] = 14, ["(city)"] = 90 };
    Assert.Equal(1000m * 9640 / 20_210, AreaData.CityAverage(edition, MadeUp.LindenPark, byArea));
    Assert.Null(AreaData.CityAverage(edition, MadeUp.Quarry, new Dictionary<string, long> { ["A14"] = 655 }));
  }
}
