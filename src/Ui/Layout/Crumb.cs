namespace Porchlight.Ui.Layout;

/// <summary>A step of the breadcrumb above the page's own name.</summary>
/// <param name="Label">The page's short name.</param>
/// <param name="Href">A path of the house.</param>
public sealed record Crumb(string Label, string Href);
