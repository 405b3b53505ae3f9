using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.ResponseTimes;
using Porchlight.Ui;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Parts;
using Porchlight.Ui.Scores;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Areas;

/// <summary><c>/data/areas/B12</c>: an area's scorecard, its months, its kinds of crime, on paper one page for the wall.</summary>
internal static class ShowArea {
  private static readonly Texts T = Texts.Of(typeof(ShowArea));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/areas/{code}", Get);

  private static async Task<IResult> Get(string code, string? format, Shelf shelf, SettingStore settings, CancellationToken ct) {
    var areas = await AreaList.ReadAsync(shelf, ct);
    if (areas.Find(code) is not { } area) return Results.NotFound();
    var data = await AreaData.ReadAsync(areas, area, ct);
    if (data.Rows().As(format, "area") is { } rows) return rows;
    var city = areas.Crime is { } crime ? await AreaData.CityAsync(crime, ct) : new Dictionary<string, Pair>();
    return Pages.Of<AreaPage, AreaModel>(Show(data, city, await settings.LoadAsync(ct)));
  }

  /// <param name="city">All crimes by area, for the small map.</param>
  internal static AreaModel Show(AreaData data, IReadOnlyDictionary<string, Pair> city, DepartmentSettings department) {
    var area = data.Area;
    var path = Urls.Area(area.Code);
    return new() {
      Name = data.IsEarlier ? area.Code : area.Name ?? area.MapCode,
      Eyebrow = area.District is { } district ? T["place.eyebrow", district, area.MapCode] : T["place.eyebrow.code", area.MapCode],
      Lead = AreaWords.Summary(data),
      Facts = [
        .. area.Population is { } people ? [(T["place.residents"], new Cell(Fmt.Number(people)))] : Array.Empty<(string, Cell)>(),
        .. area.Until is { } last ? [(T["place.boundary"], new Cell(T["place.held", Fmt.Date(last)]))] : Array.Empty<(string, Cell)>(),
      ],
      BoundaryNote = BoundaryNote(data),
      Map = !data.IsEarlier && data.Crime?.Edition is { Drawing: { } drawing } edition ? Map(edition, drawing, area, city) : null,
      Scores = data.IsEarlier ? null : Scores(data),
      Months = data.Crime is { } crime && !data.IsEarlier ? Months(crime) : null,
      Types = data.Crime is { ByCategory.Count: > 0 } kinds ? Types(kinds) : null,
      Years = data is { IsEarlier: true, Crime: { } earlier } ? Years(earlier) : null,
      Edition = Edition(data, path),
      Address = department.WebAddress is { } web ? WithoutScheme(web) + path : null,
      Code = department.WebAddress is { } host ? ScanCode.Of(host + path) : null,
      PrintLines = PrintLines(data, department),
    };
  }

  private static string? BoundaryNote(AreaData data) {
    if (data is { IsEarlier: true, Area.Until: { } last }) return T["place.boundary.earlier", Fmt.DateLong(last)];
    var asked = data.Crime is { } crime ? PeriodChoice.Compare(crime.Compare.Now, crime.Edition.Covered) : data.Times?.Asked.Compare;
    return asked?.Before is { } before && Since(data.Area) is { } from && from > before.From ? T["place.boundary.new", Fmt.DateLong(from), before.InWords] : null;
  }

  private static MapModel Map(OpenEdition edition, MapDrawing drawing, PublicArea chosen, IReadOnlyDictionary<string, Pair> city) => new() {
    Title = T["places.map"], Per = T["per-1000"], Drawing = drawing, Chosen = chosen.MapCode,
    Areas = [.. edition.AreasInForce.Select(a => edition.Rate(city.GetValueOrDefault(a.Code).Now, a.Population) is { } rate
      ? new MapArea(a.MapCode, a.Name ?? a.MapCode, rate) { Href = Urls.Area(a.Code) }
      : new MapArea(a.MapCode, a.Name ?? a.MapCode, null, AreaState.NoRate) { Href = Urls.Area(a.Code) })],
  };

