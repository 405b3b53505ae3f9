using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Imports;

/// <summary>How the record types of a dataset are joined: by what names a main record, without regard to case.</summary>
internal static class Joins {
  /// <summary>A row's key with that of the main record it belongs to: sources number from 1, each complaint and each allegation.</summary>
  public static string Within(RecordType records, string key) =>
    records.Parent is { } parent ? $"concat_ws('|', {Workbench.Part(parent.Name)}, {key})" : key;

  /// <summary>
  /// Says how many rows belong to main records that are not here, or not yet. They are kept: their own file may come later.
  /// </summary>
  /// <param name="main">The live main records of the same source; null before its first.</param>
  public static IEnumerable<string> Missing(
      DuckConnection duck, string accepted, ImportRequest request, string? main, CancellationToken ct) {
    if (request.Records.Parent is not { } parent) yield break;
    var mains = request.Dataset.Main;
    var key = Workbench.Part(mains.Of(FieldRole.Key)!.Name);
    var without = main is null ? "" : $"WHERE parent NOT IN (SELECT {key} FROM {main})";
    var (parents, rows) = duck.List(
      $"SELECT count(DISTINCT parent), count(*) FROM (SELECT {Workbench.Part(parent.Name)} AS parent FROM {accepted}) {without}", [],
      r => (r.Long(0), r.Long(1)), ct)[0];
    if (rows == 0) yield break;
    yield return $"{Amount.Of(rows, "row belongs", "rows belong")} to {mains.Name} of {request.Source} that are not here yet, "
      + $"{parents:N0} in all: kept, to count once those are imported.";
  }
}
