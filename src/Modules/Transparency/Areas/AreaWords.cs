using Porchlight.Transparency.Figures;
using Porchlight.Transparency.ResponseTimes;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Areas;

/// <summary>What the figures of an area say in words: "fewer" and "slower" only where the tests say so.</summary>
internal static class AreaWords {
  private static readonly Texts T = Texts.Of(typeof(AreaWords));

  /// <summary>The page's first sentences, made from its own scorecard.</summary>
  public static string Summary(AreaData data) {
    if (data.IsEarlier) return T["place.earlier.lead", data.Area.Until is { } last ? Fmt.DateLong(last) : ""];
    return string.Join(' ', ((string?[])[Crime(data.Crime), City(data.Crime), data.Crime?.Compare.Completeness, Times(data.Times)]).OfType<string>());
  }

  /// <summary>The verdict and the rest of the reading of one measure.</summary>
  public static (string Verdict, string Words) Reading(Pair count, decimal? cityAverage) {
    var city = cityAverage is { } average ? T[$"place.city.{AgainstCity(count.Now, average)}"] : "";
    if (count.Before is not { } before) return (T["place.verdict.none"], city);
    var direction = Chance.Of(count.Now, before);
    return (T[$"place.verdict.{direction}"], $"{Change(count.Now, before, direction)} {city}".Trim());
  }

  /// <summary>Whether an area has more or fewer than the city's average for as many people, beyond chance.</summary>
  public static Direction AgainstCity(long now, decimal average) =>
    Chance.Of(now, (long)Math.Round(average, MidpointRounding.AwayFromZero));

  // a percentage only where the change is beyond chance and the base carries it
  private static string Change(long now, long before, Direction direction) {
    if (now == before) return T["place.change.none"];
    var size = Math.Abs(now - before);
    if (direction == Direction.AboutTheSame || before < 10) return T[now < before ? "place.change.fewer" : "place.change.more", size];
    return T[now < before ? "place.change.percent-fewer" : "place.change.percent-more", Fmt.Percent(size / (decimal)before)];
  }

  private static string? Crime(AreaCrime? crime) {
    if (crime?.Measures is not [var all, ..]) return null;
    return all.Count.Before is { } before ? T[$"place.says.crime.{Chance.Of(all.Count.Now, before)}"]
      : T.Count("place.says.crime.alone", all.Count.Now, crime.Compare.Now.InWords);
  }

  private static string? City(AreaCrime? crime) =>
    crime?.Measures is [{ CityAverage: { } average } all, ..] ? T[$"place.says.city.{AgainstCity(all.Count.Now, average)}"] : null;

  private static string? Times(AreaTimes? times) {
    if (times is null || !times.Now.HasTime()) return null;
    var pace = Pacing.OfMedians(times.Now, times.Before);
    return pace == Pace.TooFew ? T["place.says.times.alone", Pacing.InSentence(times.Now!.Median!.Value), times.Asked.Calls]
      : T[$"place.says.times.{pace}", times.Asked.Calls];
  }
}
