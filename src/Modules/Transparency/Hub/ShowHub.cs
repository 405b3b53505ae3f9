using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Transparency.Figures;
using Porchlight.Ui;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Hub;

/// <summary><c>/data</c>: every published number with what it counts, what it leaves out and where it comes from.</summary>
internal static class ShowHub {
  private static readonly Texts T = Texts.Of(typeof(ShowHub));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data", Get);

  private static async Task<IResult> Get(Shelf shelf, CancellationToken ct) => Pages.Of<HubPage, HubModel>(Show(await Headline.AllAsync(shelf, ct)));

  internal static HubModel Show(IReadOnlyList<Headline> headlines) {
    var period = Headline.CommonPeriod(headlines);
    var lines = headlines.Where(h => h.Figure.Trend is not null).Select(h => (h.Figure.Trend!.NowName, h.Figure.Trend.BeforeName)).Distinct().ToList();
    return new(
      period is { } days ? T["hub.title.of", days.InWords] : T["hub.title"],
      // where periods differ, each figure says its own
      [.. headlines.Select(h => period is null ? h.Figure with { Compared = $"{Fmt.Capital(h.Compare.Now.InWords)}. {h.Figure.Compared}" } : h.Figure)],
      lines is [{ BeforeName: not null } one] ? one.NowName : null, lines is [var two] ? two.BeforeName : null, headlines.Any(h => h.Edition.AreasInForce.Count > 0));
  }
}