  private static ScoreModel? Scores(AreaData data) {
    List<ScoreGroup> groups = [];
    var compare = data.Crime?.Compare ?? data.Times?.Asked.Compare;
    if (data.Crime is { Measures.Count: > 0 } crime) {
      groups.Add(new(T["place.group.safety"], [.. crime.Measures.Select(m => {
        var (verdict, words) = AreaWords.Reading(m.Count, m.CityAverage);
        return new ScoreRow(T[$"place.measure.{m.Measure.Name}"], [Cell.Of(m.Count.Now), Cell.Of(m.Count.Before), m.CityAverage is { } average ? Fmt.Number(average, 0) : Fmt.None], verdict, words);
      })]));
    }
    if (data.Times is { } times) groups.Add(Times(times, times.Asked.Compare.Now == compare?.Now ? T["place.group.calls"] : T["place.group.calls.of", times.Asked.Compare.Now.InWords]));
    if (groups.Count == 0 || compare is null) return null;
    return new() {
      Caption = T["place.scores"], Groups = groups,
      Headings = [
        new(T["place.here"], compare.Now.Short, T["place.here"]),
        new(T["place.before"], PeriodBefore(compare).Short, T["place.before"]),
        new(T["place.city"], T["place.city.detail"], T["place.city.short"]),
      ],
      Note = Note(data),
    };
  }

  // the first map a department gives may hold "always"
  private static DateOnly? Since(PublicArea area) => area.From is { } from && from > DateOnly.MinValue ? from : null;

  // the heading names the days even where an area's new boundary leaves nothing to put under it
  private static Period PeriodBefore(Comparison compare) => compare.Before ?? compare.Now.YearBefore;

  private static ScoreGroup Times(AreaTimes times, string name) {
    ScoreRow Row(string label, Func<ResponseFigure, double?> time, Pace pace) {
      string Shown(ResponseFigure? figure) => figure.HasTime() ? Pacing.Write(time(figure!)!.Value) : figure is { Calls: > 0 and < Pacing.FewestForTime } ? T["times.too-few"] : Fmt.None;
      var values = new Cell[] { Shown(times.Now), Shown(times.Before), Shown(times.City) };
      if (times.Now is { ShareNotReached: > 0.1 } far) return new(label, values, T["times.no-time"], T["times.no-time.why", Fmt.Percent((decimal)far.ShareNotReached)]);
      if (!times.Now.HasTime()) return new(label, values, "", T.Count("place.calls", times.Now?.Calls ?? 0));
      var calls = T.Count("place.calls", times.Now!.Calls);
      var verdict = T[$"times.reading.{pace}"];
      if (pace == Pace.TooFew) return new(label, values, verdict, calls);
      var (now, before) = (Math.Round(time(times.Now)!.Value), Math.Round(time(times.Before!)!.Value));
      return new(label, values, verdict, now == before ? calls : $"{T[now < before ? "place.less" : "place.longer", Pacing.Write(Math.Abs(now - before))]} {calls}");
    }
    return new(name, [
      Row(T["place.measure.half", times.Asked.Calls], f => f.Median, Pacing.OfMedians(times.Now, times.Before)),
      Row(T["place.measure.ninth"], f => f.Ninth, Pacing.OfNinths(times.Now, times.Before)),
    ]);
  }

  private static string Note(AreaData data) {
    List<string> notes = [];
    if (data.Crime is { Measures: [{ CityAverage: not null }, ..] } && data.Area.Population is { } people) notes.Add(T["place.note.city", people]);
    if (data.Crime is not null) notes.Add(T["place.note.city-only"]);
    if (data.Crime?.Compare is { Before: not null } compare) notes.Add(T["place.note.days", compare.Now.Days - (compare.LeftOut == compare.Now.LeapDay && compare.LeftOut is not null ? 1 : 0)]);
    return string.Join(' ', notes);
  }

