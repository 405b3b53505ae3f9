using System.Globalization;
using System.Text.Json;
using Porchlight.Kernel;
using Porchlight.Kernel.Blobs;
using Porchlight.Transparency.Data;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// What was received for one dataset: a tree an import, and <c>current.json</c>, which lists the live ones in order and is saved last or with
/// them. What it does not list does not exist.
/// </summary>
internal sealed class RestrictedStore(IBlobs blobs, string dataset) {
  private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

  private string Current => $"{dataset}/current.json";
  private string Imports => $"{dataset}/imports";
  private string TreeOf(int number) => $"{Imports}/{number.ToString("D6", CultureInfo.InvariantCulture)}";
  /// <summary>The folder of one live import.</summary>
  public string FolderOf(int number) => Path.Combine(blobs.Root, TreeOf(number));

  /// <summary>One import or publication a dataset at a time, across processes and machines. Refuses at once when another has it.</summary>
  public async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken ct) => await blobs.TryTakeTurnAsync(dataset, ct)
    ?? throw new RefusedException($"Another import or publication of {dataset} is going on. Wait until it has ended, then run this again.");

  /// <summary>The live imports in order, oldest first; their files are on this machine.</summary>
  public async Task<IReadOnlyList<ImportManifest>> LiveAsync(CancellationToken ct) {
    if (await blobs.DocumentAsync(Current, ct) is not { } list) return [];
    List<ImportManifest> live = [];
    foreach (var number in JsonSerializer.Deserialize<LiveImports>(list, Form)!.Imports) {
      var folder = await blobs.TreeAsync(TreeOf(number), ct)
        ?? throw new RefusedException($"Import {number} of {dataset} is listed and its files are gone. Bring restricted/{TreeOf(number)} back from a backup.");
      live.Add(JsonSerializer.Deserialize<ImportManifest>(await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.json"), ct), Form)!);
    }
    return live;
  }

  /// <summary>Bytes of the rows of some imports.</summary>
  public long SizeOf(IEnumerable<ImportManifest> imports) => imports.Sum(m => new FileInfo(Path.Combine(FolderOf(m.Number), ImportManifest.Rows)).Length);

  /// <summary>The number the next import gets: one more than any there is, live or not, so that nothing is ever written over.</summary>
  public async Task<int> NextNumberAsync(CancellationToken ct) =>
    (await blobs.TreesAsync(Imports, ct)).Select(name => int.TryParse(name, out var n) ? n : 0).DefaultIfEmpty().Max() + 1;

  /// <summary>
  /// Puts a finished import in place with its manifest. Nothing lists it yet; the database's context must hold nothing.
  /// </summary>
  public Task PlaceAsync(TransparencyDb db, string finished, ImportManifest manifest, CancellationToken ct) => db.SaveAsync(blobs, Tree(finished, manifest), null, ct);

  /// <summary>
  /// Puts a finished import in place, saves what the database holds, and says which imports are live, in order: the last step
  /// of an import. A crash before it leaves the state before.
  /// </summary>
  public Task SaveAsync(TransparencyDb db, string finished, ImportManifest manifest, IEnumerable<int> live, CancellationToken ct) =>
    db.SaveAsync(blobs, Tree(finished, manifest), new(Current, JsonSerializer.SerializeToUtf8Bytes(new LiveImports([.. live]), Form)), ct);

  private BlobTree Tree(string finished, ImportManifest manifest) {
    File.WriteAllBytes(Path.Combine(finished, "manifest.json"), JsonSerializer.SerializeToUtf8Bytes(manifest, Form));
    return new(TreeOf(manifest.Number), finished);
  }

  private sealed record LiveImports(IReadOnlyList<int> Imports);
}

/// <summary>What one import is: written with it, never changed.</summary>
/// <param name="Sha256">Of the file as received, lower-case hex.</param>
/// <param name="Mapping">The version of the source's mapping it was read by.</param>
/// <param name="RowsIn">Rows of the file: one may carry records of two types, and say nothing of either.</param>
/// <param name="FirstDay">Of the event time of its accepted rows.</param>
/// <param name="Months">Months whose figures it touches: old and new values of changed rows, as first days.</param>
/// <param name="KeyRepeats">Keys that stand on more than one row of the file.</param>
internal sealed record ImportManifest(
  int Number, string Dataset, string Records, string Source, int Mapping, string FileName, string Sha256, DateTimeOffset ImportedAt, long RowsIn, long SetAside,
  DateOnly? FirstDay, DateOnly? LastDay, long New, long Changed, long Unchanged, long Withdrawn, long AgedOut, long KeyRepeats,
  IReadOnlyList<DateOnly> Months, IReadOnlyList<string> Said) {
  /// <summary>Typed rows in file order; <c>_reason</c> says why one is set aside.</summary>
  public const string Rows = "rows.parquet";
  /// <summary>(import, row) pairs that this import made no longer live.</summary>
  public const string Superseded = "superseded.parquet";
  /// <summary>Rows set aside: line, field, reason, the record.</summary>
  public const string Aside = "aside.csv";
}
