using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;

namespace Porchlight.Transparency.Tests.Hub;

public sealed class YearLineTests {
  private static OpenEdition Edition(string countedBy, DateOnly to) {
    var made = MadeUp.Crime(to);
    return new() {
      Dataset = made.Dataset, Manifest = made.Manifest with { CountedBy = countedBy }, AreasInForce = made.AreasInForce, AreasBefore = made.AreasBefore,
      Drawing = null, Reader = null!, Priorities = [],
    };
  }

  [Fact]
  public void By_occurrence_the_last_60_days_are_marked_as_still_growing() {
    Assert.Contains("so the count since August 2, 2025 will still grow", YearLine.Incomplete(Edition("occurred_at", new(2025, 9, 30)), 2025), StringComparison.Ordinal);
    Assert.Null(YearLine.Incomplete(Edition("reported_at", new(2025, 9, 30)), 2025));
    Assert.Null(YearLine.Incomplete(Edition("occurred_at", new(2025, 9, 30)), 2024));
  }

  [Fact]
  public void By_occurrence_the_months_of_the_last_60_days_are_drawn_as_not_complete_yet() {
    IEnumerable<string> Growing(string countedBy) =>
      YearLine.Of(Edition(countedBy, new(2025, 9, 30)), "Crime", 2025, _ => 10)!.Points.Where(p => p.NowGrows).Select(p => p.FullLabel);
    Assert.Equal(["August", "September"], Growing("occurred_at"));
    Assert.Empty(Growing("reported_at"));
  }

  [Fact]
  public void A_month_that_the_records_end_in_is_said_not_to_be_drawn() {
    var says = YearLine.Incomplete(Edition("occurred_at", new(2025, 9, 12)), 2025)!;
    Assert.Contains("September 12, 2025", says, StringComparison.Ordinal);
    Assert.Contains("July 15, 2025", says, StringComparison.Ordinal);
  }
}
