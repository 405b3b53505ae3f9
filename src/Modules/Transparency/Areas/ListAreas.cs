using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Transparency.Figures;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Areas;

/// <summary><c>/data/areas</c>: every area on a map and in a list; <c>?area=B12</c> leads to its page.</summary>
internal static class ListAreas {
  private static readonly Texts T = Texts.Of(typeof(ListAreas));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/areas", Get);

  private static async Task<IResult> Get(string? area, Shelf shelf, CancellationToken ct) {
    var areas = await AreaList.ReadAsync(shelf, ct);
    if (!string.IsNullOrWhiteSpace(area) && areas.Find(area) is { } found) return SeeOther.To(Urls.Area(found.Code));
    var crimes = areas.Crime is { } crime ? await AreaData.CityAsync(crime, ct) : new Dictionary<string, Pair>();
    return Pages.Of<AreasPage, AreasModel>(Show(areas, area, crimes));
  }

  /// <param name="crimes">Crimes of the year to date, by area; empty where none are published.</param>
  internal static AreasModel Show(AreaList areas, string? asked, IReadOnlyDictionary<string, Pair> crimes) => new() {
    EditionLine = areas.First is { } edition ? EditionWords.Line(edition) : null,
    Areas = [.. areas.InForce.OrderBy(a => a.Title, StringComparer.Ordinal).Select(a => new Option(a.Code, a.Title))],
    Unknown = string.IsNullOrWhiteSpace(asked) ? null : asked.Trim(),
    Map = areas.Crime is { Drawing: { } drawing } crime ? Map(crime, drawing, crimes) : null,
    List = areas.InForce.Count > 0 && areas.Crime?.Drawing is null ? List(areas, crimes) : null,
    Earlier = areas.Earlier.Count == 0 ? null : new() {
      Caption = T["areas.earlier"], Columns = [new(T["area"]), new(T["places.until"])],
      Rows = [.. areas.Earlier.OrderBy(a => a.Title, StringComparer.Ordinal)
        .Select(a => new Row([NameOf(a), a.Until is { } last ? Fmt.Date(last) : Fmt.None]))],
    },
  };

  private static MapModel Map(OpenEdition crime, MapDrawing drawing, IReadOnlyDictionary<string, Pair> crimes) => new() {
    Title = T["places.map"], Per = T["places.per", InWords(crime)], Drawing = drawing,
    RateName = T["per-1000.short"], RateAt = 2,
    Columns = [new(T["places.district"], NotOnPhone: true), new(T["places.residents"], true)],
    Areas = [.. crime.AreasInForce.Select(a => OnMap(crime, crimes, a) with { Cells = [a.District ?? Fmt.None, Cell.Of(a.Population)] })],
    Care = T["crime.map.care"],
  };

  private static string InWords(OpenEdition crime) => crime.Periods.ToDate.InWords;

  /// <summary>An area with its rate of crime, as a link to its page.</summary>
  internal static MapArea OnMap(OpenEdition crime, IReadOnlyDictionary<string, Pair> crimes, PublicArea area) {
    var rate = crime.Rate(crimes.GetValueOrDefault(area.Code).Now, area.Population);
    var state = rate is null ? AreaState.NoRate : AreaState.Rate;
    return new(area.MapCode, area.Name ?? area.MapCode, rate, state) { Href = Urls.Area(area.Code) };
  }

  private static DataTableModel List(AreaList areas, IReadOnlyDictionary<string, Pair> crimes) => new() {
    Caption = T["places.name"],
    Columns = [
      new(T["area"]), new(T["places.district"], NotOnPhone: true), new(T["places.residents"], true),
      .. areas.Crime is null ? Array.Empty<Column>() : [new Column(T["crime.count"], true)],
    ],
    Rows = [.. areas.InForce.OrderBy(a => a.Title, StringComparer.Ordinal).Select(a => new Row([
      NameOf(a), a.District ?? Fmt.None, Cell.Of(a.Population),
      .. areas.Crime is null ? Array.Empty<Cell>() : [Cell.Of(crimes.GetValueOrDefault(a.Code).Now)],
    ]))],
    Note = areas.Crime is { } crime ? $"{T["areas.no-map"]} {T["places.days", InWords(crime)]}"
      : areas.First?.Drawing is null ? T["areas.no-map"] : null,
  };

  private static Cell NameOf(PublicArea area) =>
    new(area.Name ?? area.MapCode) { Href = Urls.Area(area.Code), After = area.Name is null ? null : area.MapCode };
}
