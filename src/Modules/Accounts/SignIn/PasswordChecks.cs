using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Porchlight.Accounts.Data;

namespace Porchlight.Accounts.SignIn;

/// <summary>
/// How many passwords are checked at a time. A check is made to be slow, so a flood of them would slow the public pages: one at a time, ten a
/// minute from one address.
/// </summary>
internal sealed class PasswordChecks(IPasswordHasher<Person> hasher) : IDisposable {
  private static readonly Person Nobody = Person.Make("", "", [], default);
  private readonly string _hash = hasher.HashPassword(Nobody, Guid.CreateVersion7().ToString());
  private readonly ConcurrencyLimiter _oneAtATime = new(new() { PermitLimit = 1, QueueLimit = 20, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
  private readonly TokenBucketRateLimiter _all = new(new() {
    TokenLimit = 40, TokensPerPeriod = 4, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true,
  });
  private readonly PartitionedRateLimiter<string> _byAddress = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address,
    _ => new() { TokenLimit = 20, TokensPerPeriod = 10, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0, AutoReplenishment = true }));

  /// <summary>Waits its turn; null where there have been too many. Dispose it after the check.</summary>
  public async Task<IDisposable?> TakeTurnAsync(string? address, CancellationToken ct) {
    using var mine = _byAddress.AttemptAcquire(address ?? "");
    if (!mine.IsAcquired) return null;
    using var any = _all.AttemptAcquire();
    if (!any.IsAcquired) return null;
    var turn = await _oneAtATime.AcquireAsync(1, ct);
    if (turn.IsAcquired) return turn;
    turn.Dispose();
    return null;
  }

  /// <summary>Takes as long as a real check: the time tells no one whether there is such an account.</summary>
  public void SpendTheSame(string password) => hasher.VerifyHashedPassword(Nobody, _hash, password);

  public void Dispose() {
    _oneAtATime.Dispose();
    _all.Dispose();
    _byAddress.Dispose();
  }
}
