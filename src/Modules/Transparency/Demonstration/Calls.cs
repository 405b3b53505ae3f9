namespace Porchlight.Transparency.Demonstration;

/// <summary>One call as the dispatch system holds it; times on the department's clock, null where there is none.</summary>
internal sealed record Call(
  CallPlan Plan, string Type, bool OnView, string Disposition, byte Beat, Block? Block,
  DateTime ReceivedAt, DateTime EnteredAt, DateTime DispatchedAt, DateTime? EnRouteAt, DateTime? OnSceneAt, DateTime? ClosedAt);

/// <summary>
/// The calls of one year, ordered by the time they were received. Like the reports, they do not depend on the day of the export.
/// </summary>
internal sealed class Calls(CityBlocks blocks, LocalTimes times, int seed) {
  private const double WithoutPlace = 0.01, NeverClosed = 0.08;

  public List<Call> Of(int calendarYear, int year) {
    var draws = new Draws(seed, $"calls {year}");
    var figures = CityFigures.Of(year);
    List<Call> calls = [];
    foreach (var plan in CallPlan.Of(figures.Calls)) {
      Add(plan, figures, 0, CityFigures.MonthsShown, calendarYear, draws, calls);
      Add(plan, figures, CityFigures.MonthsShown, 12, calendarYear, draws, calls);
    }
    return [.. calls.OrderBy(c => c.ReceivedAt)];   // stable: ties stay as drawn
  }

  // Calls follow the year as crime does; a plan's counts are January to September's, and the other months get as many for their share.
  private void Add(CallPlan plan, YearFigures figures, int from, int to, int calendarYear, Draws draws, List<Call> calls) {
    var season = figures.Months[from..to];
    var share = season.Sum() / (double)figures.Months[..CityFigures.MonthsShown].Sum();
    int Count(int count) => (int)Math.Round(count * share);

    // beat B12 has times of its own in the mock; the rest of the city is drawn so that all together have the city's
    var linden = Enumerable.Repeat((byte)CityFigures.Linden, Count(plan.LindenReached)).ToArray();
    var lindenSeconds = plan.Linden is null ? [] : Arrivals.Draw(linden, plan.Linden, [], draws);
    var rest = Beats(figures, Count(plan.Reached) - linden.Length, withLinden: plan.Linden is null, draws);
    byte[] reached = [.. linden, .. rest];
    double[] seconds = [.. lindenSeconds, .. Arrivals.Draw(rest, plan.City, lindenSeconds, draws)];
    var months = Apportion.Deck(Apportion.By(reached.Length, season), from + 1);
    draws.Shuffle<byte>(months);
    for (var i = 0; i < reached.Length; i++)
      calls.Add(ReachedCall(plan, reached[i], times.In(calendarYear, months[i], plan.Rhythm, draws), seconds[i], draws));

    foreach (var beat in Beats(figures, Count(plan.OnView), true, draws)) calls.Add(OnView(plan, beat, At(LocalTimes.Patrol), draws));
    foreach (var beat in Beats(figures, Count(plan.Missing), true, draws)) calls.Add(Unreached(plan, beat, At(plan.Rhythm), false, draws));
    foreach (var beat in Beats(figures, Count(plan.Cancelled), true, draws)) calls.Add(Unreached(plan, beat, At(plan.Rhythm), true, draws));

    DateTime At(LocalTimes.Rhythm rhythm) => times.In(calendarYear, from + 1 + MonthOf(season, draws), rhythm, draws);
  }

  private Call ReachedCall(CallPlan plan, byte beat, DateTime received, double seconds, Draws draws) {
    var entered = Math.Min(15 + draws.Below(50), seconds * 0.18);
    var dispatched = seconds * (0.2 + 0.15 * draws.Unit());
    var enRoute = dispatched + seconds * (0.03 + 0.08 * draws.Unit());
    var there = Math.Round(seconds);
    var closed = there + Math.Max(180, draws.LogNormal(plan.Priority == 1 ? 2100 : 1300, 0.8));
    return new(plan, plan.Types.Draw(draws), false, CallTable.Dispositions.Draw(draws), beat, Place(beat, draws), received,
      times.After(received, entered), times.After(received, dispatched), times.After(received, enRoute),
      times.After(received, there), times.After(received, closed));
  }

  private Call OnView(CallPlan plan, byte beat, DateTime at, Draws draws) => new(
    plan, plan.OnViewTypes.Draw(draws), true, CallTable.Dispositions.Draw(draws), beat, Place(beat, draws),
    at, at, at, at, at, times.After(at, Math.Max(120, draws.LogNormal(800, 0.7))));

  private Call Unreached(CallPlan plan, byte beat, DateTime received, bool cancelled, Draws draws) {
    var dispatched = Math.Max(30, plan.City.Median * 0.3 * draws.Unit());
    DateTime? enRoute = draws.Chance(0.6) ? times.After(received, dispatched + 20 + draws.Below(40)) : null;
    // now and then nobody closes a call that was not urgent, and it stays open for good
    DateTime? closed = times.After(received, dispatched + 120 + draws.LogNormal(600, 0.8));
    if (!cancelled && plan.Priority > 2 && draws.Chance(NeverClosed)) closed = null;
    var ended = cancelled ? "Cancelled" : CallTable.Dispositions.Draw(draws);
    return new(plan, plan.Types.Draw(draws), false, ended, beat, Place(beat, draws), received,
      times.After(received, dispatched * 0.6), times.After(received, dispatched), enRoute, null, closed);
  }

  private Block? Place(byte beat, Draws draws) => beat == CityFigures.NoPlace ? null : blocks.Draw(beat, draws);

  private static byte[] Beats(YearFigures figures, int count, bool withLinden, Draws draws) {
    var weights = Array.ConvertAll(figures.Beats, b => (double)b);
    if (!withLinden) weights[CityFigures.Linden] = 0;
    weights[CityFigures.NoPlace] = 0;
    weights[CityFigures.NoPlace] = weights.Sum() * WithoutPlace;
    var deck = Apportion.Deck(Apportion.By(count, weights));
    draws.Shuffle<byte>(deck);
    return deck;
  }

  private static int MonthOf(int[] season, Draws draws) {
    var at = draws.Below(season.Sum());
    var month = 0;
    while (at >= season[month]) at -= season[month++];
    return month;
  }
}
