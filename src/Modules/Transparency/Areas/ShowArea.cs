using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;
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
    if (NotAWord.Page(area.Title, Urls.Area(area.Code), format) is { } valid) return valid;
    var data = await AreaData.ReadAsync(areas, area, ct);
    if (data.Rows().As(format, "area") is { } rows) return rows;
    var city = areas.Crime is { } crime ? await AreaData.CityAsync(crime, ct) : new Dictionary<string, Pair>();
    return Pages.Of<AreaPage, AreaModel>(Show(data, city, await settings.LoadAsync(ct)));
  }

  /// <param name="city">All crimes by area, for the small map.</param>
  internal static AreaModel Show(AreaData data, IReadOnlyDictionary<string, Pair> city, DepartmentSettings department) {
    var area = data.Area;
    var path = Urls.Area(area.Code);
    var today = data.IsEarlier ? null : data.Crime;
    return new() {
      Name = data.IsEarlier ? area.Code : area.Name ?? area.MapCode,
      Eyebrow = area.District is { } district ? T["place.eyebrow", district, area.MapCode] : T["place.eyebrow.code", area.MapCode],
      Lead = AreaWords.Summary(data),
      Facts = [.. Facts(area)],
      BoundaryNote = BoundaryNote(data),
      Map = today?.Edition is { Drawing: { } drawing } edition ? Map(edition, drawing, area, city) : null,
      Scores = data.IsEarlier ? null : Scores(data),
      Months = today is null ? null : Months(today),
      Types = today is { ByCategory.Count: > 0 } ? Types(today) : null,
      Years = data is { IsEarlier: true, Crime: { } earlier } ? Years(earlier) : null,
      Edition = Edition(data, path),
      Address = department.WebAddress is { } web ? web[(web.IndexOf("://", StringComparison.Ordinal) + 3)..] + path : null,
      Code = department.WebAddress is { } host ? ScanCode.Of(host + path) : null,
      PrintLines = PrintLines(data, department),
    };
  }

  private static IEnumerable<(string, Cell)> Facts(PublicArea area) {
    if (area.Population is { } people) yield return (T["place.residents"], Fmt.Number(people));
    if (area.Until is { } last) yield return (T["place.boundary"], T["place.held", Fmt.Date(last)]);
  }

  private static string? BoundaryNote(AreaData data) {
    if (data is { IsEarlier: true, Area.Until: { } last }) return T["place.boundary.earlier", Fmt.DateLong(last)];
    var usual = data.Crime is { } crime ? crime.Edition.Periods.Compare(crime.Compare.Now) : data.Times?.Asked.Compare;
    return usual?.Before is { } before && Since(data.Area) is { } from && from > before.From
      ? T["place.boundary.new", Fmt.DateLong(from), before.InWords] : null;
  }

  // the first map a department gives may hold "always"
  private static DateOnly? Since(PublicArea area) => area.From is { } from && from > DateOnly.MinValue ? from : null;

  private static MapModel Map(OpenEdition edition, MapDrawing drawing, PublicArea chosen, IReadOnlyDictionary<string, Pair> city) => new() {
    Title = T["places.map"], Per = T["per-1000"], Drawing = drawing, Chosen = chosen.MapCode,
    Areas = [.. edition.AreasInForce.Select(a => ListAreas.OnMap(edition, city, a))],
  };

  private static ScoreModel? Scores(AreaData data) {
    if ((data.Crime?.Compare ?? data.Times?.Asked.Compare) is not { } compare) return null;
    List<ScoreGroup> groups = [];
    if (data.Crime is { } crime) groups.Add(new(T["place.group.safety"], [.. crime.Measures.Select(CrimeRow)]));
    if (data.Times is { } times) {
      var calls = times.Asked.Compare.Now;
      groups.Add(new(calls == compare.Now ? T["place.group.calls"] : T["place.group.calls.of", calls.InWords], [.. TimeRows(times)]));
    }
    return new() {
      Caption = T["place.scores"], Groups = groups,
      Headings = [
        new(T["place.here"], compare.Now.Short, T["place.here"]),
        // the heading names the days even where an area's new boundary leaves nothing to put under it
        new(T["place.before"], (compare.Before ?? compare.Now.YearBefore).Short, T["place.before"]),
        new(T["place.city"], T["place.city.detail"], T["place.city.short"]),
      ],
      Note = Note(data),
    };
  }

  private static ScoreRow CrimeRow(Measured m) {
    var (verdict, words) = AreaWords.Reading(m.Count, m.CityAverage);
    var average = m.CityAverage is { } city ? Fmt.Number(city, 0) : Fmt.None;
    return new(T[$"place.measure.{m.Measure.Name}"], [Cell.Of(m.Count.Now), Cell.Of(m.Count.Before), average], verdict, words);
  }

  private static IEnumerable<ScoreRow> TimeRows(AreaTimes times) {
    var (now, before) = (times.Now, times.Before);
    yield return TimeRow(times, T["place.measure.half", times.Asked.Calls], f => f.Median!.Value, Pacing.OfMedians(now, before));
    yield return TimeRow(times, T["place.measure.ninth"], f => f.Ninth!.Value, Pacing.OfNinths(now, before));
  }

  private static ScoreRow TimeRow(AreaTimes times, string label, Func<ResponseFigure, double> time, Pace pace) {
    Cell Shown(ResponseFigure? figure) => figure.HasTime() ? Pacing.Write(time(figure!))
      : figure is { Calls: > 0 and < Pacing.FewestForTime } ? T["times.too-few"] : Fmt.None;
    Cell[] values = [Shown(times.Now), Shown(times.Before), Shown(times.City)];
    if (times.Now.IsTooOftenUnreached())
      return new(label, values, T["times.no-time"], T["times.no-time.why", times.Now!.NotReachedInWords()]);
    var calls = T.Count("place.calls", times.Now?.Calls ?? 0);
    if (!times.Now.HasTime()) return new(label, values, "", calls);
    if (pace == Pace.TooFew) return new(label, values, T["times.reading.TooFew"], calls);
    var longer = Math.Round(time(times.Now!)) - Math.Round(time(times.Before!));
    var change = longer == 0 ? "" : T[longer < 0 ? "place.less" : "place.longer", Pacing.Write(Math.Abs(longer))];
    return new(label, values, T[$"times.reading.{pace}"], $"{change} {calls}".Trim());
  }

  private static string Note(AreaData data) {
    List<string> notes = [];
    if (data is { Crime.Measures: [{ CityAverage: not null }, ..], Area.Population: { } people }) notes.Add(T["place.note.city", people]);
    if (data.Crime is not null) notes.Add(T["place.note.city-only"]);
    if (data.Crime?.Compare is { Before: not null } compare)
      notes.Add(T["place.note.days", compare.Now.Days - (compare.LeftOut is { } day && day == compare.Now.LeapDay ? 1 : 0)]);
    return string.Join(' ', notes);
  }

  private static TrendModel? Months(AreaCrime crime) {
    var year = crime.Compare.Now.To.Year;
    var withBefore = crime.Compare.Before is not null;
    var line = YearLine.Of(crime.Edition, T["crime.months.title"], year, month => crime.ByMonth.GetValueOrDefault(month), withBefore);
    return line is null ? null : line with { Note = YearLine.Incomplete(crime.Edition, year) };
  }

  private static BarTableModel Types(AreaCrime crime) {
    var (now, before) = (crime.Compare.Now, crime.Compare.Before);
    var reported = TypeTable.Categories.Where(c => crime.ByCategory.GetValueOrDefault(c.Code) is { Now: > 0 } or { Before: > 0 });
    return new() {
      Caption = T["crime.types"], RowsName = T["crime.type"],
      NowName = $"{now.To.Year}", BeforeName = before is { } then ? $"{then.To.Year}" : null,
      Says = Fmt.Capital(T[before is null ? "crime.types.says-alone" : "crime.types.says", now.InWords]),
      Groups = [new(null, [.. reported.Select(c => TypeRow(c, crime.ByCategory[c.Code]))])],
    };
  }

  // without its heading "Other" would not say of what
  private static BarRow TypeRow(CategoryCode category, Pair count) =>
    new(category.Code == "other-society" ? T["place.other-society"] : category.Label.Here, count.Now, count.Before) {
      IsOther = category.Code.StartsWith("other", StringComparison.Ordinal), Lang = category.Label.Lang,
    };

  private static DataTableModel Years(AreaCrime crime) {
    var years = crime.ByMonth.GroupBy(m => m.Key[..4]).OrderByDescending(y => y.Key, StringComparer.Ordinal)
      .Select(y => (Year: y.Key, Count: y.Sum(m => m.Value)));
    return new() {
      Caption = T["place.years"], Columns = [new(T["place.year"]), new(T["crime.count"], true)],
      Rows = [.. years.Select(y => new Row([y.Year, Cell.Of(y.Count)], Bar: y.Count))],
      Note = T["place.years.note", Fmt.Days(crime.Compare.Now.From, crime.Compare.Now.To)],
    };
  }

  private static EditionModel Edition(AreaData data, string path) => new() {
    Title = T["place.sources"],
    Facts = [.. Sources(data)],
    Downloads = [new("CSV", path + "?format=csv"), new("JSON", path + "?format=json")],
    Links = [(T["dictionary.name"], "/data/dictionary"), (T["editions.name"], "/data/editions")],
    CanPrint = false,
  };

  private static IEnumerable<(string, string)> Sources(AreaData data) {
    foreach (var edition in Editions(data)) yield return (edition.Dataset.Label.Here, Numbered(edition));
    if (data.Area.Population is not null) yield return (T["place.residents.source"], T["place.residents.map"]);
    if (Since(data.Area) is { } from) yield return (T["place.boundary"], T["place.since", Fmt.Date(from)]);
  }

  private static IEnumerable<OpenEdition> Editions(AreaData data) =>
    ((OpenEdition?[])[data.Crime?.Edition, data.Times?.Edition]).OfType<OpenEdition>();

  private static string Numbered(OpenEdition edition) =>
    T["place.edition", edition.Manifest.Number, Fmt.Date(DateOnly.FromDateTime(edition.Manifest.PublishedAt.UtcDateTime))];

  private static List<string> PrintLines(AreaData data, DepartmentSettings department) {
    var editions = Editions(data).Select(e => $"{e.Dataset.Label.Here}: {Numbered(e)}.");
    var phones = department.NonEmergencyPhone is { } calm ? T["place.print.phones", calm, department.EmergencyPhone]
      : T["place.print.phone", department.EmergencyPhone];
    return [phones, $"{department.FullName.Here}. {string.Join(' ', editions)}"];
  }
}
