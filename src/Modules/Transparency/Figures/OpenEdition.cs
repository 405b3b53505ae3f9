using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Rollups;
using Porchlight.Ui.Maps;

namespace Porchlight.Transparency.Figures;

/// <summary>An area as a page shows it.</summary>
/// <param name="Code">As in the edition's rows.</param>
/// <param name="MapCode">As drawn on its map.</param>
internal sealed record PublicArea(string Code, string MapCode, string? Name, string? District, long? Population, DateOnly? From, DateOnly? Until) {
  /// <summary>"Linden Park (B12)", or the code where it has no name.</summary>
  public string Title => Name is null || Name == MapCode ? MapCode : $"{Name} ({MapCode})";
}

/// <summary>Response times of one group: seconds, and what is counted beside them.</summary>
/// <param name="Key">The priority, area or month ("2025-09"); empty for all.</param>
/// <param name="Calls">Calls the percentiles are made from.</param>
/// <param name="Median">Seconds; null without calls.</param>
/// <param name="MedianWithin">Where the median lies, 19 times in 20; null with too few calls. So for the 90th percentile.</param>
/// <param name="NotReached">The department's own calls that people made and no officer reached.</param>
/// <param name="Missing">Reached, and one of the two times is missing.</param>
internal sealed record ResponseFigure(
    string Key, long Calls, double? Median, double? Ninth, TimeInterval? MedianWithin, TimeInterval? NinthWithin,
    long NotReached, long Missing, long Negative, long OnView, long OtherAgency, long Open, long Cancelled) {
  /// <summary>Share of calls that no officer reached.</summary>
  public double ShareNotReached => Calls + Missing + Negative + NotReached is > 0 and var all ? NotReached / (double)all : 0;
  /// <summary>Over 10% not reached: no headline can be made of those that were.</summary>
  public bool HasHeadline => Calls > 0 && ShareNotReached <= 0.1;
}

/// <summary>The edition the public sees, open and ready to be asked. Shared by all requests; nothing of it ever changes.</summary>
internal sealed partial class OpenEdition : IDisposable {
  /// <summary>The code of rows that are counted for the city only.</summary>
  public const string CityOnly = "(city)";
  /// <summary>The code of rows whose place is not known.</summary>
  public const string NotKnown = "";
  /// <summary>Under so many residents a rate says more about who passes through than about who lives there.</summary>
  private const int FewestResidents = 1000;

  public required DatasetDeclaration Dataset { get; init; }
  public required EditionManifest Manifest { get; init; }
  /// <summary>The days its rows cover.</summary>
  public Period Covered => new(Manifest.From, Manifest.To);
  /// <summary>Areas of the map in force on the last day covered, by code; where there is no map, the areas that rows name.</summary>
  public required IReadOnlyList<PublicArea> AreasInForce { get; init; }
  /// <summary>Areas of earlier maps whose ground has changed since.</summary>
  public required IReadOnlyList<PublicArea> AreasBefore { get; init; }
  /// <summary>The map in force, drawn; null where there is none.</summary>
  public required MapDrawing? Drawing { get; init; }
  /// <summary>Priorities, the most urgent first: code and label.</summary>
  public required IReadOnlyList<(string Code, Porchlight.Kernel.Words Label)> Priorities { get; init; }

  /// <summary>
  /// Where rows count on the day something happened: what happened since this day, in the last 60, is not all reported yet. Null where they
  /// count on the day of the report.
  /// </summary>
  public DateOnly? GrowsFrom => Manifest.CountedBy is "occurred_at" ? Manifest.To.AddDays(-59) : null;

  /// <summary>The days it may be asked for.</summary>
  public PeriodChoice Periods => new(Covered, GrowsFrom);

  /// <summary>A rate for 1,000 residents; null under 1,000 of them, or where their number is not known.</summary>
  public decimal? Rate(long count, long? residents) => residents is >= FewestResidents and var people ? count * 1000m / people : null;

  /// <summary>Whether an area was the same ground through both periods: a change of boundary must never read as a change in crime.</summary>
  public bool Comparable(PublicArea area, Comparison compare) =>
    area.From is null || compare.Before is null || area.From <= compare.Before.Value.From;

  /// <summary>Whether a code is an area of an earlier map.</summary>
  public bool IsEarlier(string code) => AreasBefore.Any(a => a.Code == code);

  /// <summary>Whether the rows cover a whole month.</summary>
  public bool HasWholeMonth(int year, int month) =>
    new DateOnly(year, month, 1) is var first && first.AddDays(3) >= Manifest.From && first.AddMonths(1).AddDays(-1) <= Manifest.To;

  /// <summary>Whether the last month of a year is cut off by the end of the data.</summary>
  public bool IsMonthIncomplete(int year) => Manifest.To.Year == year && Manifest.To.AddDays(1).Day != 1;

  /// <summary>Lets its files go once the answers under way are done.</summary>
  public void Dispose() => Reader.Dispose();
}
