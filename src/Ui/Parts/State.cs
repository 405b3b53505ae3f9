namespace Porchlight.Ui.Parts;

/// <summary>The state of a promise, a feed, a step.</summary>
public enum State {
  /// <summary>Done.</summary>
  Done,
  /// <summary>Under way.</summary>
  UnderWay,
  /// <summary>Held up.</summary>
  HeldUp,
  /// <summary>Late: brick.</summary>
  Late,
  /// <summary>Not feasible.</summary>
  NotFeasible,
  /// <summary>Someone must answer.</summary>
  Unsure,
  /// <summary>As expected.</summary>
  Fine,
}
