using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Outbox;

/// <summary>Takes messages and runs their handlers. Any number of them work at once, in one process or in several on one PostgreSQL.</summary>
internal sealed class OutboxDispatcher(IServiceScopeFactory scopes, OutboxHandlers handlers, TimeProvider clock, ILogger<OutboxDispatcher> log) {
  /// <summary>So many failures park a message.</summary>
  public const int MostAttempts = 10;
  /// <summary>How long a claim is another's to leave alone.</summary>
  public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
  // well before the lease is over, so that no handler runs beside itself
  private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

  /// <summary>What a stop leaves to the handlers that run: less than the host's own patience.</summary>
  public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(15);

  /// <summary>The pause after a failure: 5 seconds, three times as long after each, so that nine of them last 14 hours.</summary>
  public static TimeSpan PauseAfter(int attempts) => TimeSpan.FromSeconds(5 * Math.Pow(3, attempts - 1));

  /// <summary>Claims one message that is due and runs its handler. False where none was to be had.</summary>
  public async Task<bool> RunOneAsync(CancellationToken stopping) {
    if (await ClaimAsync(stopping) is not { } message) return false;
    if (message.Attempts > MostAttempts) {
      await ReleaseAsync(message, r => (r.ParkedAt, r.Problem) = (clock.GetUtcNow(), r.Problem ?? "The program ended each time it ran."));
      return true;
    }
    using var patience = new CancellationTokenSource(Patience, clock);
    await using var stop = stopping.Register(() => patience.CancelAfter(Grace));
    try {
      await HandleAsync(message, patience.Token);
      Telemetry.Handled.Add(1, new KeyValuePair<string, object?>("handler", message.Handler));
    } catch (OperationCanceledException) when (stopping.IsCancellationRequested) {
      // not its fault: another process, or the next start, runs it at once
      await ReleaseAsync(message, r => (r.Attempts, r.NotBefore) = (message.Attempts - 1, clock.GetUtcNow()));
    } catch (Exception failure) {
      await FailAsync(message, failure);
    }
    return true;
  }

  private async Task<OutboxRow?> ClaimAsync(CancellationToken ct) {
    await using var scope = scopes.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    var (now, claim) = (clock.GetUtcNow(), Guid.CreateVersion7());
    var isDue = db.Outbox.Where(r => r.ParkedAt == null && r.NotBefore <= now);
    foreach (var row in await isDue.AsNoTracking().OrderBy(r => r.NotBefore).Take(8).ToListAsync(ct)) {
      // conditional: of all who saw it, one moves it on
      (row.Claim, row.NotBefore, row.Attempts) = (claim, now + Lease, row.Attempts + 1);
      var won = await db.InTurnAsync(() => isDue.Where(r => r.OutboxRowId == row.OutboxRowId).ExecuteUpdateAsync(set => set
        .SetProperty(r => r.Claim, claim).SetProperty(r => r.NotBefore, row.NotBefore).SetProperty(r => r.Attempts, row.Attempts), ct), ct);
      if (won == 1) return row;
    }
    return null;
  }

  private async Task HandleAsync(OutboxRow message, CancellationToken ct) {
    var handler = handlers.Find(message.Event, message.Handler)
      ?? throw new NotSupportedException("This version of Porchlight has no such handler. A newer one may: it is tried again for half a day.");
    using var activity = Telemetry.Source.StartActivity($"outbox {handler.Name}");
    await using var scope = scopes.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    db.Outbox.Attach(message);
    await db.HandlingAsync(() => handler.RunAsync(scope.ServiceProvider, JsonSerializer.Deserialize(message.Content, handler.Event)!, ct));
    db.Outbox.Remove(message);
    // refused, and with it all the handler wrote, where another has claimed it since
    await db.SaveChangesAsync(ct);
  }

  private async Task FailAsync(OutboxRow message, Exception failure) {
    var park = message.Attempts >= MostAttempts || failure is RefusedException;
    // an exception's own text may name a person: it is kept with the message, for those who may see it
    log.LogWarning("Outbox: {Handler} failed, attempt {Attempt} of {MostAttempts}{Parked}: {Exception} {StackTrace}",
      message.Handler, message.Attempts, MostAttempts, park ? ", and the message is parked" : "", failure.GetType().FullName, failure.StackTrace);
    Telemetry.Failed.Add(1, new KeyValuePair<string, object?>("handler", message.Handler));
    var says = failure is RefusedException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
    await ReleaseAsync(message, r => {
      r.Problem = PlainText.Cut(says, OutboxRow.LongestProblem);
      if (park) r.ParkedAt = clock.GetUtcNow();
      else r.NotBefore = clock.GetUtcNow() + PauseAfter(message.Attempts);
    });
  }

  // in a scope of its own: what the handler left half-done must not be saved with it
  private async Task ReleaseAsync(OutboxRow message, Action<OutboxRow> change) {
    await using var scope = scopes.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    if (await db.Outbox.SingleOrDefaultAsync(r => r.OutboxRowId == message.OutboxRowId && r.Claim == message.Claim) is not { } row) return;
    change(row);
    try {
      await db.SaveChangesAsync();
    } catch (DbUpdateConcurrencyException) {
      // another has it by now
    }
  }
}
