using Porchlight.Ui.Charts;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Scores;
using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.Areas;

/// <summary>Everything an area's page shows.</summary>
public sealed record AreaModel {
  public required string Name { get; init; }
  /// <summary>"Eastside district, beat B12".</summary>
  public required string Eyebrow { get; init; }
  public required string Lead { get; init; }
  public required IReadOnlyList<(string Name, Cell Value)> Facts { get; init; }
  /// <summary>Said where the boundary is newer than the year before, or held only until a day.</summary>
  public string? BoundaryNote { get; init; }
  /// <summary>The city's map with this area outlined; null where no boundaries were given.</summary>
  public MapModel? Map { get; init; }
  /// <summary>Null for an area of an earlier map.</summary>
  public ScoreModel? Scores { get; init; }
  public TrendModel? Months { get; init; }
  public BarTableModel? Types { get; init; }
  /// <summary>Of an area of an earlier map: crimes by year.</summary>
  public DataTableModel? Years { get; init; }
  public required EditionModel Edition { get; init; }
  /// <summary>The page's address without https, for paper; null where the department has not said its web address.</summary>
  public string? Address { get; init; }
  /// <summary>The same to scan.</summary>
  public ScanCode? Code { get; init; }
  /// <summary>Phones and editions, for paper.</summary>
  public required IReadOnlyList<string> PrintLines { get; init; }
}
