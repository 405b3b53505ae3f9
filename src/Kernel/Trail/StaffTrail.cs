using System.Text;
using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Trail;

/// <summary>What is searched for; what is left null is not asked about.</summary>
public sealed record TrailSearch {
  /// <summary>Not before this.</summary>
  public DateTimeOffset? Since { get; init; }
  /// <summary>Before this.</summary>
  public DateTimeOffset? Until { get; init; }
  /// <summary>What this person did.</summary>
  public Guid? ActorId { get; init; }
  /// <summary>Exactly this action: "accounts.signed-in".</summary>
  public string? Action { get; init; }
  /// <summary>One of <see cref="TrailOutcome"/>.</summary>
  public string? Outcome { get; init; }
  /// <summary>Words that all occur in the entry, in any order, in capitals or not.</summary>
  public string? Text { get; init; }
}

/// <summary>Entries, latest first.</summary>
/// <param name="Entries">At most as many as were asked for.</param>
/// <param name="Older">Give it as <c>before</c> to read on; null at the end.</param>
public sealed record TrailPage(IReadOnlyList<TrailEntry> Entries, Guid? Older);

/// <summary>
/// The append-only trail of what the department's people did: added to with the change it tells of, searched and taken away, never changed.
/// </summary>
public sealed class StaffTrail(PlatformDb db, TimeProvider clock) {
  private static readonly string[] Columns = ["time", "person_id", "person", "action", "subject", "from", "outcome", "detail"];

  /// <summary>
  /// Adds an entry to this request's save: what is not saved did not happen, and is not on the trail. What is longer than its column is cut.
  /// </summary>
  /// <param name="actor">Who; null where no one is signed in (a refused sign-in).</param>
  /// <param name="action">A constant of the module: "accounts.signed-in".</param>
  /// <param name="subject">What it is about.</param>
  /// <param name="outcome">One of <see cref="TrailOutcome"/>.</param>
  /// <param name="from">The client's address.</param>
  /// <param name="detail">A short text more; never a secret.</param>
  public void Add(Actor? actor, string action, string subject, string outcome = TrailOutcome.Done, string? from = null, string? detail = null) =>
    db.Trail.Add(TrailEntry.Of(clock.GetUtcNow(), actor, action, subject, outcome, from, detail));

  /// <summary>A page of what was found, latest first. An unknown <paramref name="before"/> is the beginning.</summary>
  public async Task<TrailPage> SearchAsync(TrailSearch search, Guid? before, int size, CancellationToken ct) {
    var found = Found(search);
    var read = before is null ? null : await db.Trail.AsNoTracking().SingleOrDefaultAsync(e => e.TrailEntryId == before, ct);
    if (read is { At: var at, TrailEntryId: var id })
      // the first bound is what the index is entered by
      found = found.Where(e => e.At <= at && (e.At < at || e.TrailEntryId < id));
    var entries = await found.Take(size + 1).ToListAsync(ct);
    return entries.Count > size ? new(entries[..size], entries[size - 1].TrailEntryId) : new(entries, null);
  }

  /// <summary>The actions there are on the trail, by name: what a search offers.</summary>
  public async Task<IReadOnlyList<string>> ActionsAsync(CancellationToken ct) {
    // from one action to the next by the index: there are dozens, in any number of entries
    var actions = new List<string>();
    for (var last = ""; ; actions.Add(last)) {
      var next = await db.Trail.Where(e => string.Compare(e.Action, last) > 0).Select(e => e.Action).OrderBy(a => a).FirstOrDefaultAsync(ct);
      if (next is null) return actions;
      last = next;
    }
  }

  /// <summary>
  /// Writes all that is found, latest first, as UTF-8 CSV with a head; row by row, so that its size is no matter. Opening it in a spreadsheet
  /// runs nothing: see <see cref="CsvLine"/>.
  /// </summary>
  public async Task WriteCsvAsync(TrailSearch search, Stream to, CancellationToken ct) {
    await using var writer = new StreamWriter(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
    await writer.WriteAsync(CsvLine.Of(Columns));
    await foreach (var e in Found(search).AsAsyncEnumerable().WithCancellation(ct))
      await writer.WriteAsync(CsvLine.Of([e.At, e.ActorId, e.ActorName, e.Action, e.Subject, e.From, e.Outcome, e.Detail]));
    await writer.FlushAsync(ct);
  }

  private IQueryable<TrailEntry> Found(TrailSearch search) {
    var found = db.Trail.AsNoTracking();
    if (search.Since is { } since) found = found.Where(e => e.At >= since);
    if (search.Until is { } until) found = found.Where(e => e.At < until);
    if (search.ActorId is { } actor) found = found.Where(e => e.ActorId == actor);
    if (search.Action is { Length: > 0 } action) found = found.Where(e => e.Action == action);
    if (search.Outcome is { Length: > 0 } outcome) found = found.Where(e => e.Outcome == outcome);
    foreach (var word in (search.Text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
      found = found.Where(e => e.Words.Contains(word));
    return found.OrderByDescending(e => e.At).ThenByDescending(e => e.TrailEntryId);
  }
}
