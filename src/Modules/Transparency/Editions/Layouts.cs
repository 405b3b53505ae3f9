using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>The columns of a dataset's published rows, made from its declaration.</summary>
internal static class Layouts {
  private static readonly Dictionary<string, RowLayout> Made = Catalog.All.ToDictionary(d => d.Name, Make);

  public static RowLayout Of(DatasetDeclaration dataset) => Made[dataset.Name];

  private static RowLayout Make(DatasetDeclaration dataset) {
    var hasTimes = dataset.Intervals.Count > 0;
    return new() {
      EventHour = hasTimes ? "received_hour" : "event_hour",
      Category = dataset.TypeCodes is null ? null : "category",
      Priority = dataset.Main.Of(FieldRole.Priority) is null ? null : "priority",
      Flags = dataset.Units.Any(u => u.IdentifiedBy.Count > 0) ? ["first", "first_in_category"] : [],
      Cell = dataset.Main.Of(FieldRole.Latitude) is null ? null : ("lat_cell", "lon_cell"),
      Intervals = [.. dataset.Intervals.Select(i => i.Name)],
      Arrival = hasTimes ? dataset.Intervals[^1].Name : null,
      Status = hasTimes ? "status" : null,
      LeftOut = hasTimes ? ["on-view", "other-agency", "open", "cancelled"] : [],
    };
  }
}
