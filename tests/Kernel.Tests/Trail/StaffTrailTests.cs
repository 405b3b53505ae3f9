using System.Text;
using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Trail;

public sealed class StaffTrailTests {
  private static readonly Actor Rosa = new(Guid.CreateVersion7(), "Rosa Álvarez"), Ben = new(Guid.CreateVersion7(), "Ben Ito");
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task An_entry_is_on_the_trail_with_the_save_it_tells_of_and_not_without_it(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await WriteAsync(host, (trail, _) => trail.Add(Rosa, "accounts.signed-in", "rosa@portalder.example", from: "192.0.2.7", detail: "passkey"));
    await WithAsync(host, (trail, _) => { trail.Add(Rosa, "accounts.signed-out", "rosa@portalder.example"); return Task.CompletedTask; });
    var entry = Assert.Single((await SearchAsync(host, new())).Entries);
    Assert.Equal((host.Clock.GetUtcNow(), Rosa.PersonId, Rosa.Name, "accounts.signed-in", "rosa@portalder.example", "192.0.2.7", TrailOutcome.Done, "passkey"),
      (entry.At, entry.ActorId, entry.ActorName, entry.Action, entry.Subject, entry.From, entry.Outcome, entry.Detail));
  }

  [Theory, OnBoth]
  public async Task The_database_refuses_to_change_or_remove_an_entry(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await WriteAsync(host, (trail, _) => trail.Add(Rosa, "accounts.signed-in", "rosa"));
    string[] tampering = [
      """UPDATE kernel_trail SET "Outcome" = 'refused'""", "DELETE FROM kernel_trail",
      .. provider == Provider.Postgres ? ["TRUNCATE kernel_trail"] : (string[])["""INSERT OR REPLACE INTO kernel_trail SELECT * FROM kernel_trail"""],
    ];
    foreach (var sql in tampering) {
      var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => host.UseAsync((PlatformDb db) =>
        db.InTurnAsync(() => db.Database.ExecuteSqlRawAsync(sql, Ct), Ct)));
      Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }
    await Assert.ThrowsAnyAsync<DbUpdateException>(() => host.UseAsync(async (PlatformDb db) => {
      db.Trail.Remove(await db.Trail.SingleAsync(Ct));
      await db.SaveChangesAsync(Ct);
    }));
    Assert.Equal(TrailOutcome.Done, Assert.Single((await SearchAsync(host, new())).Entries).Outcome);
  }

  [Theory, OnBoth]
  public async Task The_trail_is_searched_by_time_person_action_outcome_and_words(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var start = host.Clock.GetUtcNow();
    await WriteAsync(host, (trail, _) => trail.Add(Rosa, "accounts.signed-in", "rosa", from: "192.0.2.7"));
    host.Clock.Advance(TimeSpan.FromHours(1));
    await WriteAsync(host, (trail, _) => trail.Add(Ben, "transparency.published", "incidents, edition 12", detail: "Nightly RUN"));
    host.Clock.Advance(TimeSpan.FromHours(1));
    await WriteAsync(host, (trail, _) => trail.Add(null, "accounts.signed-in", "ben", TrailOutcome.Refused));

    Assert.Equal(["ben", "incidents, edition 12", "rosa"], await Subjects(new()));
    Assert.Equal(["incidents, edition 12"], await Subjects(new() { Since = start.AddHours(1), Until = start.AddHours(2) }));
    Assert.Equal(["rosa"], await Subjects(new() { ActorId = Rosa.PersonId }));
    Assert.Equal(["ben", "rosa"], await Subjects(new() { Action = "accounts.signed-in" }));
    Assert.Equal(["ben"], await Subjects(new() { Outcome = TrailOutcome.Refused }));
    Assert.Equal(["incidents, edition 12"], await Subjects(new() { Text = "nightly EDITION" }));
    Assert.Equal(["rosa"], await Subjects(new() { Text = "ÁLVAREZ 192.0.2" }));
    Assert.Empty(await Subjects(new() { Text = "nightly rosa" }));
    Assert.Empty(await Subjects(new() { Text = "incidents%" }));
    Assert.Equal(["accounts.signed-in", "transparency.published"], await WithAsync(host, (trail, _) => trail.ActionsAsync(Ct)));

    async Task<IEnumerable<string>> Subjects(TrailSearch search) => (await SearchAsync(host, search)).Entries.Select(e => e.Subject);
  }

  [Theory, OnBoth]
  public async Task Pages_follow_one_another_without_gap_or_repeat_while_entries_are_added(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    // one instant for all: only their order within it tells them apart
    await WriteAsync(host, (trail, _) => { for (var n = 1; n <= 4; n++) trail.Add(Rosa, "test.counted", $"a{n}"); });
    await WriteAsync(host, (trail, _) => { for (var n = 1; n <= 3; n++) trail.Add(Ben, "test.counted", $"b{n}"); });
    var whole = (await SearchAsync(host, new(), null, 100)).Entries.Select(e => e.Subject).ToList();
    Assert.Equal(["a4", "a3", "a2", "a1"], whole.Where(s => s[0] == 'a'));
    var read = new List<string>();
    for (Guid? before = null; ;) {
      var page = await SearchAsync(host, new(), before, 2);
      Assert.InRange(page.Entries.Count, 1, 2);
      read.AddRange(page.Entries.Select(e => e.Subject));
      if (page.Older is null) break;
      before = page.Older;
      host.Clock.Advance(TimeSpan.FromSeconds(1));
      await WriteAsync(host, (trail, _) => trail.Add(Rosa, "test.counted", "later"));
    }
    Assert.Equal(whole, read);
  }

  [Theory, OnBoth]
  public async Task What_a_stranger_typed_is_kept_without_what_a_database_will_not_have(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await WriteAsync(host, (trail, _) => trail.Add(null, "accounts.signed-in", "a\0b\nc\ud800" + new string('x', 300), TrailOutcome.Refused));
    var entry = Assert.Single((await SearchAsync(host, new())).Entries);
    Assert.StartsWith("a b c\ufffdxxx", entry.Subject, StringComparison.Ordinal);
    Assert.Equal(200, entry.Subject.Length);
  }

  [Theory, OnBoth]
  public async Task What_is_found_is_taken_away_as_a_table_that_runs_nothing(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await WriteAsync(host, (trail, _) => trail.Add(null, "accounts.signed-in", "=HYPERLINK(\"http://bad.example\")", TrailOutcome.Refused, "192.0.2.7"));
    await WriteAsync(host, (trail, _) => trail.Add(Actor.Shell, "settings.changed", "city, name"));
    using var csv = new MemoryStream();
    await WithAsync(host, async (trail, _) => { await trail.WriteCsvAsync(new() { Action = "accounts.signed-in" }, csv, Ct); return true; });
    Assert.Equal("time,person_id,person,action,subject,from,outcome,detail\r\n"
      + "2026-03-04T15:00:00.000000Z,,,accounts.signed-in,\"'=HYPERLINK(\"\"http://bad.example\"\")\",192.0.2.7,refused,\r\n", Encoding.UTF8.GetString(csv.ToArray()));
  }

  private static Task WriteAsync(TestHost host, Action<StaffTrail, PlatformDb> add) =>
    WithAsync(host, async (trail, db) => { add(trail, db); return await db.SaveChangesAsync(Ct); });

  private static Task<TrailPage> SearchAsync(TestHost host, TrailSearch search, Guid? before = null, int size = 50) =>
    host.UseAsync((StaffTrail trail) => trail.SearchAsync(search, before, size, Ct));

  private static Task WithAsync(TestHost host, Func<StaffTrail, PlatformDb, Task> use) =>
    WithAsync(host, async (trail, db) => { await use(trail, db); return true; });

  private static Task<T> WithAsync<T>(TestHost host, Func<StaffTrail, PlatformDb, Task<T>> use) =>
    host.UseAsync((IServiceProvider scope) => use((StaffTrail)scope.GetService(typeof(StaffTrail))!, (PlatformDb)scope.GetService(typeof(PlatformDb))!));
}
