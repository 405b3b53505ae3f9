using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Transparency.Figures;
using Porchlight.Ui;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Hub;

/// <summary><c>/data</c>: every published number with what it counts, what it leaves out and where it comes from.</summary>
internal static class ShowHub {
  private static readonly Texts T = Texts.Of(typeof(ShowHub));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data", Get);

  private static async Task<IResult> Get(Shelf shelf, CancellationToken ct) =>
    Pages.Of<HubPage, HubModel>(Show(await Headline.AllAsync(shelf, ct)));

  internal static HubModel Show(IReadOnlyList<Headline> headlines) {
    var period = Headline.CommonPeriod(headlines);
    // one key stands above all lines, so it needs them to be of the same two years
    var years = headlines.Select(h => h.Figure.Trend).OfType<TrendModel>().Select(t => (t.NowName, t.BeforeName)).Distinct().ToList();
    var key = years is [{ BeforeName: not null } one] ? one : default;
    return new(
      period is { } days ? T["hub.title.of", days.InWords] : T["hub.title"],
      Headline.Figures(headlines),
      key.NowName, key.BeforeName, headlines.Any(h => h.Edition.AreasInForce.Count > 0));
  }
}
