using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Editions;
using Porchlight.Ui;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.EditionList;

/// <summary><c>/data/editions</c>: every edition there ever was, why it was made, what changed, and its files.</summary>
internal static class ListEditions {
  private const int OnePage = 10;
  private static readonly Texts T = Texts.Of(typeof(ListEditions));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/editions", Get);

  private static async Task<IResult> Get(HttpRequest request, TransparencyDb db, PublishedStore published, CancellationToken ct) {
    List<DatasetEditions> datasets = [];
    foreach (var dataset in Catalog.All) {
      var all = db.Editions.AsNoTracking().Where(e => e.Dataset == dataset.Name);
      if (await all.CountAsync(ct) is not (> 0 and var count)) continue;
      var pages = (count + OnePage - 1) / OnePage;
      var page = int.TryParse(request.Query[dataset.Name], out var asked) ? Math.Clamp(asked, 1, pages) : 1;
      var shown = await all.OrderByDescending(e => e.Number).Skip((page - 1) * OnePage).Take(OnePage).ToListAsync(ct);
      datasets.Add(new(dataset.Name, dataset.Label.Here, dataset.Page, [.. shown.Select(e => InWords(e, published.Manifest(e.Dataset, e.Number)))], new(page, pages, dataset.Name)));
    }
    return Pages.Of<EditionsPage, EditionsModel>(new(datasets));
  }

  /// <param name="manifest">Null where the edition's folder is gone: its row stays.</param>
  internal static EditionWordsModel InWords(Edition edition, EditionManifest? manifest) {
    IReadOnlyList<FileWords> files = manifest is null ? [] : [
      new(EditionManifest.FileName, Urls.EditionFile(edition.Dataset, edition.Number, edition.Amendment, EditionManifest.FileName), 0, edition.ManifestSha256),
      .. manifest.Files.Where(f => ServeEditionFile.TypeOf(f.Path) is not null).Select(f => new FileWords(f.Path, Urls.EditionFile(edition.Dataset, edition.Number, edition.Amendment, f.Path), f.Bytes, f.Sha256)),
    ];
    return new(edition.Number, edition.IsPublic, [
      (T["edition.published"], new(Fmt.Date(DateOnly.FromDateTime(edition.PublishedAt.UtcDateTime)))),
      (T["edition.covers"], new(Fmt.Days(edition.From, edition.To))),
      (T["editions.rows"], Cell.Of(edition.Rows)),
      (T["edition.changed"], new(manifest is null ? Fmt.None : manifest.Replaces is null ? T["edition.first"] : T["edition.changes", manifest.Added, manifest.Corrected, manifest.Withdrawn])),
    ], edition.Reason, T["edition.shell"], edition.Amendment > 0 ? T.Count("editions.amended", edition.Amendment) : null, edition.ManifestSha256,
      T.Count("editions.files", files.Count, Fmt.FileSize(files.Sum(f => f.Bytes))), files);
  }
}
