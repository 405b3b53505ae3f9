namespace Porchlight.Ui.Wording;

/// <summary>Whether a count went up or down by more than chance would move it.</summary>
public enum Direction {
  /// <summary>Fewer, beyond chance.</summary>
  Fewer,
  /// <summary>Within what chance alone does.</summary>
  AboutTheSame,
  /// <summary>More, beyond chance.</summary>
  More,
}

/// <summary>
/// The test behind the words "more" and "fewer": two Poisson counts differ where |2(sqrt(now) - sqrt(before))| exceeds 2
/// (the square root has nearly the same variance, 1/4, whatever a Poisson count is; so this is 1.41 standard errors of the difference, and
/// chance alone passes it one time in six). The field's rule of thumb, kept as it is: 19 against 27 is about the same.
/// </summary>
public static class Chance {
  /// <summary>Compares two counts of periods of the same length.</summary>
  public static Direction Of(long now, long before) => (2 * (Math.Sqrt(now) - Math.Sqrt(before))) switch {
    > 2 => Direction.More,
    < -2 => Direction.Fewer,
    _ => Direction.AboutTheSame,
  };
}
