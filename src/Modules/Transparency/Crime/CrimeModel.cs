using Porchlight.Ui.Charts;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.Crime;

/// <summary>Everything the page of reported crime shows.</summary>
public sealed record CrimeModel {
  public required string Title { get; init; }
  public required string Lead { get; init; }
  public required string EditionLine { get; init; }
  public required IReadOnlyList<Option> Periods { get; init; }
  public required string Period { get; init; }
  public required IReadOnlyList<Option> Areas { get; init; }
  public required string Area { get; init; }
  public required IReadOnlyList<Option> Categories { get; init; }
  public required string Category { get; init; }
  public required TrendModel Months { get; init; }
  public required string TypesTitle { get; init; }
  public required BarTableModel Types { get; init; }
  /// <summary>Null where no area has boundaries or rows.</summary>
  public MapModel? Map { get; init; }
  /// <summary>The areas where there is no map to draw.</summary>
  public DataTableModel? AreaTable { get; init; }
  /// <summary>What is not in the figures and why, each counted.</summary>
  public required IReadOnlyList<string> BesideTheTotal { get; init; }
  public required EditionModel Edition { get; init; }
}
