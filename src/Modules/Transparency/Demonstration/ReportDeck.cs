namespace Porchlight.Transparency.Demonstration;

/// <summary>One reported crime before it has a day and a place: which beat, which kind, which month (1 to 12).</summary>
internal readonly record struct Card(byte Beat, Crime Crime, byte Month);

/// <summary>
/// Deals a year's crimes so that beats, kinds and months each add up to the year's figures exactly: three shuffled decks side by side.
/// Kinds are then traded between beats until downtown looks like downtown, which keeps every total.
/// </summary>
internal static class ReportDeck {
  public static List<Card> Deal(YearFigures figures, Draws draws) {
    List<Card> year = new(figures.Months.Sum());
    Deal(figures, 0, CityFigures.MonthsShown, draws, year);
    Deal(figures, CityFigures.MonthsShown, 12, draws, year);
    return year;
  }

  private static void Deal(YearFigures figures, int from, int to, Draws draws, List<Card> year) {
    var months = figures.Months[from..to];
    var lindenMonths = figures.LindenMonths[from..to];
    var crimes = Apportion.By(months.Sum(), figures.Crimes);
    var lindenCrimes = Apportion.By(lindenMonths.Sum(), figures.LindenCrimes);

    // B12 has a page of its own in the mock, with its kinds and months: it is dealt alone, the rest of the city from what remains
    var beats = figures.Beats.ToArray();
    beats[CityFigures.Linden] = 0;
    beats = Apportion.By(months.Sum() - lindenMonths.Sum(), beats);
    Add(Apportion.Deck(Only(CityFigures.Linden, lindenMonths.Sum(), beats.Length)), lindenCrimes, lindenMonths, from, draws, year);
    Add(Apportion.Deck(beats), Minus(crimes, lindenCrimes), Minus(months, lindenMonths), from, draws, year);
  }

  private static void Add(byte[] beatDeck, int[] crimes, int[] months, int from, Draws draws, List<Card> year) {
    var crimeDeck = Apportion.Deck(crimes);
    var monthDeck = Apportion.Deck(months, from + 1);
    draws.Shuffle<byte>(crimeDeck);
    draws.Shuffle<byte>(monthDeck);
    Trade(beatDeck, crimeDeck, draws);
    for (var i = 0; i < beatDeck.Length; i++) year.Add(new(beatDeck[i], (Crime)crimeDeck[i], monthDeck[i]));
  }

  /// <summary>Two reports trade their kinds with the chance that the trade suits their beats (Metropolis and others 1953).</summary>
  private static void Trade(byte[] beats, byte[] crimes, Draws draws) {
    for (var trade = 0; trade < 6 * beats.Length; trade++) {
      var (i, j) = (draws.Below(beats.Length), draws.Below(beats.Length));
      var traded = Suits(beats[i], crimes[j]) * Suits(beats[j], crimes[i]);
      if (draws.Chance(traded / (Suits(beats[i], crimes[i]) * Suits(beats[j], crimes[j])))) (crimes[i], crimes[j]) = (crimes[j], crimes[i]);
    }
  }

  private static double Suits(byte beat, byte crime) =>
    beat == CityFigures.NoPlace ? 1 : Leaning[(int)CityMap.Beats[beat].Streets][crime];

  /// <summary>How much more (over 1) or less of a kind is reported on such streets. Invented; only the leaning is meant.</summary>
  private static readonly double[][] Leaning = [
    //     theft vandal car  burgl fraud robb  other | simple threats aggr  sex  kidnap homic | drugs weapons other
    [/* Center */ 1.3, 1.0, 0.7, 0.7, 0.8, 1.5, 1.0, 1.2, 1.1, 1.2, 1.0, 1.0, 1.0, 1.5, 1.1, 1.2],
    [/* Harbor */ 1.0, 1.2, 1.3, 1.3, 0.8, 1.1, 1.3, 1.0, 1.0, 1.1, 1.0, 1.0, 1.0, 1.1, 1.3, 1.2],
    [/* Homes  */ 0.9, 1.0, 1.1, 1.1, 1.1, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.0, 0.9],
    [/* Hills  */ 1.1, 1.1, 1.2, 1.1, 1.5, 0.5, 0.9, 0.7, 0.9, 0.6, 1.0, 1.0, 0.8, 0.4, 0.6, 0.7],
  ];

  private static int[] Only(int index, int count, int length) {
    var counts = new int[length];
    counts[index] = count;
    return counts;
  }

  private static int[] Minus(int[] all, int[] part) => [.. all.Zip(part, (a, p) => a - p)];
}
