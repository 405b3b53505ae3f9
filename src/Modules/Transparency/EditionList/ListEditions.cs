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
      List<EditionWordsModel> editions = [];
      foreach (var edition in shown) editions.Add(InWords(edition, await published.ManifestAsync(edition.Dataset, edition.Number, ct)));
      datasets.Add(new(dataset.Name, dataset.Label.Here, dataset.Page, editions, new(page, pages, dataset.Name)));
    }
    return Pages.Of<EditionsPage, EditionsModel>(new(datasets));
  }

  /// <param name="manifest">Null where the edition's folder is gone: its row stays.</param>
  internal static EditionWordsModel InWords(Edition edition, EditionManifest? manifest) {
    var files = manifest is null ? [] : Files(edition, manifest);
    var title = T.Count("editions.files", files.Count, Fmt.FileSize(files.Sum(f => f.Bytes)));
    var amended = edition.Amendment > 0 ? T.Count("editions.amended", edition.Amendment) : null;
    return new(edition.Number, edition.IsPublic, [
      (T["edition.published"], Fmt.Date(DateOnly.FromDateTime(edition.PublishedAt.UtcDateTime))),
      (T["edition.covers"], Fmt.Days(edition.From, edition.To)),
      (T["editions.rows"], Cell.Of(edition.Rows)),
      (T["edition.changed"], manifest is null ? Fmt.None : Changed(manifest)),
    ], edition.Reason, T["edition.shell"], amended, edition.ManifestSha256, title, files);
  }

  private static string Changed(EditionManifest manifest) =>
    manifest.Replaces is null ? T["edition.first"] : T["edition.changes", manifest.Added, manifest.Corrected, manifest.Withdrawn];

  private static List<FileWords> Files(Edition edition, EditionManifest manifest) {
    string Href(string path) => Urls.EditionFile(edition.Dataset, edition.Number, edition.Amendment, path);
    var takeAway = manifest.Files.Where(f => ServeEditionFile.TypeOf(f.Path) is not null);
    return [
      new(EditionManifest.FileName, Href(EditionManifest.FileName), 0, edition.ManifestSha256),
      .. takeAway.Select(f => new FileWords(f.Path, Href(f.Path), f.Bytes, f.Sha256)),
    ];
  }
}
