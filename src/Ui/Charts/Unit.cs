using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Charts;

/// <summary>What a chart's values are.</summary>
public enum Unit {
  /// <summary>Whole things: 9,214.</summary>
  Count,
  /// <summary>For so many people: 43.4.</summary>
  Rate,
  /// <summary>A part of a whole, given as 0 to 1: 6.7%.</summary>
  Share,
  /// <summary>A span of time in seconds: 6 min 12 s.</summary>
  Seconds,
}

/// <summary>Writes values, and lays out axes from zero in steps people count in.</summary>
public static class UnitWriting {
  private static readonly decimal[] Steps = [1, 2, 2.5m, 5, 10];
  private static readonly decimal[] SecondSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400];

  /// <summary>A value as read in a table or a sentence.</summary>
  public static string Write(this Unit unit, decimal value) => unit switch {
    Unit.Rate => Fmt.Rate(value),
    Unit.Share => Fmt.Percent(value),
    Unit.Seconds => Fmt.Duration(TimeSpan.FromSeconds((double)value)),
    _ => Fmt.Number(value, 0),
  };

  /// <summary>The ticks from zero to just above the largest value, two to six of them, zero included.</summary>
  public static IReadOnlyList<decimal> Ticks(this Unit unit, decimal largest) {
    if (largest <= 0) largest = unit == Unit.Share ? 0.01m : 1;
    var step = unit == Unit.Seconds ? SecondSteps.FirstOrDefault(s => s * 5 >= largest, SecondSteps[^1] * Math.Ceiling(largest / SecondSteps[^1] / 5)) : NiceStep(unit, largest);
    var count = (int)Math.Ceiling(largest / step);
    return [.. Enumerable.Range(0, count + 1).Select(i => i * step)];
  }

  /// <summary>A tick's label: as few digits as its step needs.</summary>
  public static string WriteTick(this Unit unit, decimal value, decimal step) => unit switch {
    Unit.Share => $"{Fmt.Number(value * 100, Decimals(step * 100))}%",
    Unit.Seconds => value == 0 ? "0" : unit.Write(value),
    _ => Fmt.Number(value, Decimals(step)),
  };

  private static decimal NiceStep(Unit unit, decimal largest) {
    var least = unit switch { Unit.Count => 1m, Unit.Share => 0.001m, _ => 0.01m };
    var power = least;
    while (power * 50 < largest) power *= 10;
    foreach (var nice in Steps) {
      var step = nice * power;
      // Half a thing is no count
      if (step * 5 >= largest && (unit != Unit.Count || step == Math.Floor(step))) return step;
    }
    return power * 10;
  }

  private static int Decimals(decimal step) => step == Math.Floor(step) ? 0 : step * 10 == Math.Floor(step * 10) ? 1 : 2;
}
