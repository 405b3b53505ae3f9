using System.Text.Json;

namespace Porchlight.Kernel.Outbox;

/// <summary>Every handler there is; and the bell that wakes the dispatcher when something was published in this process.</summary>
public sealed class OutboxHandlers {
  private readonly Dictionary<(string Event, string Handler), HandlerEntry> _byName;
  private readonly ILookup<Type, HandlerEntry> _byEvent;
  private TaskCompletionSource _next = NewBell();

  internal OutboxHandlers(IEnumerable<HandlerEntry> entries) {
    var all = entries.ToList();
    _byName = all.ToDictionary(e => (e.Event.FullName!, e.Name));
    _byEvent = all.ToLookup(e => e.Event);
  }

  /// <summary>Done when the bell is next rung. Take it before looking for work, then look, then wait for it: no ring is missed.</summary>
  internal Task Rung => Volatile.Read(ref _next).Task;

  internal void Ring() => Interlocked.Exchange(ref _next, NewBell()).TrySetResult();

  internal HandlerEntry? Find(string happened, string handler) => _byName.GetValueOrDefault((happened, handler));

  internal IEnumerable<OutboxRow> RowsFor(object happened, DateTimeOffset now) {
    var content = JsonSerializer.Serialize(happened, happened.GetType());
    return _byEvent[happened.GetType()].Select(handler => new OutboxRow {
      OutboxRowId = Guid.CreateVersion7(now), Event = handler.Event.FullName!, Handler = handler.Name, Content = content,
      PublishedAt = now, NotBefore = now,
    });
  }

  private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
