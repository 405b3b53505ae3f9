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
    Now = Lines([.. points.Select(p => (p.Now, p.NowGrows))]);
    Before = Lines([.. points.Select(p => (p.Before, p.BeforeGrows))]);
  }

  public IReadOnlyList<decimal> Ticks { get; }
  public decimal TickStep => Ticks[1];
  public Run Now { get; }
  public Run Before { get; }

  public double X(int index) => index * 100.0 / _last;
  public double Y(decimal value) => 100 - (double)(value * 100 / _top);

  // A gap in the data is a gap in the line; what leads to a step not complete yet is dashed
  private Run Lines(IReadOnlyList<(decimal? Value, bool Grows)> steps) {
    var (lines, dashes) = (new List<List<int>>(), new List<List<int>>());
    for (var i = 1; i < steps.Count; i++) {
      if (!IsKnown(i - 1) || !IsKnown(i)) continue;
      var pieces = steps[i].Grows ? dashes : lines;
      if (pieces is [.., [.., var last]] && last == i - 1) pieces[^1].Add(i);
      else pieces.Add([i - 1, i]);
    }
    var known = Enumerable.Range(0, steps.Count).Where(IsKnown).ToList();
    var dots = known.SkipLast(1).Where(i => steps[i].Grows || !IsKnown(i - 1) && !IsKnown(i + 1));
    return new([.. lines.Select(Points)], [.. dashes.Select(Points)], [.. dots.Select(At)], known is [.., var end] ? new(end, At(end)) : null);

    bool IsKnown(int i) => i >= 0 && i < steps.Count && steps[i].Value is not null;
    Dot At(int i) => new(X(i), Y(steps[i].Value!.Value), steps[i].Grows);
    string Points(List<int> piece) => string.Join(' ', piece.Select(At).Select(p => $"{Svg.Number(p.X)},{Svg.Number(p.Y)}"));
  }

  /// <summary>One line in its unbroken pieces, solid and dashed; the steps before its end that are dots; and its end.</summary>
  public sealed record Run(IReadOnlyList<string> Lines, IReadOnlyList<string> Dashes, IReadOnlyList<Dot> Dots, LineEnd? End);

  /// <summary>A lone step between two gaps, or, hollow, one that is not complete yet.</summary>
  public readonly record struct Dot(double X, double Y, bool IsHollow) {
    /// <summary>The class of a hollow one.</summary>
    public string? Hollow => IsHollow ? "dot-hollow" : null;
  }

  /// <summary>The last step a line reaches.</summary>
  public sealed record LineEnd(int Index, Dot Dot);
}
