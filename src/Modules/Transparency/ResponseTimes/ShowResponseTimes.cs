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

/// <summary>
/// <c>/data/response-times</c>: how long people waited, by priority, by month and by area, against the same days a year before.
/// </summary>
internal static class ShowResponseTimes {
  private const string Path = "/data/response-times";
  private static readonly Texts T = Texts.Of(typeof(ShowResponseTimes));

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet(Path, Get);

  private static async Task<IResult> Get(
      string? period, string? area, string? priority, string? format, Shelf shelf, SettingStore settings, CancellationToken ct) {
    if (await shelf.CurrentAsync("calls", ct) is not { } edition) return NotPublished.Page(T["times.name"]);
    var asked = new AskedTimes(edition, period, area, priority);
    if (asked.IsUnknown) return TypedResults.NotFound();
    if (NotAWord.Page(T["times.name"], Path, format, asked.IsUnknownPeriod ? edition.Periods : null) is { } valid) return valid;
    var data = await ResponseData.ReadAsync(edition, asked, ct);
    if (data.Rows().As(format, "response_times") is { } rows) return rows;
    return Pages.Of<ResponsePage, ResponseModel>(Show(edition, (await settings.LoadAsync(ct)).FullName.Here, data));
  }

  internal static ResponseModel Show(OpenEdition edition, string department, ResponseData data) {
    var asked = data.Asked;
    var rated = asked.Area is null && data.Areas.Values.Any(f => f.HasTime());
    return new() {
      Title = Headline(data),
      Lead = Lead(data),
      EditionLine = EditionWords.Line(edition),
      Periods = [.. edition.Periods.All().Select(p => new Option(p.Word, p.Period.Short))],
      Period = asked.PeriodWord,
      Areas = [new("", T["filter.whole-city"]), .. edition.AreasInForce.Select(a => new Option(a.Code, a.Title))],
      Area = asked.Area ?? "",
      Priorities = [.. edition.Priorities.Select((p, at) => new Option(p.Code, Choice(p.Label.Here, isMostUrgent: at == 0)))],
      Priority = asked.Priority ?? "",
      ByPriority = ByPriority(edition, data),
      Months = Months(edition, data),
      AreasSay = T["times.areas.says", asked.Calls, asked.Compare.Now.InWords],
      Map = rated && edition.Drawing is { } drawing ? Map(edition, data, drawing) : null,
      AreaTable = rated && edition.Drawing is null ? AreaTable(edition, data) : null,
      Beside = Beside(edition, data),
      Edition = EditionWords.Bar(edition, department, Path, asked.Query),
    };
  }

  private static string Choice(string label, bool isMostUrgent) =>
    isMostUrgent ? T["times.priority.urgent", AskedTimes.Named(label)] : AskedTimes.Named(label);

  private static string Headline(ResponseData data) {
    var (calls, period, place) = (data.Asked.Calls, data.Asked.Compare.Now.InWords, data.Asked.Place);
    if (data.Headline is not { } figure || figure.Calls + figure.NotReached == 0) return T["times.headline.none", calls, period, place];
    if (figure.HasTime()) return T["times.headline", calls, period, place, Pacing.InSentence(figure.Median!.Value)];
    return figure.IsTooOftenUnreached() ? T["times.headline.unreached", calls, period, place, figure.NotReachedInWords()]
      : T["times.headline.few", calls, period, place, figure.Calls];
  }

  private static string Lead(ResponseData data) {
    if (data.Headline is not { } figure || figure.Calls + figure.NotReached == 0) return T["times.lead.none"];
    if (figure.HasTime()) return $"{T["times.lead.ninth", Pacing.InSentence(figure.Ninth!.Value)]} {Compared(data)} {Reached(figure)}";
    return figure.IsTooOftenUnreached() ? T["times.lead.unreached"] : T["times.lead.few", Pacing.FewestForTime];
  }

