namespace Porchlight.Kernel;

/// <summary>An expected refusal, as a value: what to do, in both languages. Messages say what to do ("Enter your name").</summary>
/// <param name="English">One or two plain sentences.</param>
/// <param name="Spanish">The same; null where only staff at a shell read it.</param>
public sealed record Problem(string English, string? Spanish = null);

/// <summary>
/// A refusal from so deep inside long work (an import's tenth step) that returning it through every step would hide the steps.
/// Caught once, at the verb. Not for bugs.
/// </summary>
public sealed class RefusedException(Problem problem) : Exception(problem.English) {
  /// <summary>For an English-only refusal at the shell.</summary>
  public RefusedException(string english) : this(new Problem(english)) { }
  /// <summary>What to do.</summary>
  public Problem Problem { get; } = problem;
}
