using System.Numerics;

namespace Porchlight.Transparency.Demonstration;

/// <summary>
/// Pseudo-random draws that stay the same from one version of .NET to the next (System.Random does not promise it): xoshiro256** of
/// Blackman and Vigna, seeded by SplitMix64. Normal draws lean on the machine's own Log and Cos, whose last bit may differ on another.
/// Each stream has a name, so that a change to one file of the city leaves the others as they were.
/// </summary>
internal sealed class Draws {
  private ulong _a, _b, _c, _d;

  public Draws(int seed, string stream) {
    var state = 14695981039346656037UL ^ (uint)seed;                       // FNV-1a over the name
    foreach (var letter in stream) state = (state ^ letter) * 1099511628211UL;
    _a = Split(ref state); _b = Split(ref state); _c = Split(ref state); _d = Split(ref state);
  }

  /// <summary>A whole number from 0 up to, not including, <paramref name="below"/>.</summary>
  public int Below(int below) => (int)Math.BigMul(Next(), (ulong)below, out _);

  /// <summary>A number from 0 up to, not including, 1.</summary>
  public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

  public bool Chance(double probability) => Unit() < probability;

  /// <summary>From the standard normal distribution (Box and Muller; the second of each pair is let go).</summary>
  public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

  /// <summary>A duration whose median is <paramref name="median"/>, log-normal with the given spread.</summary>
  public double LogNormal(double median, double spread) => median * Math.Exp(spread * Normal());

  public void Shuffle<T>(Span<T> items) {
    for (var i = items.Length - 1; i > 0; i--) {
      var j = Below(i + 1);
      (items[i], items[j]) = (items[j], items[i]);
    }
  }

  private ulong Next() {
    var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
    var shifted = _b << 17;
    _c ^= _a; _d ^= _b; _b ^= _c; _a ^= _d; _c ^= shifted;
    _d = BitOperations.RotateLeft(_d, 45);
    return result;
  }

  private static ulong Split(ref ulong state) {
    var z = state += 0x9E3779B97F4A7C15UL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
    return z ^ (z >> 31);
  }
}

/// <summary>Things drawn with unlike chances.</summary>
internal sealed class Weighted<T> {
  private readonly double[] _upTo;

  public Weighted(IReadOnlyList<T> items, Func<T, double> weight) {
    Items = items;
    _upTo = new double[items.Count];
    var sum = 0.0;
    for (var i = 0; i < items.Count; i++) _upTo[i] = sum += weight(items[i]);
  }

  public IReadOnlyList<T> Items { get; }

  public T Draw(Draws draws) {
    var at = Array.BinarySearch(_upTo, draws.Unit() * _upTo[^1]);
    return Items[Math.Min(at < 0 ? ~at : at + 1, Items.Count - 1)];
  }
}

/// <summary>Words drawn with unlike chances.</summary>
internal static class Weighted {
  public static Weighted<string> Of(params (string Word, double Weight)[] words) {
    var weights = words.ToDictionary();
    return new([.. weights.Keys], word => weights[word]);
  }
}
