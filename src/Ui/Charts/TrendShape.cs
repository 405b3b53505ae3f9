namespace Porchlight.Ui.Charts;

/// <summary>A trend's geometry in percent of its plot: x from the left, y from the top.</summary>
internal sealed class TrendShape {
  private readonly decimal _top;
  private readonly int _last;

  public TrendShape(IReadOnlyList<TrendPoint> points, Unit unit) {
    var largest = points.Max(p => Math.Max(p.Now ?? 0, p.Before ?? 0));
    Ticks = unit.Ticks(largest);
    _top = Ticks[^1];
    _last = Math.Max(1, points.Count - 1);
    Now = Lines(points, p => p.Now);
    Before = Lines(points, p => p.Before);
  }

  public IReadOnlyList<decimal> Ticks { get; }
  public decimal TickStep => Ticks[1];
  public Run Now { get; }
  public Run Before { get; }

  public double X(int index) => index * 100.0 / _last;
  public double Y(decimal value) => 100 - (double)(value * 100 / _top);

  // A gap in the data is a gap in the line; a lone step between two gaps is a dot
  private Run Lines(IReadOnlyList<TrendPoint> points, Func<TrendPoint, decimal?> value) {
    var (lines, dots, line) = (new List<string>(), new List<(double, double)>(), new List<(double X, double Y)>());
    for (var i = 0; i <= points.Count; i++) {
      if (i < points.Count && value(points[i]) is { } v) {
        line.Add((X(i), Y(v)));
        continue;
      }
      if (line.Count == 1) dots.Add(line[0]);
      if (line.Count > 1) lines.Add(string.Join(' ', line.Select(p => $"{Svg.Number(p.X)},{Svg.Number(p.Y)}")));
      line.Clear();
    }
    var end = points.Index().LastOrDefault(p => value(p.Item) is not null);
    return new(lines, dots, end.Item is null ? null : new(end.Index, X(end.Index), Y(value(end.Item)!.Value)));
  }

  /// <summary>One line in its unbroken pieces, and where it ends.</summary>
  public sealed record Run(IReadOnlyList<string> Lines, IReadOnlyList<(double X, double Y)> Dots, LineEnd? End);

  /// <summary>The last step a line reaches.</summary>
  public sealed record LineEnd(int Index, double X, double Y);
}
