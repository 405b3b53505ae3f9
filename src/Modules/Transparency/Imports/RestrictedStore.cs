using System.Globalization;
using System.Text.Json;
using Porchlight.Kernel;
using Porchlight.Kernel.Storage;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// What was received for one dataset: a folder an import, and <c>current.json</c>, which lists the live ones in order and is replaced last,
/// by rename. What it does not list does not exist.
/// </summary>
internal sealed class RestrictedStore(DataFolder folder, string dataset) {
  private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };

  private string Root => Path.Combine(folder.Restricted, dataset);
  private string CurrentPath => Path.Combine(Root, "current.json");
  /// <summary>The folder of one import.</summary>
  public string FolderOf(int number) => Path.Combine(Root, "imports", number.ToString("D6", CultureInfo.InvariantCulture));
  /// <summary>The folder that live imports may be read from.</summary>
  public string ImportsRoot => Path.Combine(Root, "imports");
  /// <summary>Street addresses whose rows are counted for the city only, one a line (shelters are protected by law).</summary>
  public string ProtectedAddresses => Path.Combine(folder.Restricted, "protected-addresses.txt");

  /// <summary>One import or publication a dataset at a time, across processes. Refuses at once when another has it.</summary>
  public FileLock TakeTurn() {
    Directory.CreateDirectory(ImportsRoot);
    return FileLock.TryTake(Path.Combine(Root, "turn.lock"))
      ?? throw new RefusedException($"Another import or publication of {dataset} is going on. Wait until it has ended, then run this again.");
  }

  /// <summary>The live imports in order, oldest first.</summary>
  public IReadOnlyList<ImportManifest> Live() => File.Exists(CurrentPath)
    ? [.. JsonSerializer.Deserialize<Current>(File.ReadAllText(CurrentPath), Form)!.Imports.Select(Manifest)] : [];

  /// <summary>Bytes of the rows of some imports.</summary>
  public long SizeOf(IEnumerable<ImportManifest> imports) => imports.Sum(m => new FileInfo(Path.Combine(FolderOf(m.Number), ImportManifest.Rows)).Length);

  /// <summary>The number the next import gets: one more than any folder there is, so that nothing is ever written over.</summary>
  public int NextNumber() => Directory.Exists(ImportsRoot)
    ? Directory.EnumerateDirectories(ImportsRoot).Select(d => int.TryParse(Path.GetFileName(d), out var n) ? n : 0).DefaultIfEmpty().Max() + 1 : 1;

  /// <summary>Puts a finished import in place: its manifest, flush, rename. It counts for nothing before <see cref="List"/> names it.</summary>
  public void Place(string finished, ImportManifest manifest) {
    var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, Form);
    File.WriteAllBytes(Path.Combine(finished, "manifest.json"), bytes);
    Disk.FlushTree(finished);
    Directory.CreateDirectory(ImportsRoot);
    Directory.Move(finished, FolderOf(manifest.Number));
    Disk.FlushFolder(ImportsRoot);
  }

  /// <summary>Says which imports are live, in order: the last step of an import. A crash before it leaves the state before.</summary>
  public void List(IEnumerable<int> live) => Disk.Replace(CurrentPath, JsonSerializer.SerializeToUtf8Bytes(new Current([.. live]), Form));

  private ImportManifest Manifest(int number) =>
    JsonSerializer.Deserialize<ImportManifest>(File.ReadAllText(Path.Combine(FolderOf(number), "manifest.json")), Form)!;

  private sealed record Current(IReadOnlyList<int> Imports);
}

/// <summary>What one import is: written with it, never changed.</summary>
/// <param name="Sha256">Of the file as received, lower-case hex.</param>
/// <param name="Mapping">The version of the source's mapping it was read by.</param>
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
