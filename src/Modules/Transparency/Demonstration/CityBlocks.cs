namespace Porchlight.Transparency.Demonstration;

/// <summary>The middle of one block of a street, as a records system gives places.</summary>
internal sealed record Block(string Address, string Latitude, string Longitude, double Weight);

/// <summary>
/// The blocks of each beat: numbered streets run north and south, named ones east and west; some blocks see far more than others.
/// </summary>
internal sealed class CityBlocks {
  private const double First = 107, Top = 77, BetweenNumbered = 24, BetweenNamed = 36, Margin = 3;

  // Harbor Street, Linden Avenue and Weaver Street lie where the look's mock pages speak of them: by the bay, in Linden Park, in the south
  private static readonly string[] Named = [
    "Summit Ave", "Larch Ave", "Reservoir Rd", "Juniper Ave", "College Ave", "Cedar St", "Prospect St", "Hawthorn Ave", "Orchard Ave",
    "Linden Ave", "Poplar St", "Ropewalk Ln", "Court St", "Maple Ave", "Market St", "Ferry St", "Depot St", "Harbor St", "Front St",
    "Mill Rd", "Bank St", "Lock St", "Granary Rd", "Weaver St", "Foundry St", "Tannery Rd",
  ];

  private readonly Weighted<Block>[] _byBeat;

  public CityBlocks(int seed) => _byBeat = [.. CityMap.Beats.Select(beat => Weigh(beat, new Draws(seed, $"blocks {beat.Code}")))];

  /// <summary>A block of the beat with this index in <see cref="CityMap.Beats"/>.</summary>
  public Block Draw(int beat, Draws draws) => _byBeat[beat].Draw(draws);

  private static Weighted<Block> Weigh(Beat beat, Draws draws) {
    var ring = CityMap.Ring(beat);
    List<(string Address, (double X, double Y) Middle)> found = [];
    for (var named = 0; named < Named.Length; named++)
      for (var numbered = 1; numbered <= 40; numbered++) {
        var corner = (X: First + BetweenNumbered * (numbered - 1), Y: Top + BetweenNamed * named);
        Add($"{numbered * 100} block of {Named[named]}", (corner.X + BetweenNumbered / 2, corner.Y));
        Add($"{(named + 1) * 100} block of {Ordinal(numbered)} St", (corner.X, corner.Y + BetweenNamed / 2));
      }
    // Zipf's law, flattened: the busiest block of a beat sees several times what its middle one does
    draws.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(found));
    var blocks = found.Select((f, rank) => {
      var (longitude, latitude) = CityMap.Degrees(f.Middle);
      return new Block(f.Address, latitude.ToString("0.000000"), longitude.ToString("0.000000"), Math.Pow(rank + 3, -0.8));
    });
    return new([.. blocks], block => block.Weight);

    void Add(string address, (double X, double Y) middle) {
      // a block has some width: its middle lies at least 36 meters inside the border
      (double X, double Y)[] around = [(-Margin, 0), (Margin, 0), (0, -Margin), (0, Margin)];
      if (around.All(a => CityMap.Holds(ring, (middle.X + a.X, middle.Y + a.Y)))) found.Add((address, middle));
    }
  }

  private static string Ordinal(int number) => number + ((number % 10, number / 10) switch {
    (1, not 1) => "st",
    (2, not 1) => "nd",
    (3, not 1) => "rd",
    _ => "th",
  });
}