  private static string Compared(ResponseData data) {
    if (data.Asked.Compare.Before is not { } before) return T["times.lead.alone"];
    var pace = Pacing.OfMedians(data.Headline, data.HeadlineBefore);
    return pace == Pace.TooFew ? T["times.lead.TooFew", before.InWords]
      : T[$"times.lead.{pace}", before.InWords, Pacing.InSentence(data.HeadlineBefore!.Median!.Value)];
  }

  private static string Reached(ResponseFigure figure) => figure.NotReached == 0 ? T["times.lead.all-reached", figure.Calls]
    : T["times.lead.reached", figure.Calls, figure.NotReached, figure.NotReachedInWords()];

  private static ScoreModel ByPriority(OpenEdition edition, ResponseData data) {
    var unknown = edition.Priorities.Count == 0 ? Fmt.Capital(T["times.calls.all"]) : T["times.priority.unknown"];
    var groups = edition.Priorities.Select(p => (p.Code, Name: AskedTimes.Named(p.Label.Here))).Append((Code: "", Name: unknown))
      .Where(p => data.Now.GetValueOrDefault((ResponseData.Whole, p.Code)) is { } f && f.Calls + f.NotReached > 0);
    return new() {
      Caption = T["times.priorities"],
      Headings = [new(T["times.half"]), new(T["times.ninth"]), new(T["times.calls"])],
      Groups = [.. groups.Select(p => Group(edition, data, p.Code, p.Name))],
      Note = T["times.priorities.note", Pacing.FewestForTime],
    };
  }

  private static ScoreGroup Group(OpenEdition edition, ResponseData data, string priority, string name) {
    var whole = data.Now[(ResponseData.Whole, priority)];
    var rows = edition.Dataset.Intervals.Select(interval => (Label: interval.Label.Here, Key: (interval.Name, priority)))
      .Select(i => TimeRow(i.Label, whole, data.Now.GetValueOrDefault(i.Key), data.Before.GetValueOrDefault(i.Key)));
    return new(T["times.priority.group", name, whole.NotReachedInWords()], [.. rows]);
  }

  // whether officers came at all is asked of the whole time, for each of its parts
  private static ScoreRow TimeRow(string label, ResponseFigure whole, ResponseFigure? now, ResponseFigure? before) {
    var calls = Cell.Of(now?.Calls ?? 0);
    if (whole.IsTooOftenUnreached())
      return new(label, [Fmt.None, Fmt.None, calls], T["times.no-time"], T["times.no-time.why", whole.NotReachedInWords()]);
    if (!now.HasTime()) return new(label, [T["times.too-few"], T["times.too-few"], calls], "", "");
    var (verdict, words) = Reading(now!, before);
    return new(label, [Pacing.Write(now!.Median!.Value), Pacing.Write(now.Ninth!.Value), calls], verdict, words);
  }

  private static (string Verdict, string Words) Reading(ResponseFigure now, ResponseFigure? before) {
    var pace = Pacing.OfMedians(now, before);
    if (pace == Pace.TooFew) return (T["times.reading.TooFew"], T["times.reading.TooFew.words"]);
    var longer = Math.Round(now.Median!.Value) - Math.Round(before!.Median!.Value);
    return (T[$"times.reading.{pace}"], longer == 0 ? T["times.reading.equal"]
      : T[longer < 0 ? "times.reading.less" : "times.reading.more", Pacing.Write(Math.Abs(longer))]);
  }

  private static TrendModel? Months(OpenEdition edition, ResponseData data) {
    var year = data.Asked.Compare.Now.To.Year;
    decimal? Median(string month) => data.Months.GetValueOrDefault(month) is var f && f.HasTime() ? (decimal)f!.Median!.Value : null;
    var line = YearLine.Of(edition, T["times.months.title", data.Asked.Calls], year, Median, unit: Unit.Seconds);
    return line is null ? null : line with { Note = $"{T["times.months.note"]} {YearLine.Incomplete(edition, year)}".Trim() };
  }

