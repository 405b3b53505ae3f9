namespace Porchlight.Ui.Maps;

/// <summary>
/// Simplifies rings arc by arc (Douglas-Peucker), an arc being the border between two points where three areas meet. Both neighbors walk the
/// same arc, whichever way around, so no gap opens between them.
/// </summary>
internal sealed class SharedBorders {
  private readonly HashSet<(int X, int Y)> _joints = [];
  private readonly double _tolerance;

  public SharedBorders(IEnumerable<IReadOnlyList<(int X, int Y)>> rings, double tolerance) {
    _tolerance = tolerance;
    var neighbors = new Dictionary<(int, int), ((int, int) A, (int, int) B)>();
    foreach (var ring in rings) {
      for (var i = 0; i < ring.Count; i++) {
        var (before, after) = (ring[(i + ring.Count - 1) % ring.Count], ring[(i + 1) % ring.Count]);
        var pair = before.CompareTo(after) < 0 ? (before, after) : (after, before);
        if (!neighbors.TryAdd(ring[i], pair) && neighbors[ring[i]] != pair) _joints.Add(ring[i]);
      }
    }
  }

  public List<(int X, int Y)> Simplify(IReadOnlyList<(int X, int Y)> ring) {
    var start = Enumerable.Range(0, ring.Count).Where(i => _joints.Contains(ring[i])).DefaultIfEmpty(-1).First();
    if (start < 0) start = Enumerable.Range(0, ring.Count).MinBy(i => ring[i]);
    var kept = new List<(int X, int Y)>();
    var arc = new List<(int X, int Y)> { ring[start] };
    for (var step = 1; step <= ring.Count; step++) {
      var point = ring[(start + step) % ring.Count];
      arc.Add(point);
      if (!_joints.Contains(point) && step < ring.Count) continue;
      kept.AddRange(Thin(arc).SkipLast(1));
      arc = [point];
    }
    return kept;
  }

  private List<(int X, int Y)> Thin(List<(int X, int Y)> arc) {
    // The same arc the other way around must keep the same points
    var backward = arc[0].CompareTo(arc[^1]) > 0 || arc[0] == arc[^1] && arc[1].CompareTo(arc[^2]) > 0;
    if (backward) arc.Reverse();
    var keep = new bool[arc.Count];
    keep[0] = keep[^1] = true;
    var todo = new Stack<(int From, int To)>();
    todo.Push((0, arc.Count - 1));
    while (todo.TryPop(out var span)) {
      var (farthest, at) = (0.0, -1);
      for (var i = span.From + 1; i < span.To; i++) {
        var distance = Distance(arc[i], arc[span.From], arc[span.To]);
        if (distance > farthest) (farthest, at) = (distance, i);
      }
      if (farthest <= _tolerance) continue;
      keep[at] = true;
      todo.Push((span.From, at));
      todo.Push((at, span.To));
    }
    var thin = arc.Where((_, i) => keep[i]).ToList();
    if (backward) thin.Reverse();
    return thin;
  }

  private static double Distance((int X, int Y) p, (int X, int Y) a, (int X, int Y) b) {
    double dx = b.X - a.X, dy = b.Y - a.Y;
    var length = dx * dx + dy * dy;
    var along = length == 0 ? 0 : Math.Clamp(((p.X - a.X) * dx + (p.Y - a.Y) * dy) / length, 0, 1);
    return Math.Sqrt(Math.Pow(p.X - a.X - along * dx, 2) + Math.Pow(p.Y - a.Y - along * dy, 2));
  }
}
