using Porchlight.Ui.Charts;

namespace Porchlight.Ui.Tables;

/// <summary>A row of a <see cref="BarTable"/>.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Now">This year; null is an en dash.</param>
/// <param name="Before">The same days of last year.</param>
public sealed record BarRow(string Label, decimal? Now, decimal? Before = null) {
  /// <summary>Makes the name a link.</summary>
  public string? Href { get; init; }
  /// <summary>The language of a name nobody has translated.</summary>
  public string? Lang { get; init; }
  /// <summary>"Other" comes last in its group, however large.</summary>
  public bool IsOther { get; init; }
  /// <summary>Withheld to protect people: the word, no bar, no change.</summary>
  public bool IsWithheld { get; init; }
}

/// <summary>Rows that belong together.</summary>
/// <param name="Name">The group's heading; null where a table has one group without a name.</param>
/// <param name="Rows">In any order: the table puts the largest first and "other" last.</param>
/// <param name="Now">The group's own sum, where it has one.</param>
/// <param name="Before">Last year's.</param>
public sealed record BarGroup(string? Name, IReadOnlyList<BarRow> Rows, decimal? Now = null, decimal? Before = null);

/// <summary>A chart that is a table: a bar in each row's first cell, last year's pale bar behind it.</summary>
public sealed record BarTableModel {
  /// <summary>What the table is, for a screen reader and for print.</summary>
  public required string Caption { get; init; }
  /// <summary>One sentence saying what it shows; shown above with the key of the two bars.</summary>
  public required string Says { get; init; }
  /// <summary>Heading of the names: "Type".</summary>
  public required string RowsName { get; init; }
  /// <summary>Heading of this year: "2025".</summary>
  public required string NowName { get; init; }
  /// <summary>Heading of last year: "2024"; null where there is none.</summary>
  public string? BeforeName { get; init; }
  /// <summary>The groups, in order.</summary>
  public required IReadOnlyList<BarGroup> Groups { get; init; }
  /// <summary>Rows after the groups that are part of the total but of no group: "counted for the city only", "place not known".</summary>
  public IReadOnlyList<BarRow> Below { get; init; } = [];
  /// <summary>The sum at the end.</summary>
  public BarRow? Total { get; init; }
  /// <summary>What the values are. Only counts have a change.</summary>
  public Unit Unit { get; init; } = Unit.Count;
  /// <summary>A note under the table.</summary>
  public string? Note { get; init; }

  internal decimal Longest => Groups.SelectMany(g => g.Rows).Concat(Below).Where(r => !r.IsWithheld).Select(r => Math.Max(r.Now ?? 0, r.Before ?? 0)).DefaultIfEmpty(0).Max();
  internal bool HasChange => BeforeName is not null && Unit == Unit.Count;
}
