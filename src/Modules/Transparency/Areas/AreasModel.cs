using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Tables;

namespace Porchlight.Transparency.Areas;

/// <summary>All areas: to pick one.</summary>
public sealed record AreasModel {
  /// <summary>Null before anything is published.</summary>
  public string? EditionLine { get; init; }
  /// <summary>For the select.</summary>
  public required IReadOnlyList<Option> Areas { get; init; }
  /// <summary>The code that was asked for and is no area.</summary>
  public string? Unknown { get; init; }
  /// <summary>Null where no boundaries were given.</summary>
  public MapModel? Map { get; init; }
  /// <summary>The list where there is no map to draw.</summary>
  public DataTableModel? List { get; init; }
  /// <summary>Areas of earlier maps; null where there are none.</summary>
  public DataTableModel? Earlier { get; init; }
}
