using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Storage;

public sealed class PlatformDbTests {
  [Theory, OnBoth]
  public async Task An_instant_comes_back_as_the_same_instant_in_UTC_to_the_microsecond(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var inChicago = new DateTimeOffset(2026, 3, 8, 1, 59, 59, TimeSpan.FromHours(-6)).AddTicks(1_234_567);
    await host.UseAsync(async (PlatformDb db) => {
      db.Settings.Add(new() { Key = "city", Value = "Alder", ChangedAt = inChicago });
      await db.SaveChangesAsync();
    });
    var back = await host.UseAsync((PlatformDb db) => db.Settings.Select(s => s.ChangedAt).SingleAsync());
    Assert.Equal(TimeSpan.Zero, back.Offset);
    Assert.Equal(inChicago.AddTicks(-7), back);
  }

  [Theory, OnBoth]
  public async Task Many_writers_at_once_all_write(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await Task.WhenAll(Enumerable.Range(0, 40).Select(n => host.UseAsync(async (PlatformDb db) => {
      db.Settings.Add(new() { Key = $"key-{n}", Value = "", ChangedAt = host.Clock.GetUtcNow() });
      await db.SaveChangesAsync();
    })));
    Assert.Equal(40, await host.UseAsync((PlatformDb db) => db.Settings.CountAsync()));
  }

  [Theory, OnBoth]
  public async Task Saves_and_a_bulk_update_in_one_turn_are_one_transaction_when_asked(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    await Assert.ThrowsAsync<TimeoutException>(() => host.UseAsync((PlatformDb db) => db.InTurnAsync<bool>(async () => {
      await using var whole = await db.Database.BeginTransactionAsync();
      db.Settings.Add(new() { Key = "city", Value = "Alder", ChangedAt = host.Clock.GetUtcNow() });
      await db.SaveChangesAsync();
      await db.Settings.ExecuteUpdateAsync(s => s.SetProperty(x => x.Value, "Birch"));
      throw new TimeoutException("before the commit");
    }, default)));
    Assert.Equal(0, await host.UseAsync((PlatformDb db) => db.Settings.CountAsync()));
  }

  [Fact]
  public async Task A_bulk_update_that_does_not_take_its_turn_is_refused_on_SQLite() {
    await using var host = await TestHost.StartAsync();
    await Assert.ThrowsAsync<InvalidOperationException>(() => host.UseAsync((PlatformDb db) => db.Settings.ExecuteDeleteAsync()));
    await host.UseAsync((PlatformDb db) => db.InTurnAsync(() => db.Settings.ExecuteDeleteAsync(), default));
  }

  [Fact]
  public async Task SQLite_keeps_a_write_ahead_log_and_flushes_each_commit() {
    await using var host = await TestHost.StartAsync();
    await host.UseAsync(async (PlatformDb db) => {
      Assert.Equal("wal", await Pragma<string>(db, "journal_mode"));
      Assert.Equal(2L, await Pragma<long>(db, "synchronous")); // FULL: NORMAL can lose the last commits on power loss
      Assert.Equal(1L, await Pragma<long>(db, "foreign_keys"));
    });
  }

  [Fact]
  public async Task A_migration_killed_half_way_does_not_stop_the_next_start() {
    using var folder = new TestFolder();
    var choice = DatabaseChoice.From(null, folder.Path);
    await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection(choice.ConnectionString)) {
      await connection.OpenAsync();
      await using var left = connection.CreateCommand();
      left.CommandText = """
        CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
        INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-03-04 15:00:00+00:00');
        """;
      await left.ExecuteNonQueryAsync();
    }
    var options = new DbContextOptionsBuilder<PlatformDb>();
    choice.Configure(options);
    await using var db = new PlatformDb(options.Options, Host.ModuleList.All);
    await db.MigrateAsync(default).WaitAsync(TimeSpan.FromSeconds(30));
    Assert.Equal(0, await db.Settings.CountAsync());
  }

  [Fact]
  public async Task A_blocking_save_is_refused() {
    await using var host = await TestHost.StartAsync();
    await using var scope = host.Services.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    db.Settings.Add(new() { Key = "city", Value = "Alder", ChangedAt = default });
    Assert.Throws<NotSupportedException>(() => db.SaveChanges());
  }

  [Fact]
  public async Task A_module_reaches_its_own_tables_only() {
    await using var host = await TestHost.StartAsync();
    await host.UseAsync((PlatformDb db) => {
      var module = new OurDb(db);
      Assert.Throws<InvalidOperationException>(() => module.Kernel());
      return Task.CompletedTask;
    });
  }

  private static async Task<T> Pragma<T>(PlatformDb db, string name) {
    await db.Database.OpenConnectionAsync();
    await using var command = db.Database.GetDbConnection().CreateCommand();
    command.CommandText = $"PRAGMA {name}";
    return (T)(await command.ExecuteScalarAsync())!;
  }

  private sealed class OurDb(PlatformDb platform) : ModuleDb(platform) {
    public DbSet<Setting> Kernel() => Set<Setting>();
  }
}
