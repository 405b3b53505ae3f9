using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Hub;
using Porchlight.Ui;
using Porchlight.Ui.Charts;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Maps;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Crime;

/// <summary><c>/data/crime</c>: reported crime by month, by kind and by area, against the same days a year before.</summary>
internal static class ShowCrime {
  private static readonly Texts T = Texts.Of(typeof(ShowCrime));
  private static readonly (string Group, string Key)[] Groups =
    [("property", "group.property"), ("persons", "group.persons"), ("society", "group.society")];

  public static void Map(RouteGroupBuilder everyone) => everyone.MapGet("/data/crime", Get);

  private static async Task<IResult> Get(
      string? period, string? area, string? category, string? format, Shelf shelf, SettingStore settings, CancellationToken ct) {
    if (await shelf.CurrentAsync("incidents", ct) is not { } edition) return NotPublished.Page(T["crime.name"]);
    var asked = new Asked(edition, period, area, category);
    if (asked.IsUnknown) return TypedResults.NotFound();
    if (NotAWord.Page(T["crime.name"], "/data/crime", format, asked.IsUnknownPeriod ? edition.Periods : null) is { } valid) return valid;
    var data = await CrimeData.ReadAsync(edition, asked, ct);
    if (data.Rows().As(format, "crime") is { } rows) return rows;
    return Pages.Of<CrimePage, CrimeModel>(Show(edition, (await settings.LoadAsync(ct)).FullName.Here, asked, data));
  }

  private static CrimeModel Show(OpenEdition edition, string department, Asked asked, CrimeData data) {
    var (now, before) = (asked.Compare.Now, asked.Compare.Before);
    return new() {
      Title = Headline(asked, data),
      Lead = Lead(asked, data),
      EditionLine = EditionWords.Line(edition),
      Periods = [.. edition.Periods.All().Select(p => new Option(p.Word, p.Period.Short))],
      Period = asked.PeriodWord,
      Areas = [new("", T["filter.whole-city"]), .. edition.AreasInForce.Select(a => new Option(a.Code, a.Title))],
      Area = asked.Narrow.Area ?? "",
      Categories = [
        new("", T["filter.all-types"]),
        .. TypeTable.Categories.Where(c => c.Group.Length > 0).Select(c => new Option(c.Code, c.Label.Here)),
      ],
      Category = asked.Narrow.Category ?? "",
      Months = Months(edition, asked, data),
      TypesTitle = T["crime.types"],
      Types = Types(asked, data),
      Map = edition.Drawing is { } drawing && asked.Narrow.Area is null ? Map(edition, asked, data, drawing) : null,
      AreaTable = edition.Drawing is null && asked.Narrow.Area is null && data.ByArea.Count > 0 ? AreaTable(edition, asked, data) : null,
      BesideTheTotal = Beside(edition, asked, data),
      Edition = EditionWords.Bar(edition, department, "/data/crime", asked.Query),
    };
  }

  private static string Headline(Asked asked, CrimeData data) {
    var what = asked.Narrow.Category is { } c ? T["crime.headline.of", CategoryName(c).ToLowerInvariant()] : "";
    var where = asked.AreaTitle is { } place ? T["crime.headline.in", place] : "";
    return data.Total.Now == 0 ? T["crime.headline.none", asked.Compare.Now.InWords, what, where]
      : T.Count("crime.headline", data.Total.Now, asked.Compare.Now.InWords, what, where);
  }

  private static string Lead(Asked asked, CrimeData data) {
    var compared = asked.Compare.Before is null ? Compared(asked, data) : $"{Compared(asked, data)} {asked.Compare.Completeness}".Trim();
    if (data.Total.Now > 0) return compared;
    // none counted here is not none at all: what is counted for the city only may have happened here
    return asked.Narrow.Area is null ? compared : $"{compared} {T["crime.lead.city-only"]}";
  }

