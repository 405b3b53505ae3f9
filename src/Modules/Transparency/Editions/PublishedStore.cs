using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Blobs;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>What disclosure control let out: a tree an edition, never changed. Knows nothing of <c>restricted/</c>.</summary>
internal sealed class PublishedStore([FromKeyedServices(BlobPlace.Published)] IBlobs blobs) {
  internal static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

  /// <summary>All that public pages may open.</summary>
  public string Root => blobs.Root;
  /// <summary>The folder of an edition that was fetched.</summary>
  public string FolderOf(string dataset, int number) => Path.Combine(Root, TreeOf(dataset, number));

  /// <summary>The folder of one edition with all its files on this machine, or null where there is no such edition.</summary>
  public Task<string?> FetchAsync(string dataset, int number, CancellationToken ct) => blobs.TreeAsync(TreeOf(dataset, number), ct);

  /// <summary>One file of an edition on this machine, or null where it has none of that name.</summary>
  public Task<string?> FileAsync(string dataset, int number, string path, CancellationToken ct) => blobs.FileAsync(TreeOf(dataset, number), path, ct);

  /// <summary>An edition's manifest, or null where there is no such edition.</summary>
  public async Task<EditionManifest?> ManifestAsync(string dataset, int number, CancellationToken ct) =>
    await FileAsync(dataset, number, EditionManifest.FileName, ct) is { } path ? JsonSerializer.Deserialize<EditionManifest>(await File.ReadAllBytesAsync(path, ct), Form) : null;

  /// <summary>Puts a finished edition in place and saves the row that makes it public: before, or in one transaction.</summary>
  public Task SaveAsync(TransparencyDb db, string finished, string dataset, int number, CancellationToken ct) => db.SaveAsync(blobs, new(TreeOf(dataset, number), finished), null, ct);

  private static string TreeOf(string dataset, int number) => $"{dataset}/editions/{number.ToString("D4", CultureInfo.InvariantCulture)}";
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