  private static TrendModel Months(AreaCrime crime) {
    var (edition, year) = (crime.Edition, crime.Compare.Now.To.Year);
    decimal?[] Of(int y) => [.. Enumerable.Range(1, 12).Select(m => edition.HasWholeMonth(y, m) ? crime.ByMonth.GetValueOrDefault($"{y:0000}-{m:00}") : (decimal?)null)];
    var before = crime.Compare.Before is null ? null : Of(year - 1);
    var model = TrendModel.OfYear(T["crime.months.title"], year, Of(year), before?.Any(v => v is not null) == true ? before : null);
    return edition.IsMonthIncomplete(year) ? model with { Note = T["months.incomplete", Fmt.DateLong(edition.Manifest.To)] } : model;
  }

  private static BarTableModel Types(AreaCrime crime) {
    var asked = crime.Compare;
    return new() {
      Caption = T["crime.types"], RowsName = T["crime.type"], NowName = $"{asked.Now.To.Year}", BeforeName = asked.Before is { } before ? $"{before.To.Year}" : null,
      Says = asked.Before is null ? T["crime.types.says-alone", asked.Now.InWords] : T["crime.types.says", asked.Now.InWords],
      Groups = [new(null, [.. TypeTable.Categories.Where(c => crime.ByCategory.TryGetValue(c.Code, out var p) && p.Now + (p.Before ?? 0) > 0).Select(c => new BarRow(c.Code == "other-society" ? T["place.other-society"] : c.Label.Here, crime.ByCategory[c.Code].Now, crime.ByCategory[c.Code].Before) {
        IsOther = c.Code.StartsWith("other", StringComparison.Ordinal), Lang = c.Label.Lang,
      })])],
    };
  }

  private static DataTableModel Years(AreaCrime crime) => new() {
    Caption = T["place.years"], Columns = [new(T["place.year"]), new(T["crime.count"], true)],
    Rows = [.. crime.ByMonth.GroupBy(m => m.Key[..4]).OrderByDescending(y => y.Key, StringComparer.Ordinal).Select(y => new Row([y.Key, Cell.Of(y.Sum(m => m.Value))], Bar: y.Sum(m => m.Value)))],
    Note = T["place.years.note", Fmt.Days(crime.Compare.Now.From, crime.Compare.Now.To)],
  };

  private static EditionModel Edition(AreaData data, string path) => new() {
    Title = T["place.sources"],
    Facts = [.. Editions(data).Select(e => (e.Dataset.Label.Here, Numbered(e))), .. data.Area.Population is null ? Array.Empty<(string, string)>() : [(T["place.residents.source"], T["place.residents.map"])],
      .. Since(data.Area) is { } from ? [(T["place.boundary"], T["place.since", Fmt.Date(from)])] : Array.Empty<(string, string)>()],
    Downloads = [new("CSV", path + "?format=csv"), new("JSON", path + "?format=json")],
    Links = [(T["dictionary.name"], "/data/dictionary"), (T["editions.name"], "/data/editions")],
    CanPrint = false,
  };

  private static IEnumerable<OpenEdition> Editions(AreaData data) => ((OpenEdition?[])[data.Crime?.Edition, data.Times?.Edition]).OfType<OpenEdition>();
  private static string Numbered(OpenEdition edition) => T["place.edition", edition.Manifest.Number, Fmt.Date(DateOnly.FromDateTime(edition.Manifest.PublishedAt.UtcDateTime))];

  private static List<string> PrintLines(AreaData data, DepartmentSettings department) => [
    department.NonEmergencyPhone is { } calm ? T["place.print.phones", calm, department.EmergencyPhone] : T["place.print.phone", department.EmergencyPhone],
    $"{department.FullName.Here}. {string.Join(' ', Editions(data).Select(e => $"{e.Dataset.Label.Here}: {Numbered(e)}."))}",
  ];

  private static string WithoutScheme(string address) => address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..];
}