  private static string Compared(Asked asked, CrimeData data) {
    if (asked.Compare.Before is not { } before || data.Total.Before is not { } then)
      return data.Total.Now == 0 ? asked.Compare.WhyAlone : $"{Incidents(data)} {asked.Compare.WhyAlone}";
    if (data.Total is { Now: 0, Before: 0 }) return T["crime.lead.neither", before.InWords];
    var change = Chance.Of(data.Total.Now, then) == Direction.AboutTheSame ? T["crime.lead.same", then, before.InWords]
      : T["crime.lead.change", Fmt.ChangeSentence(data.Total.Now, then), before.InWords];
    var largest = data.ByCategory
      .Where(p => p.Value.Before is { } b && Chance.Of(p.Value.Now, b) != Direction.AboutTheSame)
      .OrderByDescending(p => Math.Abs(p.Value.Now - p.Value.Before!.Value)).Select(p => CategoryName(p.Key)).FirstOrDefault();
    var more = largest is null || asked.Narrow.Category is not null ? "" : " " + T["crime.lead.largest", largest.ToLowerInvariant()];
    return data.Total.Now == 0 ? change : $"{change}{more} {Incidents(data)}";
  }

  private static string CategoryName(string code) => TypeTable.Categories.First(c => c.Code == code).Label.Here;

  private static string Incidents(CrimeData data) => T.Count("crime.lead.incidents", data.Incidents.Now);

  private static TrendModel Months(OpenEdition edition, Asked asked, CrimeData data) {
    var year = asked.Compare.Now.To.Year;
    decimal? Month(int y, int m) => edition.HasWholeMonth(y, m) ? data.ByMonth.GetValueOrDefault($"{y:0000}-{m:00}") : null;
    decimal?[] Of(int y) => [.. Enumerable.Range(1, 12).Select(m => Month(y, m))];
    var behind = Of(year - 1).Any(v => v is not null) ? Of(year - 1) : null;
    var model = TrendModel.OfYear(T["crime.months.title"], year, Of(year), behind, growsFrom: edition.GrowsFrom);
    return model with { Note = YearLine.Incomplete(edition, year) };
  }

  private static BarTableModel Types(Asked asked, CrimeData data) {
    var narrowed = asked.Narrow.Category is not null;
    var rows = narrowed
      ? [new BarGroup(null, [.. data.ByType.Select(t => TypeRow(TypeTable.Nibrs[t.Key].Label, t.Value))])]
      : Groups.Select(g => GroupOf(g.Group, T[g.Key], asked, data)).Where(g => g.Rows.Count > 0).ToList();
    return new() {
      Caption = T["crime.types"], RowsName = T["crime.type"], Groups = rows,
      Says = Fmt.Capital(T[asked.Compare.Before is null ? "crime.types.says-alone" : "crime.types.says", asked.Compare.Now.InWords]),
      NowName = asked.NowName, BeforeName = asked.BeforeName,
      Total = new(T["total"], data.Total.Now, data.Total.Before),
      Note = T["crime.types.note"],
    };
  }

  private static BarRow TypeRow(Kernel.Words label, Pair pair) => new(label.Here, pair.Now, pair.Before) { Lang = label.Lang };

  private static BarGroup GroupOf(string group, string name, Asked asked, CrimeData data) {
    var rows = TypeTable.Categories.Where(c => c.Group == group && data.ByCategory.ContainsKey(c.Code))
      .Select(c => (c, data.ByCategory[c.Code])).ToList();
    return new(name, [.. rows.Select(r => new BarRow(r.c.Label.Here, r.Item2.Now, r.Item2.Before) {
      Href = asked.Link(category: r.c.Code), IsOther = r.c.Code.StartsWith("other", StringComparison.Ordinal) })],
      rows.Sum(r => r.Item2.Now), asked.Compare.Before is null ? null : rows.Sum(r => r.Item2.Before ?? 0));
  }

  private static MapModel Map(OpenEdition edition, Asked asked, CrimeData data, MapDrawing drawing) {
    var city = edition.AreasInForce.Sum(a => a.Population);
    return new() {
      Title = T["crime.map.title"], Per = T["per-1000"], Drawing = drawing, RateName = T["per-1000.short"], RateAt = 1,
      Columns = [new(T["crime.count"], true), new(T["change"], true)],
      Areas = [.. edition.AreasInForce.Select(a => {
        var pair = edition.Comparable(a, asked.Compare) ? data.AreaPair(a.Code) : data.AreaPair(a.Code) with { Before = null };
        var rate = edition.Rate(pair.Now, a.Population);
        return new MapArea(a.MapCode, a.Name ?? a.Code, rate, rate is null ? AreaState.NoRate : AreaState.Rate) {
          Href = Urls.Area(a.Code), Cells = [Cell.Of(pair.Now), new(Change(pair)) { Soft = true }],
        };
      })],
      WholeCity = new([
        T["filter.whole-city"], Cell.Of(data.Total.Now), edition.Rate(data.Total.Now, city) is { } whole ? Fmt.Rate(whole) : Fmt.None,
        Change(data.Total),
      ], RowKind.Whole),
      Below = [.. Elsewhere(edition, asked, data)],
      Care = T["crime.map.care"],
    };
  }

