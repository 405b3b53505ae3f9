using Microsoft.AspNetCore.WebUtilities;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Figures;

/// <summary>What every data page says of its edition, first and plainly.</summary>
internal static class EditionWords {
  private static readonly Texts T = Texts.Of(typeof(EditionWords));

  /// <summary>"Counted from police records on Oct 9. Old versions are kept."</summary>
  public static string Line(OpenEdition edition) => T["edition.line", Fmt.Date(Published(edition)), edition.Manifest.Number];

  /// <summary>The bar at the page's end: what it covers, what changed, how to cite it, files.</summary>
  /// <param name="path">The page: <c>/data/crime</c>.</param>
  /// <param name="query">What the reader asked, so that the files hold the same rows.</param>
  public static EditionModel Bar(OpenEdition edition, string department, string path, IEnumerable<KeyValuePair<string, string?>> query) {
    var manifest = edition.Manifest;
    var asked = query.ToList();
    string Rows(string format) => QueryHelpers.AddQueryString(path, asked.Append(new("format", format)));
    return new() {
      Facts = [
        (T["edition.number"], $"{manifest.Number}"), (T["edition.covers"], Fmt.Days(manifest.From, manifest.To)), (T["edition.published"], Fmt.Date(Published(edition))),
        .. manifest.Replaces is { } before ? [(T["edition.replaces"], T["edition.name", before])] : Array.Empty<(string, string)>(),
        (T["edition.changed"], manifest.Replaces is null ? T["edition.first"] : T["edition.changes", manifest.Added, manifest.Corrected, manifest.Withdrawn]),
        (T["edition.reason"], manifest.Reason), (T["edition.how"], T["edition.shell"]),
      ],
      Cite = T["edition.cite", department, edition.Dataset.Label.Here, manifest.Number, Fmt.DateLong(Published(edition))],
      Downloads = [new("CSV", Rows("csv")), new("JSON", Rows("json"))],
      Links = [(T["dictionary.name"], "/data/dictionary"), (T["editions.name"], "/data/editions")],
    };
  }

  private static DateOnly Published(OpenEdition edition) => DateOnly.FromDateTime(edition.Manifest.PublishedAt.UtcDateTime);
}
