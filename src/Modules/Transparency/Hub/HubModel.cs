using Porchlight.Ui.Parts;

namespace Porchlight.Transparency.Hub;

/// <summary>The page of all numbers.</summary>
/// <param name="Title">With the period, where all figures share one.</param>
/// <param name="Figures">One a published dataset.</param>
/// <param name="Now">The year of the lines, for their key; null where nothing is drawn or years differ.</param>
/// <param name="Before">The year behind them.</param>
/// <param name="HasAreas">Whether any area has a page.</param>
public sealed record HubModel(string Title, IReadOnlyList<FigureModel> Figures, string? Now, string? Before, bool HasAreas);
