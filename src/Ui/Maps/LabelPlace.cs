namespace Porchlight.Ui.Maps;

/// <summary>Where an area's code fits best: the widest stretch inside it among a few level lines, those near its middle first.</summary>
internal static class LabelPlace {
  private const int Lines = 15;

  public static (int X, int Y, int Room) Of(IReadOnlyList<IReadOnlyList<(int X, int Y)>> rings) {
    var (top, bottom) = (rings.SelectMany(r => r).Min(p => p.Y), rings.SelectMany(r => r).Max(p => p.Y));
    var best = (X: (double)rings[0][0].X, Y: (double)rings[0][0].Y, Room: 0.0, Score: -1.0);
    for (var line = 1; line <= Lines; line++) {
      // Half a unit off the grid, so that no corner lies on the line
      var y = Math.Floor(top + (bottom - top) * line / (Lines + 1.0)) + 0.5;
      var crossings = rings.SelectMany(r => Crossings(r, y)).Order().ToList();
      for (var i = 0; i + 1 < crossings.Count; i += 2) {
        var room = crossings[i + 1] - crossings[i];
        var score = room * (1 - Math.Abs(2.0 * line / (Lines + 1) - 1) * 0.6);
        if (score > best.Score) best = ((crossings[i] + crossings[i + 1]) / 2, y, room, score);
      }
    }
    return ((int)best.X, (int)best.Y, (int)best.Room);
  }

  private static IEnumerable<double> Crossings(IReadOnlyList<(int X, int Y)> ring, double y) {
    for (var i = 0; i < ring.Count; i++) {
      var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
      if (a.Y < y != b.Y < y) yield return a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X);
    }
  }
}
