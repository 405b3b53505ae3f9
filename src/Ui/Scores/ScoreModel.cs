using Porchlight.Ui.Tables;

namespace Porchlight.Ui.Scores;

/// <summary>A measure of an area beside last year and the city, with the reading in words.</summary>
/// <param name="Label">What is measured.</param>
/// <param name="Values">As many as there are headings.</param>
/// <param name="Verdict">One or two words: "Fewer."</param>
/// <param name="Words">The rest of the reading.</param>
public sealed record ScoreRow(string Label, IReadOnlyList<Cell> Values, string Verdict, string Words);

/// <summary>Measures that belong together.</summary>
/// <param name="Name">"Safety".</param>
/// <param name="Rows">The measures.</param>
public sealed record ScoreGroup(string Name, IReadOnlyList<ScoreRow> Rows);

/// <summary>A column of values.</summary>
/// <param name="Label">"Here now".</param>
/// <param name="Detail">A second line: "Jan–Sep 2025".</param>
/// <param name="Short">The label on a phone, over each value; the label unless given.</param>
public sealed record ScoreHeading(string Label, string? Detail = null, string? Short = null);

/// <summary>An area's scorecard.</summary>
public sealed record ScoreModel {
  /// <summary>What the table is, for a screen reader and for print.</summary>
  public required string Caption { get; init; }
  /// <summary>The columns of values; the first is the one that counts.</summary>
  public required IReadOnlyList<ScoreHeading> Headings { get; init; }
  /// <summary>The groups.</summary>
  public required IReadOnlyList<ScoreGroup> Groups { get; init; }
  /// <summary>Notes under the table.</summary>
  public string? Note { get; init; }
}
