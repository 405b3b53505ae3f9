namespace Porchlight.Ui.Tables;

/// <summary>What stands in one cell of a table. A string becomes a plain one.</summary>
/// <param name="Text">As shown; format numbers with <see cref="Wording.Fmt"/>.</param>
public sealed record Cell(string Text) {
  /// <summary>Makes the text a link.</summary>
  public string? Href { get; init; }
  /// <summary>Small grey words after the text: a code, a margin.</summary>
  public string? After { get; init; }
  /// <summary>Grey: last year, a second thought.</summary>
  public bool Soft { get; init; }
  /// <summary>Withheld to protect people: the word on dots, never blank and never 0.</summary>
  public bool IsWithheld { get; init; }
  /// <summary>The language of a text nobody has translated.</summary>
  public string? Lang { get; init; }

  /// <summary>A withheld value.</summary>
  public static Cell Withheld { get; } = new("") { IsWithheld = true };
  /// <summary>A name in both languages, or in the one there is.</summary>
  public static Cell Of(Words words) => new(words.Here) { Lang = words.Lang };
  /// <summary>A count, or an en dash.</summary>
  public static Cell Of(long? count) => new(count is { } n ? Wording.Fmt.Number(n) : Wording.Fmt.None);
  /// <summary>A plain text.</summary>
  public static implicit operator Cell(string text) => new(text);
}
