using Porchlight.Transparency.Demonstration;

namespace Porchlight.Transparency.Tests.Demonstration;

/// <summary>
/// The calls against the figures read off the look's mock pages; 2026 stands for the mock's 2025. Percentiles are linear between ranks.
/// </summary>
public sealed class CallsTests(DemoCityFixture city) {
  [Fact]
  public void Urgent_calls_of_the_mock_s_months_are_as_many_as_in_the_mock() {
    var urgent = Urgent(2026).ToList();
    var fromPeople = urgent.Where(r => r["OnView"] == "N" && r["Disposition"] is not ("Cancelled" or "Open")).ToList();
    Assert.InRange(fromPeople.Count(r => r["OnSceneAt"].Length > 0), 11_850, 11_862);   // a few were still open when the month ended
    Assert.InRange(urgent.Count(r => r["OnView"] == "Y"), 1_200, 1_204);
    Assert.InRange(fromPeople.Count(r => r["OnSceneAt"].Length == 0), 84, 86);
  }

  [Theory]
  [InlineData(2026, null, 372, 820)]
  [InlineData(2025, null, 385, 832)]
  [InlineData(2026, "B12", 410, 845)]
  [InlineData(2025, "B12", 391, 800)]
  public void Half_and_nine_in_ten_are_reached_as_fast_as_in_the_mock(int year, string? beat, int median, int nineInTen) {
    var seconds = Seconds(Urgent(year).Where(r => beat is null || r["Beat"] == beat));
    Assert.InRange(At(seconds, 0.5), median - 2, median + 2);
    Assert.InRange(At(seconds, 0.9), nineInTen - 5, nineInTen + 5);
  }

  [Fact]
  public void Linden_Park_has_the_mock_s_412_urgent_calls() =>
    Assert.InRange(Seconds(Urgent(2026).Where(r => r["Beat"] == "B12")).Count, 410, 412);

  [Fact]
  public void Officers_take_longer_to_the_edge_of_the_city_than_to_the_courthouse() {
    double Median(params string[] beats) => At(Seconds(Urgent(2026).Where(r => beats.Contains(r["Beat"]))), 0.5);
    Assert.True(Median("D12", "C16") > 1.2 * Median("A15"));
  }

  [Fact]
  public void Less_urgent_calls_wait_longer() {
    double Median(string priority) => At(Seconds(city.Calls.Where(r => r["Priority"] == priority && r["Agency"] == CallTable.Own)), 0.5);
    Assert.True(Median("1") < Median("2") && Median("2") < Median("3") && Median("3") < Median("4"));
  }

  [Fact]
  public void Times_of_a_call_never_run_backward() => Assert.All(city.Calls, r => {
    var times = Steps.Select(r.Time).OfType<DateTime>().ToList();
    Assert.Equal(times.Order(), times);
    Assert.InRange(DateOnly.FromDateTime(times[0]), city.Files.FirstDay, city.Files.LastDay);
    Assert.All(times, t => Assert.True(DateOnly.FromDateTime(t) <= city.Files.LastDay));
  });

  [Fact]
  public void No_time_is_one_that_the_clocks_skipped() {
    var zone = NodaTime.DateTimeZoneProviders.Tzdb[DemoCity.Settings["time-zone"]];
    var calls = city.Calls.Where(r => r.Time("ReceivedAt")!.Value.Month == 3).SelectMany(r => Steps.Select(r.Time));
    var reports = city.Incidents.SelectMany(r => (DateTime?[])[r.Time("ReportedAt"), r.Time("OccurredAt")]);
    Assert.All(calls.Concat(reports).OfType<DateTime>().Select(NodaTime.LocalDateTime.FromDateTime),
      time => Assert.NotEqual(0, zone.MapLocal(time).Count));
  }

  [Fact]
  public void An_hour_of_Friday_evening_is_busier_than_one_before_dawn() {
    int Calls(DayOfWeek day, int hour) => city.Calls.Count(r => r.Time("ReceivedAt") is { } at && at.DayOfWeek == day && at.Hour == hour);
    Assert.True(Calls(DayOfWeek.Friday, 21) > 2.5 * Calls(DayOfWeek.Tuesday, 5));
  }

  [Fact]
  public void Other_agencies_open_calls_and_cancelled_ones_are_in_the_file() {
    string[] agencies = [CallTable.Sheriff, CallTable.Fire, CallTable.Own];
    Assert.Equal(agencies, city.Calls.Select(r => r["Agency"]).Distinct().Order(StringComparer.Ordinal));
    Assert.InRange(city.Calls.Count(r => r["Agency"] != CallTable.Own) / (double)city.Calls.Count, 0.03, 0.12);
    Assert.InRange(city.Calls.Count(r => r["ClosedAt"].Length == 0), 40, 160);
    Assert.All(city.Calls.Where(r => r["ClosedAt"].Length == 0), r => Assert.Equal("Open", r["Disposition"]));
    Assert.All(city.Calls.Where(r => r["Disposition"] == "Cancelled"), r => Assert.Equal("", r["OnSceneAt"]));
    Assert.InRange(city.Calls.Count(r => r["Disposition"] == "Cancelled") / (double)city.Calls.Count, 0.005, 0.05);
  }

  [Fact]
  public void Call_numbers_are_unique_and_rise_with_time() {
    Assert.Equal(city.Calls.Count, city.Calls.Select(r => r["CallNumber"]).Distinct().Count());
    Assert.Equal(city.Calls.Select(r => r["CallNumber"]).Order(StringComparer.Ordinal), city.Calls.Select(r => r["CallNumber"]));
  }

  private static readonly string[] Steps = ["ReceivedAt", "EnteredAt", "DispatchedAt", "EnRouteAt", "OnSceneAt", "ClosedAt"];

  private IEnumerable<DemoRow> Urgent(int year) => city.Calls.Where(r =>
    r["Priority"] == "1" && r["Agency"] == CallTable.Own && !CallTable.Sensitive.Contains(r["CallType"])
    && r.Time("ReceivedAt") is { } at && at.Year == year && at.Month <= 9);

  private static List<double> Seconds(IEnumerable<DemoRow> rows) =>
    [.. rows.Where(r => r["OnView"] == "N" && r["OnSceneAt"].Length > 0)
      .Select(r => (r.Time("OnSceneAt") - r.Time("ReceivedAt"))!.Value.TotalSeconds).Order()];

  private static double At(List<double> sorted, double share) {
    var rank = share * (sorted.Count - 1);
    var below = (int)rank;
    return sorted[below] + (sorted[Math.Min(below + 1, sorted.Count - 1)] - sorted[below]) * (rank - below);
  }
}
