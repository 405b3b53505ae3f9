using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Demonstration;
using TypeCode = Porchlight.Transparency.Datasets.TypeCode;

namespace Porchlight.Transparency.Tests.Demonstration;

/// <summary>The reports against the figures read off the look's mock pages; 2026 stands for the mock's 2025.</summary>
public sealed class ReportsTests(DemoCityFixture city) {
  [Theory, InlineData(2026, 9_214), InlineData(2025, 9_871)]
  public void The_city_s_total_is_the_mock_s(int year, int crimes) => Assert.Equal(crimes, city.Crimes[year].Count());

  [Theory]
  [InlineData("theft", 3118, 3402)]
  [InlineData("vandalism", 1087, 1120)]
  [InlineData("car-theft", 702, 868)]
  [InlineData("burglary", 521, 578)]
  [InlineData("fraud", 498, 571)]
  [InlineData("robbery", 121, 139)]
  [InlineData("other-property", 55, 53)]
  [InlineData("simple-assault", 1243, 1251)]
  [InlineData("intimidation", 402, 398)]
  [InlineData("aggravated-assault", 338, 361)]
  [InlineData("sex-offenses", 31, 30)]
  [InlineData("kidnapping", 4, 3)]
  [InlineData("homicide", 3, 5)]
  [InlineData("drugs", 684, 702)]
  [InlineData("weapons", 231, 219)]
  [InlineData("other-society", 176, 171)]
  public void Each_type_counts_as_in_the_mock(string category, int now, int before) {
    Assert.Equal(now, city.Crimes[2026].Count(r => Category(r) == category));
    Assert.Equal(before, city.Crimes[2025].Count(r => Category(r) == category));
  }

  [Theory]
  [InlineData("A14", 1106, 1219)]
  [InlineData("A15", 507, 543)]
  [InlineData("B14", 454, 429)]
  [InlineData("A12", 424, 477)]
  [InlineData("A13", 484, 501)]
  [InlineData("C12", 455, 439)]
  [InlineData("A11", 391, 415)]
  [InlineData("C13", 477, 511)]
  [InlineData("B11", 452, 490)]
  [InlineData("B16", 382, 429)]
  [InlineData("C14", 434, 492)]
  [InlineData("C11", 379, 398)]
  [InlineData("D13", 500, 518)]
  [InlineData("B15", 432, 474)]
  [InlineData("B12", 331, 378)]
  [InlineData("C15", 372, 395)]
  [InlineData("D15", 279, 297)]
  [InlineData("C16", 283, 308)]
  [InlineData("B13", 253, 261)]
  [InlineData("D14", 226, 254)]
  [InlineData("D11", 194, 226)]
  [InlineData("D12", 148, 161)]
  [InlineData("A16", 96, 87)]
  [InlineData("D16", 14, 14)]
  [InlineData("", 141, 155)]
  public void Each_beat_counts_as_in_the_mock_before_sensitive_reports_are_kept_for_the_city(string beat, int now, int before) {
    Assert.Equal(now, city.Crimes[2026].Count(r => r["Beat"] == beat));
    Assert.Equal(before, city.Crimes[2025].Count(r => r["Beat"] == beat));
  }

  [Fact]
  public void Every_month_is_below_the_same_month_of_the_year_before_and_summer_is_highest() {
    var (now, before) = (Months(city.Crimes[2026]), Months(city.Crimes[2025]));
    Assert.Equal([959, 871, 970, 1002, 1064, 1092, 1117, 1096, 1043], now);
    Assert.All(now.Zip(before), m => Assert.True(m.First < m.Second));
    Assert.Equal(("Jul", "Jul"), (Highest(now), Highest(before)));
    static string Highest(List<int> months) => new DateTime(2026, 1 + months.IndexOf(months.Max()), 1).ToString("MMM");
  }

  [Fact]
  public void Linden_Park_s_scorecard_has_its_own_kinds_and_months() {
    var here = city.Crimes[2026].Where(r => r["Beat"] == "B12").ToList();
    int Of(string category) => here.Count(r => Category(r) == category);
    Assert.Equal((112, 48, 11, 24, 19), (Of("theft"), Of("simple-assault"), Of("aggravated-assault"), Of("car-theft"), Of("burglary")));
    Assert.Equal([38, 33, 36, 35, 40, 41, 39, 36, 33], Months(here));
  }

  // The classes of the mock's map, per 1,000 residents: under 20, 35, 50, 70, and more.
  [Fact]
  public void The_map_s_shades_are_the_mock_s_after_sensitive_reports_are_kept_for_the_city() {
    int Shade(Beat beat) {
      var rate = city.Crimes[2026].Count(r => r["Beat"] == beat.Code && !ForTheCityOnly(r)) * 1000.0 / beat.Population;
      return rate switch { < 20 => 0, < 35 => 1, < 50 => 2, < 70 => 3, _ => 4 };
    }
    var shades = CityMap.Beats.Where(b => b.Population >= 1_000).GroupBy(Shade).OrderByDescending(g => g.Key)
      .Select(g => string.Join(' ', g.Select(b => b.Code)));
    Assert.Equal(["A14 A15", "A12 A13 B14 C12", "A11 B11 B15 B16 C11 C13 C14 D13", "B12 B13 C15 C16 D14 D15", "D11 D12"], shades);
  }

