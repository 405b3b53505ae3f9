using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Layout;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Home;

/// <summary><c>/</c>: the front page.</summary>
internal static class ShowHome {
  private static readonly Texts T = Texts.Of(typeof(ShowHome));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/", Get);

  private static async Task<IResult> Get(Shelf shelf, SettingStore settings, CancellationToken ct) {
    var department = await settings.LoadAsync(ct);
    return Pages.Of<HomePage, HomeModel>(Show(department.Name.Here, await Headline.AllAsync(shelf, ct)));
  }

  internal static HomeModel Show(string department, IReadOnlyList<Headline> headlines) {
    var areas = headlines.Select(h => h.Edition.AreasInForce).FirstOrDefault(a => a.Count > 0) ?? [];
    return new() {
      Lead = T["home.lead", department],
      Areas = [.. areas.OrderBy(a => a.Title, StringComparer.Ordinal).Select(a => new Option(a.Code, a.Title))],
      Doors = [.. Doors(headlines, areas.Count > 0)],
      FiguresTitle = Headline.CommonPeriod(headlines) is { } period ? Fmt.Capital(T["home.figures.of", period.InWords]) : T["home.figures"],
      Figures = Headline.Figures(headlines),
    };
  }

  // only what can be done here today
  private static IEnumerable<Door> Doors(IReadOnlyList<Headline> headlines, bool hasAreas) {
    if (headlines.Count > 0) {
      var topics = Fmt.List([.. headlines.Select(h => Small(h.Figure.Name))]);
      yield return new(T["home.door.numbers"], "/data", T["home.door.numbers.says", Fmt.Capital(topics)]);
    }
    if (hasAreas) yield return new(T["home.door.area"], "/data/areas", T["home.door.area.says"]);
    if (headlines.Count > 0) yield return new(T["home.door.check"], "/data/editions", T["home.door.check.says"]);
    else yield return new(T["dictionary.name"], "/data/dictionary", T["dictionary.lead"]);
  }

  private static string Small(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
