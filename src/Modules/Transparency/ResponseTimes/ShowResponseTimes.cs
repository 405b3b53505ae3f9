using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;
using Porchlight.Ui;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Scores;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.ResponseTimes;

/// <summary><c>/data/response-times</c>: how long people waited, by priority, by month and by area, against the same days a year before.</summary>
internal static class ShowResponseTimes {
  private const string Path = "/data/response-times";
  private static readonly Texts T = Texts.Of(typeof(ShowResponseTimes));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet(Path, Get);

  private static async Task<IResult> Get(string? period, string? area, string? priority, string? format, Shelf shelf, SettingStore settings, CancellationToken ct) {
    if (await shelf.CurrentAsync("calls", ct) is not { } edition) return NotPublished.Page(T["times.name"]);
    var asked = new AskedTimes(edition, period, area, priority);
    var data = await ResponseData.ReadAsync(edition, asked, ct);
    return data.Rows().As(format, "response_times") ?? Pages.Of<ResponsePage, ResponseModel>(Show(edition, (await settings.LoadAsync(ct)).FullName.Here, data));
  }

  internal static ResponseModel Show(OpenEdition edition, string department, ResponseData data) {
    var asked = data.Asked;
    var rated = asked.Area is null && data.Areas.Values.Any(f => f.HasTime());
    return new() {
      Title = Headline(data),
      Lead = Lead(data),
      EditionLine = EditionWords.Line(edition),
      Periods = [.. PeriodChoice.All(edition.Covered).Select(p => new Option(p.Word, p.Period.Short))],
      Period = asked.PeriodWord,
      Areas = [new("", T["filter.whole-city"]), .. edition.AreasInForce.Select(a => new Option(a.Code, a.Title))],
      Area = asked.Area ?? "",
      Priorities = [.. edition.Priorities.Select((p, at) => new Option(p.Code, at == 0 ? T["times.priority.urgent", AskedTimes.Named(p.Label.Here)] : AskedTimes.Named(p.Label.Here)))],
      Priority = asked.Priority ?? "",
      ByPriority = ByPriority(edition, data),
      Months = Months(edition, data),
      AreasSay = T["times.areas.says", asked.Calls, asked.Compare.Now.InWords],
      Map = rated && edition.Drawing is { } drawing ? Map(edition, data, drawing) : null,
      AreaTable = rated && edition.Drawing is null ? AreaTable(edition, data) : null,
      Beside = Beside(data),
      Edition = EditionWords.Bar(edition, department, Path, asked.Query),
    };
  }

  private static string Headline(ResponseData data) {
    var (asked, period) = (data.Asked, data.Asked.Compare.Now.InWords);
    if (data.Headline is not { } figure || figure.Calls + figure.NotReached == 0) return T["times.headline.none", asked.Calls, period, asked.Place];
    if (figure.HasTime()) return T["times.headline", asked.Calls, period, asked.Place, Pacing.InSentence(figure.Median!.Value)];
    return figure.ShareNotReached > 0.1 ? T["times.headline.unreached", asked.Calls, period, asked.Place, Fmt.Percent((decimal)figure.ShareNotReached)]
      : T["times.headline.few", asked.Calls, period, asked.Place, figure.Calls];
  }

  private static string Lead(ResponseData data) {
    if (data.Headline is not { } figure || figure.Calls + figure.NotReached == 0) return T["times.lead.none"];
    if (!figure.HasTime()) return figure.ShareNotReached > 0.1 ? T["times.lead.unreached"] : T["times.lead.few", Pacing.FewestForTime];
    return $"{T["times.lead.ninth", Pacing.InSentence(figure.Ninth!.Value)]} {Compared(data)} {Reached(figure)}";
  }

