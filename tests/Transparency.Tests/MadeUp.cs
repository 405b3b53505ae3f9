using System.Globalization;
using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests;

/// <summary>Editions with made-up words and no rows, for what pages say of figures that a test makes up too.</summary>
internal static class MadeUp {
  public static readonly PublicArea LindenPark = new("B12", "B12", "Linden Park", "Eastside", 9640, new(2023, 3, 1), null);
  public static readonly PublicArea Downtown = new("A14", "A14", "Downtown", "Harbor", 10_360, new(2023, 3, 1), null);
  public static readonly PublicArea Quarry = new("D16", "D16", "Quarry", "Northside", 210, new(2023, 3, 1), null);
  public static readonly PublicArea OldBeat = new("0714 until 2023-02-28", "0714", null, null, null, new(2022, 1, 1), new(2023, 2, 28));

  /// <summary>Crime of January 2024 to September 2025 in three areas.</summary>
  public static OpenEdition Crime(DateOnly? to = null, params PublicArea[] areas) =>
    Edition("incidents", to ?? new(2025, 9, 30), areas.Length > 0 ? areas : [LindenPark, Downtown, Quarry]);

  /// <summary>Calls of the same days, with priorities 1 and 2.</summary>
  public static OpenEdition Calls(DateOnly? to = null) => Edition("calls", to ?? new(2025, 9, 30), [LindenPark, Downtown, Quarry]);

  public static EditionManifest Manifest(string dataset = "incidents", params EditionFile[] files) => new(
    dataset, Number: 3, Amendment: 0, new(2025, 10, 9, 14, 0, 0, TimeSpan.Zero), new(2024, 1, 1), new(2025, 9, 30), Rows: 16_000,
    "September is here.", "published from the shell, no second person", "reported_at",
    [new("records", new(2024, 1, 1), new(2025, 9, 30), 16_000)], Added: 1043, Corrected: 87, Withdrawn: 6, new Dictionary<string, long>(),
    CityOnly: 300, CityOnlyWithheld: 4, Replaces: 2, [new(2023, 3, 1)], "", [1], files);

  /// <summary>Times of one group of calls; so many seconds to either side may be chance.</summary>
  public static ResponseFigure Times(long calls, double median, double ninth, long notReached = 0, int? give = 5) =>
    new("", calls, median, ninth, Around(median, give), Around(ninth, give), notReached, 0, 0, 0, 0, 0, 0);

  private static TimeInterval? Around(double time, int? give) => give is { } g ? new((int)time - g, (int)time + g) : null;

  /// <summary>The text with its spaces as one types them: inside a sentence no line ends between a number and its unit.</summary>
  public static string Typed(string text) => text.Replace('\u00a0', ' ');

  /// <summary>The rest of this test is answered in Spanish.</summary>
  public static void Spanish() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("es");

  private static OpenEdition Edition(string dataset, DateOnly to, PublicArea[] areas) => new() {
    Dataset = Catalog.Find(dataset)!, Manifest = Manifest(dataset) with { To = to }, AreasInForce = areas, AreasBefore = [OldBeat],
    Drawing = null, Reader = null!,
    Priorities = dataset == "calls" ? [("1", new Words("1")), ("2", new Words("2"))] : [],
  };
}
