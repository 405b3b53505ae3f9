namespace Porchlight.Transparency.Demonstration;

/// <summary>Parts a total in whole numbers.</summary>
internal static class Apportion {
  /// <summary>By the largest remainder: the parts sum to the total, and are the weights themselves where those sum to it.</summary>
  public static int[] By(int total, params ReadOnlySpan<double> weights) {
    var sum = 0.0;
    foreach (var w in weights) sum += w;
    var exact = new double[weights.Length];
    for (var i = 0; i < exact.Length; i++) exact[i] = total * weights[i] / sum;
    var parts = Array.ConvertAll(exact, e => (int)Math.Floor(e + 1e-9));
    var largest = Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i);
    foreach (var i in largest.Take(total - parts.Sum())) parts[i]++;
    return parts;
  }

  /// <inheritdoc cref="By(int, ReadOnlySpan{double})"/>
  public static int[] By(int total, ReadOnlySpan<int> weights) {
    var exact = new double[weights.Length];
    for (var i = 0; i < exact.Length; i++) exact[i] = weights[i];
    return By(total, exact);
  }

  /// <summary>A deck with each index as often as its count says: {2, 1} gives 0, 0, 1.</summary>
  public static byte[] Deck(ReadOnlySpan<int> counts, int first = 0) {
    List<byte> deck = [];
    for (var i = 0; i < counts.Length; i++) deck.AddRange(Enumerable.Repeat((byte)(first + i), counts[i]));
    return [.. deck];
  }
}