  private static MapModel Map(OpenEdition edition, ResponseData data, MapDrawing drawing) => new() {
    Title = T["times.map.title"], Per = T["times.map.per", data.Asked.Calls], Drawing = drawing, Unit = Unit.Seconds,
    RateName = T["times.half"], RateAt = 0, TableTitle = T["times.map.table"],
    NoRateKey = T["times.map.none"], NoRateWord = T["times.map.none.word"],
    Columns = [new(T["times.calls"], true), new(T["times.year-before"], NotOnPhone: true)],
    Areas = [.. edition.AreasInForce.Select(a => OnMap(edition, data, a))],
    WholeCity = data.Headline is not { } city ? null
      : new([T["filter.whole-city"], Median(city), Cell.Of(city.Calls), Word(city, data.HeadlineBefore)], RowKind.Whole),
  };

  private static string Median(ResponseFigure figure) => figure.HasTime() ? Pacing.Write(figure.Median!.Value) : Fmt.None;

  private static MapArea OnMap(OpenEdition edition, ResponseData data, PublicArea area) {
    var now = data.Areas.GetValueOrDefault(area.Code);
    var before = edition.Comparable(area, data.Asked.Compare) ? data.AreasBefore.GetValueOrDefault(area.Code) : null;
    var cells = new Cell[] { Cell.Of(now?.Calls ?? 0), new(Word(now, before)) { Soft = true } };
    return (now.HasTime() ? new MapArea(area.MapCode, area.Name ?? area.MapCode, (decimal)now!.Median!.Value)
      : new MapArea(area.MapCode, area.Name ?? area.MapCode, null, AreaState.NoRate)) with { Href = Urls.Area(area.Code), Cells = cells };
  }

  private static string Word(ResponseFigure? now, ResponseFigure? before) {
    var pace = Pacing.OfMedians(now, before);
    return pace == Pace.TooFew ? Fmt.None : T[$"times.word.{pace}"];
  }

  private static DataTableModel AreaTable(OpenEdition edition, ResponseData data) => new() {
    Caption = T["times.map.title"],
    Columns = [new(T["area"]), new(T["times.half"], true), new(T["times.ninth"], true), new(T["times.calls"], true, NotOnPhone: true)],
    Rows = [.. edition.AreasInForce.Where(a => data.Areas.ContainsKey(a.Code)).Select(a => (Area: a, Figure: data.Areas[a.Code]))
      .OrderByDescending(a => a.Figure.HasTime() ? a.Figure.Median : -1).Select(a => InTable(a.Area, a.Figure))],
    Note = T["times.areas.note", Pacing.FewestForTime],
  };

  private static Row InTable(PublicArea area, ResponseFigure figure) {
    var (name, calls) = (new Cell(area.Title) { Href = Urls.Area(area.Code) }, Cell.Of(figure.Calls));
    return figure.HasTime() ? new([name, Pacing.Write(figure.Median!.Value), Pacing.Write(figure.Ninth!.Value), calls])
      : new([name, figure.IsTooOftenUnreached() ? Fmt.None : T["times.too-few"], Fmt.None, calls]);
  }

  private static List<string> Beside(OpenEdition edition, ResponseData data) {
    List<string> lines = [T["times.beside.own"]];
    void Count(string why, long calls) {
      if (calls > 0) lines.Add(T.Count($"times.beside.{why}", calls));
    }
    if (data.Headline is { } figure) {
      Count("not-reached", figure.NotReached);
      Count("on-view", figure.OnView);
      Count("other-agency", figure.OtherAgency);
      Count("open", figure.Open);
      Count("cancelled", figure.Cancelled);
      Count("missing", figure.Missing);
      Count("negative", figure.Negative);
    }
    Count("city-only", data.CityOnly);
    Count("sensitive", edition.Manifest.LeftOut.GetValueOrDefault("sensitive"));
    lines.Add(T["times.beside.first"]);
    return lines;
  }
}
