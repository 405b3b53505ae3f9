using Porchlight.Ui.Charts;
using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Maps;

/// <summary>Up to five classes of a map, lightest first, parted by round numbers.</summary>
public sealed class MapClasses {
  private static readonly decimal[] SecondSteps = [1, 5, 10, 15, 30, 60, 300, 900, 3600];
  private readonly decimal _finest;
  private readonly Unit _unit;

  private MapClasses(IReadOnlyList<decimal> breaks, Unit unit = Unit.Rate) {
    (Breaks, _unit) = (breaks, unit);
    _finest = breaks.All(b => b * 10 == Math.Floor(b * 10)) ? 0.1m : 0.01m;
  }

  /// <summary>Where one class ends and the next begins, ascending; at most four.</summary>
  public IReadOnlyList<decimal> Breaks { get; }

  /// <summary>Breaks a department has chosen itself.</summary>
  public static MapClasses At(params IReadOnlyList<decimal> breaks) => breaks.Count <= 4 && breaks.SequenceEqual(breaks.Distinct().Order())
    ? new(breaks) : throw new ArgumentException("At most four breaks, ascending.", nameof(breaks));

  /// <summary>A fifth of the areas in each class, as nearly as round numbers allow.</summary>
  public static MapClasses Of(IEnumerable<decimal> values, Unit unit = Unit.Rate) {
    var sorted = values.Order().ToList();
    if (sorted.Count == 0 || sorted[0] == sorted[^1]) return new([], unit);
    var breaks = Enumerable.Range(1, 4).Select(i => Round(sorted[Math.Min(sorted.Count - 1, sorted.Count * i / 5)], sorted[^1] - sorted[0], unit));
    return new([.. breaks.Where(b => b > sorted[0] && b <= sorted[^1]).Distinct().Order()], unit);
  }

  /// <summary>The class of a value, 1 to 5. With fewer classes the outer ones are kept, so that "darkest" stays dark.</summary>
  public int ClassOf(decimal value) => Shade(Breaks.Count(b => b <= value));

  /// <summary>The classes there are, lightest first, each with its words: "under 20", "20–34.9", "70 or more"; of times "from 6 min".</summary>
  public IReadOnlyList<(int Class, string Label)> Key {
    get {
      var t = Texts.Of(typeof(MapClasses));
      if (Breaks.Count == 0) return [];
      var key = new List<(int, string)> { (Shade(0), t["map.under", Write(Breaks[0])]) };
      for (var i = 0; i + 1 < Breaks.Count; i++) key.Add((Shade(i + 1), _unit == Unit.Seconds ? t["map.from", Write(Breaks[i])] : $"{Write(Breaks[i])}–{Write(Breaks[i + 1] - _finest)}"));
      key.Add((Shade(Breaks.Count), t["map.or-more", Write(Breaks[^1])]));
      return key;
    }
  }

  private int Shade(int index) => Breaks.Count switch { 0 => 3, 1 => index == 0 ? 2 : 4, 2 => index * 2 + 1, 3 => index + 1 + (index > 1 ? 1 : 0), _ => index + 1 };

  private string Write(decimal value) => _unit == Unit.Seconds ? _unit.Write(value) : Fmt.Number(value, value == Math.Floor(value) ? 0 : value * 10 == Math.Floor(value * 10) ? 1 : 2);

  // To a step of about a twentieth of the range: 1, 2 or 5 and zeros; of times, the steps of a clock
  private static decimal Round(decimal value, decimal range, Unit unit) {
    var rough = (double)range / 20;
    if (unit == Unit.Seconds) {
      var nice = SecondSteps.FirstOrDefault(s => s >= (decimal)rough, SecondSteps[^1]);
      return Math.Round(value / nice, MidpointRounding.AwayFromZero) * nice;
    }
    var power = (decimal)Math.Pow(10, Math.Floor(Math.Log10(rough)));
    var step = ((decimal)rough / power) switch { < 1.5m => power, < 3.5m => 2 * power, < 7.5m => 5 * power, _ => 10 * power };
    return Math.Round(value / step, MidpointRounding.AwayFromZero) * step / 1.0000000000000000000m;
  }
}
