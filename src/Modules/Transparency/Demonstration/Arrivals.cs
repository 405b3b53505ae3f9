namespace Porchlight.Transparency.Demonstration;

/// <summary>
/// Draws times to arrival, log-normal and longer far from the center, then bends them so that median and 90th percentile come out as asked.
/// </summary>
internal static class Arrivals {
  private const double Spread = 0.6, FarAway = 0.35, Shortest = 40, Longest = 4 * 3600;

  /// <summary>From the courthouse, as a share of the farthest beat's distance.</summary>
  private static readonly double[] Distance = MeasureDistances();

  /// <summary>
  /// Seconds for each of <paramref name="beats"/>, such that these and <paramref name="others"/> together have the quantiles of
  /// <paramref name="aim"/>.
  /// </summary>
  public static double[] Draw(ReadOnlySpan<byte> beats, Arrival aim, double[] others, Draws draws) {
    var logs = new double[beats.Length];
    for (var i = 0; i < logs.Length; i++)
      logs[i] = Spread * draws.Normal() + (beats[i] == CityFigures.NoPlace ? 0 : FarAway * Distance[beats[i]]);
    var own = aim;
    var seconds = Fit(logs, own);
    // the others pull a little; a few rounds of correction settle to well under a second
    for (var round = 0; round < 4 && others.Length > 0; round++) {
      var (median, nine) = Quantiles([.. seconds, .. others]);
      own = new(own.Median * aim.Median / median, own.NineInTen * aim.NineInTen / nine);
      seconds = Fit(logs, own);
    }
    return seconds;
  }

  private static double[] Fit(double[] logs, Arrival aim) {
    if (logs.Length == 0) return [];
    var (median, nine) = Quantiles(logs);
    var stretch = nine > median ? Math.Log(aim.NineInTen / aim.Median) / (nine - median) : 0;
    return Array.ConvertAll(logs, log => Math.Clamp(aim.Median * Math.Exp((log - median) * stretch), Shortest, Longest));
  }

  // linear between ranks, as the program's own percentiles (PERCENTILE.INC)
  private static (double Median, double NineInTen) Quantiles(double[] values) {
    var sorted = values.Order().ToArray();
    return (At(0.5), At(0.9));
    double At(double share) {
      var rank = share * (sorted.Length - 1);
      var below = (int)rank;
      return sorted[below] + (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]) * (rank - below);
    }
  }

  private static double[] MeasureDistances() {
    var centers = CityMap.Beats.Select(b => CityMap.Ring(b)).Select(r => (X: r.Average(c => c.X), Y: r.Average(c => c.Y))).ToArray();
    var courthouse = centers[CityMap.Beats.ToList().FindIndex(b => b.Name == "Courthouse")];
    var distances = Array.ConvertAll(centers, c => Math.Sqrt(Math.Pow(c.X - courthouse.X, 2) + Math.Pow(c.Y - courthouse.Y, 2)));
    return Array.ConvertAll(distances, d => d / distances.Max());
  }
}
