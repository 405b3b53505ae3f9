using Porchlight.Ui.Forms;
using Porchlight.Ui.Layout;
using Porchlight.Ui.Parts;

namespace Porchlight.Transparency.Home;

/// <summary>The front page: where to start, what one can do here today, the city's figures.</summary>
public sealed record HomeModel {
  public required string Lead { get; init; }
  /// <summary>Areas to start from; empty where none has a page.</summary>
  public required IReadOnlyList<Option> Areas { get; init; }
  /// <summary>What one can do here today.</summary>
  public required IReadOnlyList<Door> Doors { get; init; }
  /// <summary>"January to September, citywide".</summary>
  public required string FiguresTitle { get; init; }
  /// <summary>Empty before anything is published.</summary>
  public required IReadOnlyList<FigureModel> Figures { get; init; }
}