  [Fact]
  public void Downtown_has_more_robbery_and_the_hills_more_fraud_for_their_size() {
    double Share(Streets streets, string category) {
      var codes = CityMap.Beats.Where(b => b.Streets == streets).Select(b => b.Code).ToHashSet();
      var there = city.Crimes[2026].Concat(city.Crimes[2025]).Where(r => codes.Contains(r["Beat"])).ToList();
      return there.Count(r => Category(r) == category) / (double)there.Count;
    }
    Assert.True(Share(Streets.Center, "robbery") > 1.5 * Share(Streets.Hills, "robbery"));
    Assert.True(Share(Streets.Hills, "fraud") > 1.3 * Share(Streets.Center, "fraud"));
  }

  [Fact]
  public void Some_reports_hold_two_offenses_of_one_time_and_place() {
    var two = city.Incidents.GroupBy(r => r["IncidentNumber"]).Where(g => g.Count() > 1).ToList();
    Assert.InRange(two.Count / (double)city.Incidents.Count, 0.03, 0.1);
    Assert.All(two, g => {
      Assert.Equal(["1", "2"], g.Select(r => r["OffenseSequence"]));
      Assert.Equal(2, g.Select(r => r["NIBRSCode"]).Distinct().Count());
      foreach (var shared in (string[])["ReportedAt", "OccurredAt", "Beat", "BlockAddress", "Latitude", "Longitude", "Domestic", "Status"])
        Assert.Single(g.Select(r => r[shared]).Distinct());
    });
  }

  [Fact]
  public void The_file_holds_what_is_not_counted_too() {
    double Share(Func<DemoRow, bool> which) => city.Incidents.Count(which) / (double)city.Incidents.Count;
    Assert.InRange(Share(r => Type(r)?.Class == TypeClass.GroupB), 0.04, 0.12);
    Assert.InRange(Share(r => OffenseTable.NotOffenses.Any(n => n.Code == r["NIBRSCode"])), 0.05, 0.15);
    Assert.InRange(Share(r => r["Status"] == "Unfounded"), 0.005, 0.03);
    Assert.DoesNotContain(city.Incidents, r => Type(r) is null && OffenseTable.NotOffenses.All(n => n.Code != r["NIBRSCode"]));
  }

  [Fact]
  public void Sensitive_reports_are_between_two_and_six_in_a_hundred() =>
    Assert.InRange(city.Crimes[2026].Count(ForTheCityOnly) / 9_214.0, 0.02, 0.06);

  [Fact]
  public void Reports_without_a_place_have_neither_beat_nor_point() {
    var without = city.Incidents.Where(r => r["Beat"].Length == 0).ToList();
    Assert.InRange(without.Count / (double)city.Incidents.Count, 0.01, 0.02);
    (string, string, string)[] seen = [("", "", ""), ("UNKNOWN", "0", "0")];
    Assert.Equal(seen, without.Select(r => (r["BlockAddress"], r["Latitude"], r["Longitude"])).Distinct().Order());
  }

  [Fact]
  public void Names_are_NIBRS_s_own() =>
    Assert.All(city.Incidents.Where(r => Type(r) is not null).Select(r => (Code: r["NIBRSCode"], Name: r["OffenseDescription"])).Distinct(),
      o => Assert.Equal(o.Code, TypeTable.NibrsNames[o.Name]));

  [Fact]
  public void Nothing_is_reported_before_it_happened_or_outside_the_months_of_the_export() => Assert.All(city.Incidents, r => {
    Assert.True(r.Time("OccurredAt") <= r.Time("ReportedAt"));
    Assert.InRange(DateOnly.FromDateTime(r.Time("ReportedAt")!.Value), city.Files.FirstDay, city.Files.LastDay);
  });

  [Fact]
  public void Report_numbers_rise_with_the_time_of_the_report() {
    var byNumber = city.Incidents.Select(r => (r["IncidentNumber"], r.Time("ReportedAt"))).ToList();
    Assert.Equal(byNumber.OrderBy(r => r.Item1, StringComparer.Ordinal), byNumber);
    Assert.Equal(byNumber.OrderBy(r => r.Item2), byNumber);
  }

  private static List<int> Months(IEnumerable<DemoRow> rows) =>
    [.. rows.CountBy(r => r.Time("ReportedAt")!.Value.Month).OrderBy(m => m.Key).Select(m => m.Value)];

  private static TypeCode? Type(DemoRow row) => TypeTable.Nibrs.GetValueOrDefault(row["NIBRSCode"]);

  private static string? Category(DemoRow row) => Type(row)?.Category;

  private static bool ForTheCityOnly(DemoRow row) =>
    row["Domestic"] == "Y" || (int.TryParse(row["VictimAge"], out var age) && age < 18) || Category(row) == "sex-offenses";
}
