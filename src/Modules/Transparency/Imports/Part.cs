using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>What one file says of one record type, while it is being imported.</summary>
/// <param name="Source">Null before its first import.</param>
/// <param name="Mine">The live imports of the source and record type, oldest first.</param>
/// <param name="Folder">In staging: what will be the import's tree, and nothing else.</param>
internal sealed record Part(
    ImportRequest Request, SourceMapping Mapping, Source? Source, IReadOnlyList<ImportManifest> Mine, string Folder) {
  public RecordType Records => Request.Records;
  public string Rows => Path.Combine(Folder, ImportManifest.Rows);
  /// <summary>Lines for the report that are known before its rows are compared.</summary>
  public IReadOnlyList<string> Said { get; init; } = [];

  /// <summary>Whether the source's newest import is this very file, read by this very mapping.</summary>
  public bool IsAsBefore(string sha256) =>
    Source?.Current is { } saved && Mine.Count > 0 && Mine[^1].Sha256 == sha256 && Mine[^1].Mapping == saved.Version
      && SavedMapping.Write(Mapping) == saved.Json;
}
