namespace Porchlight.Contracts.Accounts;

/// <summary>Asked of every module by the staff's home page: what waits for this person.</summary>
public interface IWhatWaits {
  /// <summary>What there is for someone with these roles; nothing that the person may not open.</summary>
  Task<IReadOnlyList<WaitingTask>> WaitingAsync(Guid personId, IReadOnlyCollection<string> roles, CancellationToken ct);
}

/// <summary>One thing that waits.</summary>
/// <param name="English">A sentence: "Edition 4 of incidents waits for approval."</param>
/// <param name="Spanish">The same.</param>
/// <param name="Href">Where it is done, a path under /staff.</param>
/// <param name="Kind">How urgent it is.</param>
public sealed record WaitingTask(string English, string Spanish, string Href, WaitingKind Kind);

/// <summary>How urgent something is: failed and late stand first.</summary>
public enum WaitingKind {
  /// <summary>Something did not work.</summary>
  Failed,
  /// <summary>Its day is over.</summary>
  Late,
  /// <summary>It is someone's turn.</summary>
  Waits,
}
