using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Porchlight.Kernel.Storage;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>What disclosure control let out: a folder an edition, never changed. Knows nothing of <c>restricted/</c>.</summary>
internal sealed class PublishedStore(DataFolder folder) {
  internal static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

  /// <summary>All that public pages may open.</summary>
  public string Root => folder.Published;
  /// <summary>The folder of one edition.</summary>
  public string FolderOf(string dataset, int number) => Path.Combine(Root, dataset, "editions", number.ToString("D4", CultureInfo.InvariantCulture));

  /// <summary>An edition's manifest, or null where there is no such edition.</summary>
  public EditionManifest? Manifest(string dataset, int number) {
    var path = Path.Combine(FolderOf(dataset, number), EditionManifest.FileName);
    return File.Exists(path) ? JsonSerializer.Deserialize<EditionManifest>(File.ReadAllBytes(path), Form) : null;
  }

  /// <summary>Puts a finished edition in place: flush, rename, flush.</summary>
  public void Commit(string finished, string dataset, int number) {
    Disk.FlushTree(finished);
    var place = FolderOf(dataset, number);
    Directory.CreateDirectory(Path.GetDirectoryName(place)!);
    // a crash between this rename and the row in the database leaves a folder that no edition names: the next publication takes its place
    if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
    Directory.Move(finished, place);
    Disk.FlushFolder(Path.GetDirectoryName(place)!);
  }
}

/// <summary>What one edition is: period, counts, reason, and the SHA-256 of every file.</summary>
/// <param name="How">"published from the shell, no second person".</param>
/// <param name="CountedBy">The field whose day a row counts on.</param>
/// <param name="Sources">Whose records these are, and the last day each covers.</param>
/// <param name="Added">Rows that are new since the edition before; with <paramref name="Corrected"/> and <paramref name="Withdrawn"/>.</param>
/// <param name="LeftOut">Rows in none of the files, by why: <c>other-agency</c>, <c>void</c>; <c>sensitive</c> calls that are not among the counted.</param>
/// <param name="CityOnlyWithheld">Rows counted for the city only whose period has not closed or is under the threshold.</param>
/// <param name="Replaces">The edition before; null for the first.</param>
/// <param name="Maps">First days of the area maps it was placed by.</param>
/// <param name="Knowledge">A hash of everything but the rows that decides what they say: mappings, maps, protected addresses, the method.</param>
/// <param name="Imports">The live imports it was made from, by number.</param>
internal sealed record EditionManifest(
    string Dataset, int Number, int Amendment, DateTimeOffset PublishedAt, DateOnly From, DateOnly To, long Rows, string Reason, string How, string CountedBy,
    IReadOnlyList<RecordSource> Sources, long Added, long Corrected, long Withdrawn, IReadOnlyDictionary<string, long> LeftOut, long CityOnly, long CityOnlyWithheld,
    int? Replaces, IReadOnlyList<DateOnly> Maps, string Knowledge, IReadOnlyList<int> Imports, IReadOnlyList<EditionFile> Files) {
  public const string FileName = "manifest.json";
}

/// <summary>One source of an edition.</summary>
internal sealed record RecordSource(string Name, DateOnly From, DateOnly To, long Rows);