  private static string Compared(ResponseData data) {
    if (data.Asked.Compare.Before is not { } before) return T["times.lead.alone"];
    var pace = Pacing.OfMedians(data.Headline, data.HeadlineBefore);
    return pace == Pace.TooFew ? T["times.lead.TooFew", before.InWords] : T[$"times.lead.{pace}", before.InWords, Pacing.InSentence(data.HeadlineBefore!.Median!.Value)];
  }

  private static string Reached(ResponseFigure figure) => figure.NotReached == 0 ? T["times.lead.all-reached", figure.Calls]
    : T["times.lead.reached", figure.Calls, figure.NotReached, Fmt.Percent((decimal)figure.ShareNotReached)];

  private static ScoreModel ByPriority(OpenEdition edition, ResponseData data) {
    var known = edition.Priorities.Select(p => (p.Code, Name: AskedTimes.Named(p.Label.Here)));
    var groups = known.Append((Code: "", Name: edition.Priorities.Count == 0 ? Fmt.Capital(T["times.calls.all"]) : T["times.priority.unknown"]))
      .Where(p => data.Now.TryGetValue((ResponseData.Whole, p.Code), out var f) && f.Calls + f.NotReached > 0)
      .Select(p => Group(edition, data, p.Code, p.Name));
    return new() {
      Caption = T["times.priorities"],
      Headings = [new(T["times.half"]), new(T["times.ninth"]), new(T["times.calls"])],
      Groups = [.. groups],
      Note = T["times.priorities.note", Pacing.FewestForTime],
    };
  }

  private static ScoreGroup Group(OpenEdition edition, ResponseData data, string priority, string name) {
    var whole = data.Now[(ResponseData.Whole, priority)];
    return new(T["times.priority.group", name, Fmt.Percent((decimal)whole.ShareNotReached)], [.. edition.Dataset.Intervals.Select(interval => {
      var now = data.Now.GetValueOrDefault((interval.Name, priority));
      return TimeRow(interval.Label.Here, whole.ShareNotReached, now, data.Before.GetValueOrDefault((interval.Name, priority)));
    })]);
  }

  private static ScoreRow TimeRow(string label, double notReached, ResponseFigure? now, ResponseFigure? before) {
    var calls = Cell.Of(now?.Calls ?? 0);
    if (notReached > 0.1) return new(label, [Fmt.None, Fmt.None, calls], T["times.no-time"], T["times.no-time.why", Fmt.Percent((decimal)notReached)]);
    if (!now.HasTime()) return new(label, [T["times.too-few"], T["times.too-few"], calls], "", "");
    var (verdict, words) = Reading(Pacing.OfMedians(now, before), now!.Median, before?.Median);
    return new(label, [Pacing.Write(now.Median!.Value), Pacing.Write(now.Ninth!.Value), calls], verdict, words);
  }

  private static (string Verdict, string Words) Reading(Pace pace, double? now, double? before) => pace == Pace.TooFew || now is not { } a || before is not { } b
    ? (T["times.reading.TooFew"], T["times.reading.TooFew.words"])
    : (T[$"times.reading.{pace}"], Math.Round(a) == Math.Round(b) ? T["times.reading.equal"] : T[a < b ? "times.reading.less" : "times.reading.more", Pacing.Write(Math.Abs(Math.Round(a) - Math.Round(b)))]);

  private static TrendModel? Months(OpenEdition edition, ResponseData data) {
    var year = data.Asked.Compare.Now.To.Year;
    decimal?[] Of(int y) => [.. Enumerable.Range(1, 12).Select(m => edition.HasWholeMonth(y, m) && data.Months.GetValueOrDefault($"{y:0000}-{m:00}") is var f && f.HasTime() ? (decimal?)f!.Median : null)];
    var (now, before) = (Of(year), Of(year - 1));
    if (now.All(v => v is null) && before.All(v => v is null)) return null;
    return TrendModel.OfYear(T["times.months.title", data.Asked.Calls], year, now, before.Any(v => v is not null) ? before : null, Unit.Seconds) with {
      Note = edition.IsMonthIncomplete(year) ? $"{T["times.months.note"]} {T["months.incomplete", Fmt.DateLong(edition.Manifest.To)]}" : T["times.months.note"],
    };
  }

