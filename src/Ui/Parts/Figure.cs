using Porchlight.Ui.Charts;

namespace Porchlight.Ui.Parts;

/// <summary>A headline number and what a reader needs to take it rightly.</summary>
public sealed record FigureModel {
  /// <summary>What is counted: "Reported crime".</summary>
  public required string Name { get; init; }
  /// <summary>The page behind it.</summary>
  public required string Href { get; init; }
  /// <summary>Number and small unit, in turns: [("9,214", "")], [("6", "min"), ("12", "s")].</summary>
  public required IReadOnlyList<(string Number, string Unit)> Value { get; init; }
  /// <summary>The comparison in words.</summary>
  public required string Compared { get; init; }
  /// <summary>The year's line beside it.</summary>
  public TrendModel? Trend { get; init; }
  /// <summary>What it counts.</summary>
  public required string Counts { get; init; }
  /// <summary>What to keep in mind.</summary>
  public required string KeepInMind { get; init; }
  /// <summary>"Edition 33, published Oct 9. Next: Nov 10".</summary>
  public required string Edition { get; init; }
  /// <summary>How late the next edition is and why, where it is.</summary>
  public string? Late { get; init; }
}
