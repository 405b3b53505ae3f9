using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Crime;

/// <summary>The counts behind the page: asked once, shown as page, CSV or JSON.</summary>
internal sealed record CrimeData(
    Asked Asked, Pair Total, Pair Incidents,
    IReadOnlyDictionary<string, Pair> ByType, IReadOnlyDictionary<string, Pair> ByCategory, IReadOnlyDictionary<string, Pair> ByArea,
    IReadOnlyDictionary<string, long> ByMonth, IReadOnlyDictionary<string, long> NotCounted,
    long GroupB, long CityOnlyTotal, long CityOnlyLeftOut) {
  public static async Task<CrimeData> ReadAsync(OpenEdition edition, Asked asked, CancellationToken ct) {
    var counting = new Counting(edition);
    var types = await counting.PairsAsync(SplitBy.Type, asked.Compare, asked.Narrow, ct);
    var crimes = types.Where(t => Counting.IsCrime(t.Key)).ToDictionary();
    var areas = await counting.PairsAsync(SplitBy.Area, asked.Compare, asked.Narrow with { Area = null, OnlyCrime = true }, ct);
    var incidents = await counting.PairsAsync(SplitBy.All, asked.Compare, asked.Narrow with { OnlyCrime = true }, ct, Counted.Incidents);
    var year = asked.Compare.Now.To.Year;
    var bothYears = new Period(new(year - 1, 1, 1), new(year, 12, 31));
    var months = await edition.CountAsync(SplitBy.Month, bothYears, asked.Narrow with { OnlyCrime = true }, Counted.Rows, ct);
    Pair Sum(IEnumerable<Pair> pairs) => pairs.Aggregate(new Pair(0, asked.Compare.Before is null ? null : 0), (a, b) => a + b);
    var byCategory = crimes.GroupBy(t => TypeTable.Nibrs[t.Key].Category).ToDictionary(g => g.Key, g => Sum(g.Select(t => t.Value)));
    long Of(TypeClass kind) =>
      types.Where(t => TypeTable.Nibrs.TryGetValue(t.Key, out var code) && code.Class == kind).Sum(t => t.Value.Now);
    return new(asked, Sum(crimes.Values), incidents.GetValueOrDefault(""), crimes, byCategory, areas, months,
      new Dictionary<string, long> {
        [TypeTable.NotAnOffense] = Of(TypeClass.NotAnOffense), [TypeTable.Unfounded] = Of(TypeClass.Unfounded),
        [TypeTable.Unmapped] = Of(TypeClass.Unmapped),
      },
      Of(TypeClass.GroupB), areas.GetValueOrDefault(OpenEdition.CityOnly).Now,
      await edition.CityOnlyLeftOutAsync(asked.Compare.Now, asked.Narrow with { OnlyCrime = true }, ct));
  }

  public Pair AreaPair(string code) => ByArea.TryGetValue(code, out var pair) ? pair : new(0, Asked.Compare.Before is null ? null : 0);

  /// <summary>The page's three tables as one: what a row is split by, its code and name, and the two counts.</summary>
  public PublicRows Rows() {
    var (now, before) = (Asked.Compare.Now, Asked.Compare.Before);
    List<IReadOnlyList<object?>> rows = [["total", "", "", now.From, now.To, Total.Now, before?.From, before?.To, Total.Before]];
    void Add(string by, string code, string name, Pair pair) =>
      rows.Add([by, code, name, now.From, now.To, pair.Now, before?.From, before?.To, pair.Before]);
    Add("incidents", "", "", Incidents);
    foreach (var (code, pair) in ByCategory.OrderBy(c => c.Key, StringComparer.Ordinal))
      Add("category", code, TypeTable.Categories.First(c => c.Code == code).Label.Here, pair);
    foreach (var (code, pair) in ByType.OrderBy(c => c.Key, StringComparer.Ordinal))
      Add("offense", code, TypeTable.Nibrs[code].Label.Here, pair);
    foreach (var (code, pair) in ByArea.OrderBy(c => c.Key, StringComparer.Ordinal)) Add("area", code, "", pair);
    foreach (var (month, count) in ByMonth.OrderBy(m => m.Key, StringComparer.Ordinal)) {
      var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd");
      rows.Add(["month", month, "", first, first.AddMonths(1).AddDays(-1), count, null, null, null]);
    }
    return new(["split_by", "code", "name", "from", "to", "count", "before_from", "before_to", "before_count"], rows);
  }
}