  private static (ResponseFigure? Now, ResponseFigure? Before) OfArea(OpenEdition edition, ResponseData data, PublicArea area) =>
    (data.Areas.GetValueOrDefault(area.Code), edition.Comparable(area, data.Asked.Compare) ? data.AreasBefore.GetValueOrDefault(area.Code) : null);

  private static string Word(ResponseFigure? now, ResponseFigure? before) => !now.HasTime() ? Fmt.None
    : Pacing.OfMedians(now, before) is var pace && pace == Pace.TooFew ? Fmt.None : T[$"times.word.{pace}"];

  private static MapModel Map(OpenEdition edition, ResponseData data, MapDrawing drawing) {
    var city = data.Headline;
    return new() {
      Title = T["times.map.title"], Per = T["times.map.per", data.Asked.Calls], Drawing = drawing, RateName = T["times.half"], RateAt = 0, Unit = Unit.Seconds,
      TableTitle = T["times.map.table"], NoRateKey = T["times.map.none"], NoRateWord = T["times.map.none.word"],
      Columns = [new(T["times.calls"], true), new(T["times.year-before"], NotOnPhone: true)],
      Areas = [.. edition.AreasInForce.Select(a => {
        var (now, before) = OfArea(edition, data, a);
        return new MapArea(a.MapCode, a.Name ?? a.MapCode, now.HasTime() ? (decimal)now!.Median!.Value : null, now.HasTime() ? AreaState.Rate : AreaState.NoRate) {
          Href = Urls.Area(a.Code), Cells = [Cell.Of(now?.Calls ?? 0), new(Word(now, before)) { Soft = true }],
        };
      })],
      WholeCity = city is null ? null : new([T["filter.whole-city"], city.HasTime() ? Pacing.Write(city.Median!.Value) : Fmt.None, Cell.Of(city.Calls), Word(city, data.HeadlineBefore)], RowKind.Whole),
    };
  }

  private static DataTableModel AreaTable(OpenEdition edition, ResponseData data) => new() {
    Caption = T["times.map.title"],
    Columns = [new(T["area"]), new(T["times.half"], true), new(T["times.ninth"], true), new(T["times.calls"], true, NotOnPhone: true)],
    Rows = [.. edition.AreasInForce.Where(a => data.Areas.ContainsKey(a.Code)).OrderByDescending(a => data.Areas[a.Code].HasTime() ? data.Areas[a.Code].Median : -1).Select(a => {
      var figure = data.Areas[a.Code];
      var name = new Cell(a.Title) { Href = Urls.Area(a.Code) };
      return figure.HasTime() ? new Row([name, Pacing.Write(figure.Median!.Value), Pacing.Write(figure.Ninth!.Value), Cell.Of(figure.Calls)])
        : new Row([name, figure.ShareNotReached > 0.1 ? Fmt.None : T["times.too-few"], Fmt.None, Cell.Of(figure.Calls)]);
    })],
    Note = T["times.areas.note", Pacing.FewestForTime],
  };

  private static List<string> Beside(ResponseData data) {
    List<string> lines = [T["times.beside.own"]];
    if (data.Headline is { } f) {
      foreach (var (key, count) in ((string, long)[])[("not-reached", f.NotReached), ("on-view", f.OnView), ("other-agency", f.OtherAgency), ("open", f.Open), ("cancelled", f.Cancelled),
          ("missing", f.Missing), ("negative", f.Negative)])
        if (count > 0) lines.Add(T.Count($"times.beside.{key}", count));
    }
    if (data.CityOnly > 0) lines.Add(T.Count("times.beside.city-only", data.CityOnly));
    lines.Add(T["times.beside.first"]);
    return lines;
  }
}
