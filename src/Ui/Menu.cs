namespace Porchlight.Ui;

/// <summary>An entry of the menu on every page. A module adds its own with <see cref="UiSetup.AddMenuItem"/>; what is not there is not linked.</summary>
/// <param name="Key">The word by which a page says it belongs here: "numbers".</param>
/// <param name="Label">At most two words.</param>
/// <param name="Href">A path of the house.</param>
/// <param name="Order">Smaller first.</param>
/// <param name="IsAction">Drawn as the outlined button at the end ("Send a tip").</param>
public sealed record MenuItem(string Key, Words Label, string Href, int Order, bool IsAction = false);

/// <summary>The three columns of the footer.</summary>
public enum FooterGroup {
  /// <summary>Editions, corrections, verification, definitions.</summary>
  CheckUs,
  /// <summary>Ways to be heard.</summary>
  TalkToUs,
  /// <summary>Accessibility, privacy, downloads, source.</summary>
  ThisSite,
}

/// <summary>A link in the footer, added with <see cref="UiSetup.AddFooterLink"/>.</summary>
/// <param name="Group">Its column.</param>
/// <param name="Label">A few words.</param>
/// <param name="Href">A path of the house.</param>
/// <param name="Order">Smaller first.</param>
public sealed record FooterLink(FooterGroup Group, Words Label, string Href, int Order);
