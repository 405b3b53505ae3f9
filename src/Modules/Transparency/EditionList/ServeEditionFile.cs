using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Editions;

namespace Porchlight.Transparency.EditionList;

/// <summary>
/// <c>/data/incidents/editions/3/rows/2025-09.parquet</c>: a file of an edition. Only what the edition's manifest names is there; nothing
/// is looked up on the disk by an address.
/// </summary>
internal static class ServeEditionFile {
  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/{dataset}/editions/{number:int}/{**path}", Get);

  /// <summary>The content type of a file that is meant to be taken away; null for the roll-ups, which only cache the rows.</summary>
  public static string? TypeOf(string path) => Path.GetExtension(path) switch {
    ".json" => "application/json",
    ".parquet" => "application/vnd.apache.parquet",
    _ => null,
  };

  private static async Task<IResult> Get(
      string dataset, int number, string? path, int? amendment, HttpResponse response, TransparencyDb db, PublishedStore published,
      CancellationToken ct) {
    // a folder that no row names was never published
    var edition = await db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Dataset == dataset && e.Number == number, ct);
    if (edition is null || path is null || TypeOf(path) is not { } type) return Results.NotFound();
    // an earlier amendment's address leads to what is left of it; a later one there has never been
    if (amendment < 0 || amendment > edition.Amendment) return Results.NotFound();
    if (Sha256Of(path, edition, await published.ManifestAsync(dataset, number, ct)) is not { } sha256) return Results.NotFound();
    if (await published.FileAsync(dataset, number, path, ct) is not { } file) return Results.NotFound();
    // an edition's bytes never change but for removal by law, which raises its amendment: an address that names it may be kept for ever
    response.Headers.CacheControl = amendment == edition.Amendment ? "public, max-age=31536000, immutable" : "public, no-cache";
    return Results.File(file, type, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
  }

  private static string? Sha256Of(string path, Edition edition, EditionManifest? manifest) => path == EditionManifest.FileName
    ? (manifest is null ? null : edition.ManifestSha256) : manifest?.Files.FirstOrDefault(f => f.Path == path)?.Sha256;
}
