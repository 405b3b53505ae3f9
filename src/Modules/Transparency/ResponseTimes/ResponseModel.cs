using Porchlight.Ui.Charts;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Scores;
using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.ResponseTimes;

/// <summary>Everything the page of response times shows.</summary>
public sealed record ResponseModel {
  public required string Title { get; init; }
  public required string Lead { get; init; }
  public required string EditionLine { get; init; }
  public required IReadOnlyList<Option> Periods { get; init; }
  public required string Period { get; init; }
  public required IReadOnlyList<Option> Areas { get; init; }
  public required string Area { get; init; }
  /// <summary>Empty where the source has no priorities.</summary>
  public required IReadOnlyList<Option> Priorities { get; init; }
  public required string Priority { get; init; }
  public required ScoreModel ByPriority { get; init; }
  /// <summary>Null where no month has a time.</summary>
  public TrendModel? Months { get; init; }
  public required string AreasSay { get; init; }
  /// <summary>Null where no boundaries were given, or one area was asked for.</summary>
  public MapModel? Map { get; init; }
  /// <summary>The areas where there is no map to draw.</summary>
  public DataTableModel? AreaTable { get; init; }
  /// <summary>What is not in the times and why, each counted.</summary>
  public required IReadOnlyList<string> Beside { get; init; }
  public required EditionModel Edition { get; init; }
}