  // rows that are in the city's total and in no area's
  private static IEnumerable<Row> Elsewhere(OpenEdition edition, Asked asked, CrimeData data) {
    var cityOnly = data.AreaPair(OpenEdition.CityOnly);
    if (cityOnly.Now + (cityOnly.Before ?? 0) > 0)
      yield return new([T["areas.city-only"], Cell.Of(cityOnly.Now), Fmt.None, Change(cityOnly)]);
    var unknown = data.AreaPair(OpenEdition.NotKnown);
    if (unknown.Now + (unknown.Before ?? 0) > 0) yield return new([T["areas.unknown"], Cell.Of(unknown.Now), Fmt.None, Change(unknown)]);
    var none = new Pair(0, asked.Compare.Before is null ? null : 0);
    var earlier = data.ByArea.Where(a => edition.IsEarlier(a.Key)).Aggregate(none, (sum, a) => sum + a.Value);
    if (earlier.Now + (earlier.Before ?? 0) > 0) yield return new([T["areas.earlier"], Cell.Of(earlier.Now), Fmt.None, Change(earlier)]);
  }

  private static DataTableModel AreaTable(OpenEdition edition, Asked asked, CrimeData data) => new() {
    Caption = T["crime.areas"],
    Columns = [new(T["area"]), new(T["crime.count"], true), new(T["change"], true)],
    Rows = [
      new([T["filter.whole-city"], Cell.Of(data.Total.Now), Change(data.Total)], RowKind.Whole),
      .. edition.AreasInForce.Where(a => data.ByArea.ContainsKey(a.Code)).OrderByDescending(a => data.AreaPair(a.Code).Now)
        .Select(a => AreaRow(a, data.AreaPair(a.Code))),
      .. Elsewhere(edition, asked, data).Select(r => r with { Cells = [r.Cells[0], r.Cells[1], r.Cells[3]] }),
    ],
    Note = T["areas.no-map"],
  };

  private static Row AreaRow(PublicArea area, Pair pair) =>
    new([new Cell(area.Title) { Href = Urls.Area(area.Code) }, Cell.Of(pair.Now), new(Change(pair)) { Soft = true }], Bar: pair.Now);

  private static List<string> Beside(OpenEdition edition, Asked asked, CrimeData data) {
    List<string> lines = [];
    if (data.CityOnlyTotal > 0) lines.Add(T["beside.city-only", data.CityOnlyTotal]);
    if (data.CityOnlyLeftOut > 0) lines.Add(T.Count("beside.city-only-wider", data.CityOnlyLeftOut));
    if (edition.Manifest.CityOnlyWithheld > 0) lines.Add(T["beside.withheld", edition.Dataset.CityOnlyThreshold]);
    void NotCounted(string type, string key) {
      if (data.NotCounted.GetValueOrDefault(type) is > 0 and var count) lines.Add(T.Count(key, count));
    }
    NotCounted(TypeTable.NotAnOffense, "beside.not-an-offense");
    NotCounted(TypeTable.Unfounded, "beside.unfounded");
    NotCounted(TypeTable.Unmapped, "beside.unmapped");
    if (data.GroupB > 0) lines.Add(T.Count("beside.group-b", data.GroupB));
    foreach (var (why, count) in edition.Manifest.LeftOut.Where(l => l.Value > 0)) lines.Add(T.Count($"beside.{why}", count));
    if (asked.Compare.LeftOut is { } day) lines.Add(T["beside.leap-day", Fmt.DateLong(day)]);
    lines.Add(edition.GrowsFrom is { } from ? T["beside.by-occurrence", Fmt.DateLong(from)] : T["beside.by-report"]);
    lines.Add(T["beside.fbi"]);
    return lines;
  }

  private static string Change(Pair pair) => pair.Before is { } before ? Fmt.Change(pair.Now, before) : Fmt.None;
}
