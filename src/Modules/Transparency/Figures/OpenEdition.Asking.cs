using System.Globalization;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Figures;

internal sealed partial class OpenEdition {
  private const string Arrival = "total";

  /// <summary>The roll-ups and rows behind it.</summary>
  public required RollupReader Reader { private get; init; }

  private int[] Crimes => field ??= [.. Reader.Labels.Types.All.Where(t => t.Class == "crime").Select(t => (int)t.Number)];

  /// <summary>Rows, or incidents, of a period split in one way. Keys: type, category or area code, or "2025-09" for a month; "" for all.</summary>
  /// <exception cref="TooSlowException">No answer within the deadline.</exception>
  public async Task<Dictionary<string, long>> CountAsync(SplitBy by, Period period, Narrow narrow, Counted what, CancellationToken ct) {
    var answer = await AskAsync(by, period, narrow, what, ct);
    return answer.Rows.ToDictionary(r => Key(by, r.Key), r => r.N);
  }

  /// <summary>Rows for the city only that are counted by a quarter or a year which does not fit into the period, so that they are in none of its counts.</summary>
  /// <exception cref="TooSlowException">No answer within the deadline.</exception>
  public async Task<long> CityOnlyLeftOutAsync(Period period, Narrow narrow, CancellationToken ct) => (await AskAsync(SplitBy.All, period, narrow, Counted.Rows, ct)).CityOnlyLeftOut;

  private async Task<CountAnswer> AskAsync(SplitBy by, Period period, Narrow narrow, Counted what, CancellationToken ct) {
    var answer = await Reader.Answer(new CountQuestion {
      // nothing is older than the first day covered: asked from the year's start, a year that the records begin in fits as well
      From = period.From <= Manifest.From ? new(Manifest.From.Year, 1, 1) : period.From, To = period.To, By = Fields(by),
      Unit = what == Counted.Rows ? RowLayout.Rows : narrow.Category is null && by != SplitBy.Category ? "first" : "first_in_category",
      Areas = AreaFilter(narrow.Area), Types = narrow.OnlyCrime ? Crimes : null,
      Categories = narrow.Category is { } category ? [Reader.Labels.Categories.Number(category)] : null,
    }, ct);
    return answer.TimedOut ? throw new TooSlowException() : answer;
  }

  /// <summary>Response times of an interval (dispatch, travel, total) of a period, split in one way.</summary>
  /// <exception cref="TooSlowException">No answer within the deadline.</exception>
  public async Task<IReadOnlyList<ResponseFigure>> ResponseAsync(string interval, ResponseSplit by, Period period, string? area, string? priority, CancellationToken ct) {
    var (areas, priorities) = (AreaFilter(area), priority is null ? null : (int[])[Reader.Labels.Priorities.Number(priority)]);
    var times = await Reader.Answer(new SecondsQuestion { From = period.From, To = period.To, By = Fields(by), Areas = areas, Priorities = priorities, Interval = interval }, ct);
    var beside = await Reader.Answer(new ExcludedQuestion { From = period.From, To = period.To, By = Fields(by), Areas = areas, Priorities = priorities }, ct);
    if (times.TimedOut || beside.TimedOut) throw new TooSlowException();
    long Count(long[]? counts, string reason) => counts is not null && beside.Reasons.ToList().IndexOf(reason) is >= 0 and var at ? counts[at] : 0;
    var excluded = beside.Rows.ToDictionary(r => Key(by, r.Key), r => r.N);
    var known = times.Rows.ToDictionary(r => Key(by, r.Key));
    return [.. known.Keys.Union(excluded.Keys).Order(StringComparer.Ordinal).Select(key => {
      var counts = excluded.GetValueOrDefault(key);
      var has = known.TryGetValue(key, out var row) && row.N > 0;
      var notReached = Count(counts, "not-reached");
      // a call that no officer reached has no time either: it is not reached, not missing
      var missing = Math.Max(0, Count(counts, "missing-" + interval) - (EndsOnArrival(interval) ? notReached : 0));
      return new ResponseFigure(key, has ? row.N : 0, has ? row.Quantiles[0] : null, has ? row.Quantiles[1] : null,
        has ? row.Intervals[0] : null, has ? row.Intervals[1] : null, notReached, missing, Count(counts, "negative-" + interval),
        Count(counts, "on-view"), Count(counts, "other-agency"), Count(counts, "open"), Count(counts, "cancelled"));
    })];
  }

  private bool EndsOnArrival(string interval) => Dataset.Intervals.Single(i => i.Name == interval).To == Dataset.Intervals.Single(i => i.Name == Arrival).To;

  private int[]? AreaFilter(string? area) => area is null ? null : [area == CityOnly ? Labels.CityOnly : Reader.Labels.Areas.Number(area)];

  private static By[] Fields(SplitBy by) => by switch {
    SplitBy.Month => [By.Month],
    SplitBy.Area => [By.Area],
    SplitBy.Type => [By.Type],
    SplitBy.Category => [By.Category],
    _ => [],
  };

  private static By[] Fields(ResponseSplit by) => by switch {
    ResponseSplit.Month => [By.Month],
    ResponseSplit.Area => [By.Area],
    ResponseSplit.Priority => [By.Priority],
    _ => [],
  };

  private string Key(SplitBy by, int[] key) => by switch {
    SplitBy.Month => Month(key[0]),
    SplitBy.Area => Area(key[0]),
    SplitBy.Type => Reader.Labels.Types[key[0]]?.Code ?? "",
    SplitBy.Category => Reader.Labels.Categories[key[0]]?.Code ?? "",
    _ => "",
  };

  private string Key(ResponseSplit by, int[] key) => by switch {
    ResponseSplit.Month => Month(key[0]),
    ResponseSplit.Area => Area(key[0]),
    ResponseSplit.Priority => Reader.Labels.Priorities[key[0]]?.Code ?? "",
    _ => "",
  };

  private static string Month(int key) => string.Create(CultureInfo.InvariantCulture, $"{key / 100:0000}-{key % 100:00}");

  private string Area(int number) => number == Labels.CityOnly ? CityOnly : Reader.Labels.Areas[number]?.Code ?? NotKnown;
}

/// <summary>What response times are split by.</summary>
internal enum ResponseSplit { All, Priority, Area, Month }

/// <summary>A question that found no answer within its deadline: the page says so (503) and shows no zero.</summary>
internal sealed class TooSlowException() : TimeoutException("A question found no answer within its deadline.");
