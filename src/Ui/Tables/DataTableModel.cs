namespace Porchlight.Ui.Tables;

/// <summary>A column.</summary>
/// <param name="Label">Its heading.</param>
/// <param name="IsNumber">Right-aligned, tabular digits.</param>
/// <param name="SortKey">The word in the query that sorts by it, or null where it cannot.</param>
/// <param name="NotOnPhone">Left out on a phone; only for what another column still tells.</param>
public sealed record Column(string Label, bool IsNumber = false, string? SortKey = null, bool NotOnPhone = false);

/// <summary>How a row is drawn.</summary>
public enum RowKind {
  /// <summary>As the others.</summary>
  Plain,
  /// <summary>The one all others are compared with, on cream: "Whole city".</summary>
  Whole,
  /// <summary>The sum at the end, under an ink rule.</summary>
  Total,
  /// <summary>A heading inside the table; only its first cell is read.</summary>
  Group,
}

/// <summary>A row.</summary>
/// <param name="Cells">As many as there are columns; the first names the row.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Bar">Length of the bar in the first cell, in any unit; all bars of a table share it.</param>
/// <param name="BarBefore">Length of the pale bar behind it.</param>
public sealed record Row(IReadOnlyList<Cell> Cells, RowKind Kind = RowKind.Plain, decimal? Bar = null, decimal? BarBefore = null);

/// <summary>A table of a page: sorted and paged by links, so it works without script and can be sent to someone.</summary>
public sealed record DataTableModel {
  /// <summary>What the table is, for a screen reader and for print.</summary>
  public required string Caption { get; init; }
  /// <summary>The columns.</summary>
  public required IReadOnlyList<Column> Columns { get; init; }
  /// <summary>The rows of this page.</summary>
  public required IReadOnlyList<Row> Rows { get; init; }
  /// <summary>Shows the caption as a small heading above.</summary>
  public bool ShowCaption { get; init; }
  /// <summary>The column it is sorted by, with "-" before it for largest first: "-count".</summary>
  public string? Sort { get; init; }
  /// <summary>The name of the sort in the query.</summary>
  public string SortName { get; init; } = "sort";
  /// <summary>Links to the other pages, if there are several.</summary>
  public PagerModel? Pager { get; init; }
  /// <summary>What stands there when there is no row.</summary>
  public string? Empty { get; init; }
  /// <summary>A note under the table.</summary>
  public string? Note { get; init; }
}

/// <summary>Where one is among pages.</summary>
/// <param name="Page">From 1.</param>
/// <param name="Pages">How many there are.</param>
/// <param name="Name">The name in the query.</param>
public sealed record PagerModel(int Page, int Pages, string Name = "page");
