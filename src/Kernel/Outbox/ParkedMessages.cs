using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;

namespace Porchlight.Kernel.Outbox;

/// <summary>A message that failed ten times, or was refused for good.</summary>
/// <param name="MessageId">Its key.</param>
/// <param name="Event">What happened: the event's name, without its namespace.</param>
/// <param name="Handler">What should have been done about it: the handler's name, without its namespace.</param>
/// <param name="PublishedAt">When it happened.</param>
/// <param name="ParkedAt">When it was given up.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Problem">What the last try said; may name a person.</param>
public sealed record ParkedMessage(
  Guid MessageId, string Event, string Handler, DateTimeOffset PublishedAt, DateTimeOffset ParkedAt, int Attempts, string Problem);

/// <summary>How the outbox does.</summary>
/// <param name="Waiting">Messages not yet handled, parked ones aside.</param>
/// <param name="OldestSince">When the oldest of them was published; null where none waits.</param>
/// <param name="Parked">Messages given up.</param>
public sealed record OutboxState(int Waiting, DateTimeOffset? OldestSince, int Parked);

/// <summary>Shows parked messages, tries them again, drops them. Each is on the staff trail.</summary>
public sealed class ParkedMessages(PlatformDb db, OutboxHandlers handlers, StaffTrail trail, TimeProvider clock) {
  /// <summary>On the trail: a parked message is tried again.</summary>
  public const string TriedAgain = "outbox.tried-again";
  /// <summary>On the trail, with the reason: a parked message is dropped.</summary>
  public const string Dropped = "outbox.dropped";

  private static readonly Problem Gone = new("This message is not parked any more. Open the list again.",
    "Este mensaje ya no está detenido. Abra la lista de nuevo.");

  /// <summary>The latest parked first, at most <paramref name="size"/>.</summary>
  public async Task<IReadOnlyList<ParkedMessage>> ListAsync(int size, CancellationToken ct) =>
    [.. (await db.Outbox.AsNoTracking().Where(r => r.ParkedAt != null).OrderByDescending(r => r.ParkedAt).Take(size).ToListAsync(ct))
      .Select(r => new ParkedMessage(r.OutboxRowId, Short(r.Event), Short(r.Handler), r.PublishedAt, r.ParkedAt!.Value, r.Attempts, r.Problem ?? ""))];

  /// <summary>How many wait, since when, and how many are parked.</summary>
  public async Task<OutboxState> StateAsync(CancellationToken ct) => new(
    await db.Outbox.CountAsync(r => r.ParkedAt == null, ct),
    await db.Outbox.Where(r => r.ParkedAt == null).OrderBy(r => r.PublishedAt).Select(r => (DateTimeOffset?)r.PublishedAt).FirstOrDefaultAsync(ct),
    await db.Outbox.CountAsync(r => r.ParkedAt != null, ct));

  /// <summary>Gives a parked message ten more tries, beginning now. Returns what to do where it is not parked.</summary>
  public Task<Problem?> TryAgainAsync(Guid messageId, Actor actor, string? from, CancellationToken ct) => ChangeAsync(messageId, row => {
    (row.ParkedAt, row.Attempts, row.NotBefore) = (null, 0, clock.GetUtcNow());
    trail.Add(actor, TriedAgain, About(row), from: from);
  }, ct);

  /// <summary>Removes a parked message for good. Returns what to do where it is not parked, or no reason is given.</summary>
  public async Task<Problem?> DropAsync(Guid messageId, string reason, Actor actor, string? from, CancellationToken ct) => string.IsNullOrWhiteSpace(reason)
    ? new("Say why the message is dropped.", "Diga por qué se descarta el mensaje.")
    : await ChangeAsync(messageId, row => {
      db.Outbox.Remove(row);
      trail.Add(actor, Dropped, About(row), from: from, detail: reason);
    }, ct);

  private async Task<Problem?> ChangeAsync(Guid messageId, Action<OutboxRow> change, CancellationToken ct) {
    if (await db.Outbox.SingleOrDefaultAsync(r => r.OutboxRowId == messageId && r.ParkedAt != null, ct) is not { } row) return Gone;
    // whoever changes it after us, as things stand now, is refused
    row.Claim = Guid.CreateVersion7();
    change(row);
    try {
      await db.SaveChangesAsync(ct);
    } catch (DbUpdateConcurrencyException) {
      return Gone;
    }
    handlers.Ring();
    return null;
  }

  private static string About(OutboxRow row) => $"{Short(row.Event)} for {Short(row.Handler)}, message {row.OutboxRowId}";
  private static string Short(string name) => name[(name.LastIndexOfAny(['.', '+']) + 1)..];
}
