namespace Porchlight.Ui.Parts;

/// <summary>What stands at the end of a data page.</summary>
public sealed record EditionModel {
  /// <summary>Its heading; "About this edition" unless given.</summary>
  public string? Title { get; init; }
  /// <summary>Edition, covers, published, replaces, next one due: name and value.</summary>
  public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }
  /// <summary>The citation's words; where there is one, <see cref="CiteHref"/> and <see cref="CiteAddress"/> follow.</summary>
  public string? Cite { get; init; }
  /// <summary>The page that will always show this edition.</summary>
  public string? CiteHref { get; init; }
  /// <summary>Its address as read aloud, without https.</summary>
  public string? CiteAddress { get; init; }
  /// <summary>Files.</summary>
  public IReadOnlyList<Download> Downloads { get; init; } = [];
  /// <summary>Definitions, verification.</summary>
  public IReadOnlyList<(string Label, string Href)> Links { get; init; } = [];
  /// <summary>Offers to print the page.</summary>
  public bool CanPrint { get; init; } = true;
}

/// <summary>A file to take away.</summary>
/// <param name="Label">"CSV".</param>
/// <param name="Href">A path of the house; with the language of the page, so that a file may answer in it.</param>
/// <param name="Bytes">Its size, where it is known before it is made.</param>
public sealed record Download(string Label, string Href, long? Bytes = null);
