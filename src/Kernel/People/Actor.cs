namespace Porchlight.Kernel.People;

/// <summary>Who acts: a person who is signed in, someone at the shell of the machine, or the program by itself.</summary>
/// <param name="PersonId">The person's account; null for the shell and the program.</param>
/// <param name="Name">As it stands today: what keeps it keeps a copy, which outlives the account.</param>
public sealed record Actor(Guid? PersonId, string Name) {
  /// <summary>Whoever runs a verb. The machine knows who may; Porchlight does not.</summary>
  public static readonly Actor Shell = new(null, "the shell");
  /// <summary>The program by itself: a job, a standing approval.</summary>
  public static readonly Actor Program = new(null, "the program");
}
