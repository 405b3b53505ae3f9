namespace Porchlight.Ui.Layout;

/// <summary>A way in.</summary>
/// <param name="Label">What one does there: "See the numbers".</param>
/// <param name="Href">A path of the house.</param>
/// <param name="Says">One or two sentences.</param>
public sealed record Door(string Label, string Href, string Says);
