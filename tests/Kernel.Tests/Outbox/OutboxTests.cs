using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Outbox;

public sealed class OutboxTests {
  private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
  private static readonly Actor Rosa = new(Guid.CreateVersion7(), "Rosa Álvarez");
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task An_event_is_handled_once_by_each_handler_and_what_they_write_is_kept(Provider provider) {
    await using var host = await StartAsync(provider);
    await PublishAsync(host, "Ana");
    Assert.Equal(2, await RunAllAsync(host));
    Assert.Equal(["also Ana", "greeted Ana"], await WrittenAsync(host));
    Assert.Equal(0, await WaitingAsync(host));
    Assert.Equal(0, await RunAllAsync(host));
  }

  [Theory, OnBoth]
  public async Task An_event_whose_save_never_came_or_was_undone_is_not_handled(Provider provider) {
    await using var host = await StartAsync(provider);
    await host.UseAsync((PlatformDb db) => { db.Publish(new Greeted("never saved")); return Task.CompletedTask; });
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(async () => {
      await using var undone = await db.Database.BeginTransactionAsync(Ct);
      db.Publish(new Greeted("rolled back"));
      return await db.SaveChangesAsync(Ct);
    }, Ct));
    await host.UseAsync(async (PlatformDb db) => {
      db.Settings.Add(new() { Key = "one", Value = "", ChangedAt = default });
      await db.SaveChangesAsync(Ct);
    });
    await Assert.ThrowsAsync<DbUpdateException>(() => host.UseAsync(async (PlatformDb db) => {
      db.Publish(new Greeted("refused by the database"));
      db.Settings.Add(new() { Key = "one", Value = "again", ChangedAt = default });
      await db.SaveChangesAsync(Ct);
    }));
    Assert.Equal(0, await WaitingAsync(host));
  }

  [Theory, OnBoth]
  public async Task A_handler_that_fails_writes_nothing_and_is_tried_again_after_a_pause(Provider provider) {
    await using var host = await StartAsync(provider);
    Behavior(host).Do = _ => throw new TimeoutException("the relay is slow");
    await PublishAsync(host, "Ana");
    Assert.Equal(2, await RunAllAsync(host));
    Assert.Equal(["also Ana"], await WrittenAsync(host));
    Behavior(host).Do = _ => Task.CompletedTask;
    host.Clock.Advance(OutboxDispatcher.PauseAfter(1) - TimeSpan.FromMilliseconds(1));
    Assert.Equal(0, await RunAllAsync(host));
    host.Clock.Advance(TimeSpan.FromMilliseconds(1));
    Assert.Equal(1, await RunAllAsync(host));
    Assert.Equal(["also Ana", "greeted Ana"], await WrittenAsync(host));
  }

  [Theory, OnBoth]
  public async Task Ten_failures_with_growing_pauses_park_a_message_which_can_be_tried_again_or_dropped(Provider provider) {
    await using var host = await StartAsync(provider);
    Behavior(host).Do = _ => throw new TimeoutException("the relay is slow");
    await PublishAsync(host, "Ana");
    await RunAllAsync(host);
    for (var attempt = 1; attempt < OutboxDispatcher.MostAttempts; attempt++) {
      Assert.Empty(await host.UseAsync((ParkedMessages parked) => parked.ListAsync(10, Ct)));
      Assert.True(OutboxDispatcher.PauseAfter(attempt + 1) > OutboxDispatcher.PauseAfter(attempt));
      host.Clock.Advance(OutboxDispatcher.PauseAfter(attempt));
      Assert.Equal(1, await RunAllAsync(host));
    }
    var parked = Assert.Single(await host.UseAsync((ParkedMessages p) => p.ListAsync(10, Ct)));
    Assert.Equal(("Greeted", "Greet", 10, "TimeoutException: the relay is slow"), (parked.Event, parked.Handler, parked.Attempts, parked.Problem));
    Assert.Equal(new OutboxState(0, null, 1), await host.UseAsync((ParkedMessages p) => p.StateAsync(Ct)));
    host.Clock.Advance(TimeSpan.FromDays(30));
    Assert.Equal(0, await RunAllAsync(host));

    Assert.Null(await host.UseAsync((ParkedMessages p) => p.TryAgainAsync(parked.MessageId, Rosa, "192.0.2.7", Ct)));
    Assert.NotNull(await host.UseAsync((ParkedMessages p) => p.TryAgainAsync(parked.MessageId, Rosa, "192.0.2.7", Ct)));
    Behavior(host).Do = _ => throw new RefusedException("Correct the address.");
    Assert.Equal(1, await RunAllAsync(host));
    Assert.Equal((1, "Correct the address."), Assert.Single(await host.UseAsync((ParkedMessages p) => p.ListAsync(10, Ct))) is var m ? (m.Attempts, m.Problem) : default);

    Assert.Equal("Say why the message is dropped.", (await host.UseAsync((ParkedMessages p) => p.DropAsync(parked.MessageId, " ", Rosa, null, Ct)))!.English);
    Assert.Null(await host.UseAsync((ParkedMessages p) => p.DropAsync(parked.MessageId, "Ana has left", Rosa, "192.0.2.7", Ct)));
    Assert.NotNull(await host.UseAsync((ParkedMessages p) => p.DropAsync(parked.MessageId, "Ana has left", Rosa, null, Ct)));
    Assert.Equal(new OutboxState(0, null, 0), await host.UseAsync((ParkedMessages p) => p.StateAsync(Ct)));
    var trail = (await host.UseAsync((StaffTrail t) => t.SearchAsync(new(), null, 10, Ct))).Entries;
    Assert.Equal([(ParkedMessages.Dropped, "Ana has left"), (ParkedMessages.TriedAgain, null)], trail.Select(e => (e.Action, e.Detail)));
    Assert.Equal(["also Ana"], await WrittenAsync(host));
  }

  [Theory, OnBoth]
  public async Task A_claim_that_a_crash_left_is_run_by_another_and_a_late_comer_writes_nothing(Provider provider) {
    await using var host = await StartAsync(provider);
    var (begun, released, late) = (new TaskCompletionSource(), new TaskCompletionSource(), true);
    Behavior(host).Do = async _ => {
      if (!late) return;
      late = false;
      begun.SetResult();
      await released.Task.WaitAsync(Long);
    };
    await PublishAsync(host, "Ana");
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Outbox.Where(r => r.Handler.EndsWith("AlsoGreet")).ExecuteDeleteAsync(Ct), Ct));
    var slow = Dispatcher(host).RunOneAsync(Ct);
    await begun.Task.WaitAsync(Long);
    host.Clock.Advance(OutboxDispatcher.Lease - TimeSpan.FromMilliseconds(1));
    Assert.Equal(0, await RunAllAsync(host));
    host.Clock.Advance(TimeSpan.FromMilliseconds(1));
    Assert.Equal(1, await RunAllAsync(host));
    Assert.Equal(["greeted Ana"], await WrittenAsync(host));
    // the first was not dead, only slow: the key it would write is there, but it is its message that refuses it
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Settings.ExecuteDeleteAsync(Ct), Ct));
    released.SetResult();
    Assert.True(await slow.WaitAsync(Long));
    Assert.Empty(await WrittenAsync(host));
    Assert.Equal(0, await WaitingAsync(host));
  }

  [Theory, OnBoth]
  public async Task A_message_that_ends_the_process_each_time_is_parked(Provider provider) {
    await using var host = await StartAsync(provider);
    await PublishAsync(host, "Ana");
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(r => r.Attempts, OutboxDispatcher.MostAttempts), Ct), Ct));
    Assert.Equal(2, await RunAllAsync(host));
    Assert.Empty(await WrittenAsync(host));
    Assert.Equal(["The program ended each time it ran.", "The program ended each time it ran."],
      (await host.UseAsync((ParkedMessages p) => p.ListAsync(10, Ct))).Select(m => m.Problem));
  }

  [Theory, OnBoth]
  public async Task A_message_for_a_handler_of_a_newer_version_waits_for_it(Provider provider) {
    await using var host = await StartAsync(provider);
    await PublishAsync(host, "Ana");
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(r => r.Handler, "Porchlight.Newer"), Ct), Ct));
    Assert.Equal(2, await RunAllAsync(host));
    Assert.Equal(2, await WaitingAsync(host));
    Assert.Empty(await WrittenAsync(host));
  }

  [Fact]
  public async Task A_handler_that_saves_by_itself_is_a_failure_because_its_message_could_be_left_behind() {
    await using var host = await StartAsync(Provider.Sqlite);
    Behavior(host).Do = db => db.SaveChangesAsync(Ct);
    await PublishAsync(host, "Ana");
    await RunAllAsync(host);
    Assert.Equal(["also Ana"], await WrittenAsync(host));
    Assert.Contains("A handler does not save", (await host.UseAsync((PlatformDb db) => db.Outbox.SingleAsync(Ct))).Problem, StringComparison.Ordinal);
  }

  [Theory, OnBoth]
  public async Task What_a_handler_publishes_is_handled_too(Provider provider) {
    await using var host = await StartAsync(provider);
    Behavior(host).Do = db => {
      Behavior(host).Do = _ => Task.CompletedTask;
      db.Publish(new Greeted("Ben"));
      return Task.CompletedTask;
    };
    await PublishAsync(host, "Ana");
    Assert.Equal(4, await RunAllAsync(host));
    Assert.Equal(["also Ana", "also Ben", "greeted Ana", "greeted Ben"], await WrittenAsync(host));
  }

  [Theory, OnBoth]
  public async Task A_stop_lets_a_handler_end(Provider provider) {
    await using var host = await StartAsync(provider);
    var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
    Behavior(host).Cancellable = async ct => {
      begun.TrySetResult();
      await released.Task.WaitAsync(ct);
    };
    _ = host.Client;
    await PublishAsync(host, "Ana");
    await begun.Task.WaitAsync(Long);
    var stopped = host.Services.GetServices<IHostedService>().OfType<OutboxRunner>().Single().StopAsync(Ct);
    await Task.Delay(100);
    Assert.False(stopped.IsCompleted);
    released.SetResult();
    await stopped.WaitAsync(Long);
    Assert.Contains("greeted Ana", await WrittenAsync(host));
  }

  [Theory, OnBoth]
  public async Task A_handler_that_does_not_end_when_told_to_stop_gives_its_message_back(Provider provider) {
    await using var host = await StartAsync(provider);
    Dispatcher(host).Grace = TimeSpan.Zero;
    using var stop = new CancellationTokenSource();
    var begun = new TaskCompletionSource();
    Behavior(host).Cancellable = async ct => {
      begun.TrySetResult();
      await Task.Delay(Timeout.Infinite, ct);
    };
    await PublishAsync(host, "Ana");
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Outbox.Where(r => r.Handler.EndsWith("AlsoGreet")).ExecuteDeleteAsync(Ct), Ct));
    var running = Dispatcher(host).RunOneAsync(stop.Token);
    await begun.Task.WaitAsync(Long);
    await stop.CancelAsync();
    await running.WaitAsync(Long);
    var row = await host.UseAsync((PlatformDb db) => db.Outbox.SingleAsync(Ct));
    Assert.Equal((0, host.Clock.GetUtcNow(), null), (row.Attempts, row.NotBefore, row.Problem));
    Behavior(host).Cancellable = _ => Task.CompletedTask;
    Assert.Equal(1, await RunAllAsync(host));
    Assert.Equal(["greeted Ana"], await WrittenAsync(host));
  }

  [Theory, OnBoth]
  public async Task The_bell_rings_when_a_message_is_there_to_be_taken(Provider provider) {
    await using var host = await StartAsync(provider);
    var handlers = host.Services.GetRequiredService<OutboxHandlers>();
    var rung = handlers.Rung;
    await host.UseAsync(async (PlatformDb db) => {
      db.Settings.Add(new() { Key = "city", Value = "", ChangedAt = default });
      await db.SaveChangesAsync(Ct);
      Assert.False(rung.IsCompleted);
      db.Publish(new Greeted("Ana"));
      Assert.False(rung.IsCompleted);
      await db.SaveChangesAsync(Ct);
      Assert.True(rung.IsCompleted);
      rung = handlers.Rung;
      await db.InTurnAsync(async () => {
        await using var whole = await db.Database.BeginTransactionAsync(Ct);
        db.Publish(new Greeted("Ben"));
        await db.SaveChangesAsync(Ct);
        Assert.False(rung.IsCompleted);
        await whole.CommitAsync(Ct);
        return true;
      }, Ct);
      Assert.True(rung.IsCompleted);
    });
  }

  [Theory, OnBoth]
  public async Task The_web_server_handles_what_is_published_while_it_runs(Provider provider) {
    await using var host = await StartAsync(provider);
    _ = host.Client;
    await Task.WhenAll(Enumerable.Range(0, 20).Select(n => PublishAsync(host, $"guest-{n}")));
    await Wait.UntilAsync(async () => await WaitingAsync(host) == 0);
    Assert.Equal(40, (await WrittenAsync(host)).Count);
  }

  [Fact]
  public async Task Two_dispatchers_at_once_run_each_handler_once() {
    const int Guests = 100;
    await using var host = await StartAsync(Provider.Postgres);
    await using var second = host.SecondNode();
    await host.UseAsync(async (PlatformDb db) => {
      for (var n = 0; n < Guests; n++) db.Publish(new Greeted($"guest-{n:000}"));
      await db.SaveChangesAsync(Ct);
    });
    var counts = await Task.WhenAll(((TestHost[])[host, host, host, second, second, second]).Select(RunAllAsync)).WaitAsync(TimeSpan.FromSeconds(60));
    Assert.Equal(2 * Guests, counts.Sum());
    Assert.All(counts[..3].Chunk(3).Concat(counts[3..].Chunk(3)), node => Assert.True(node.Sum() > 0, "A node had none to do."));
    Assert.Equal(2 * Guests, (await WrittenAsync(host)).Count);
    Assert.Equal(Guests, Behavior(host).Greeted.Count + Behavior(second).Greeted.Count);
    Assert.Empty(Behavior(host).Greeted.Keys.Intersect(Behavior(second).Greeted.Keys));
    Assert.All(Behavior(host).Greeted.Values.Concat(Behavior(second).Greeted.Values), times => Assert.Equal(1, times));
  }

  private static Task<TestHost> StartAsync(Provider provider) => TestHost.StartAsync(provider, builder => builder.Services.AddSingleton<HandlerBehavior>()
    .AddHandler<Greeted, Greet>().AddHandler<Greeted, AlsoGreet>());

  private static HandlerBehavior Behavior(TestHost host) => host.Services.GetRequiredService<HandlerBehavior>();
  private static OutboxDispatcher Dispatcher(TestHost host) => host.Services.GetRequiredService<OutboxDispatcher>();

  private static Task PublishAsync(TestHost host, string who) => host.UseAsync(async (PlatformDb db) => {
    db.Publish(new Greeted(who));
    await db.SaveChangesAsync(Ct);
  });

  private static async Task<int> RunAllAsync(TestHost host) {
    var ran = 0;
    while (await Dispatcher(host).RunOneAsync(Ct)) ran++;
    return ran;
  }

  private static Task<int> WaitingAsync(TestHost host) => host.UseAsync((PlatformDb db) => db.Outbox.CountAsync(Ct));
  private static async Task<IReadOnlyList<string>> WrittenAsync(TestHost host) =>
    [.. (await host.UseAsync((PlatformDb db) => db.Settings.Select(s => s.Key).ToListAsync(Ct))).Order(StringComparer.Ordinal)];

  internal sealed record Greeted(string Who);

  internal sealed class HandlerBehavior {
    public ConcurrentDictionary<string, int> Greeted { get; } = [];
    public Func<PlatformDb, Task> Do { get; set; } = _ => Task.CompletedTask;
    public Func<CancellationToken, Task> Cancellable { get; set; } = _ => Task.CompletedTask;
  }

  internal sealed class Greet(PlatformDb db, HandlerBehavior behavior, TimeProvider clock) : IHandle<Greeted> {
    public async Task HandleAsync(Greeted happened, CancellationToken ct) {
      behavior.Greeted.AddOrUpdate(happened.Who, 1, (_, times) => times + 1);
      db.Settings.Add(new() { Key = $"greeted {happened.Who}", Value = "", ChangedAt = clock.GetUtcNow() });
      await behavior.Do(db);
      await behavior.Cancellable(ct);
    }
  }

  internal sealed class AlsoGreet(PlatformDb db, TimeProvider clock) : IHandle<Greeted> {
    public Task HandleAsync(Greeted happened, CancellationToken ct) {
      db.Settings.Add(new() { Key = $"also {happened.Who}", Value = "", ChangedAt = clock.GetUtcNow() });
      return Task.CompletedTask;
    }
  }
}
