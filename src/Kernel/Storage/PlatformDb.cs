using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.Jobs;
using Porchlight.Kernel.Keys;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Trail;

namespace Porchlight.Kernel.Storage;

/// <summary>The one database of the house. Modules see their own tables of it through a <see cref="ModuleDb"/>.</summary>
public sealed class PlatformDb(
    DbContextOptions<PlatformDb> options, IReadOnlyList<IModule> modules, WriteGate? gate = null, OutboxHandlers? handlers = null, TimeProvider? clock = null) : DbContext(options) {
  private static readonly OnlyInTurn Guard = new();
  private static readonly AtCommit Bell = new();
  private bool _inTurn, _published, _handling;
  private bool HasGate => gate is not null;

  internal DbSet<Setting> Settings => Set<Setting>();
  internal DbSet<AreaMap> AreaMaps => Set<AreaMap>();
  internal DbSet<ProtectionKey> Keys => Set<ProtectionKey>();
  internal DbSet<TrailEntry> Trail => Set<TrailEntry>();
  internal DbSet<OutboxRow> Outbox => Set<OutboxRow>();
  internal DbSet<JobRun> JobRuns => Set<JobRun>();

  /// <inheritdoc/>
  protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.AddInterceptors(Guard, Bell);

  /// <inheritdoc/>
  protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
    configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();

  /// <inheritdoc/>
  protected override void OnModelCreating(ModelBuilder modelBuilder) {
    Setting.Map(modelBuilder);
    AreaMap.Map(modelBuilder);
    ProtectionKey.Map(modelBuilder);
    TrailEntry.Map(modelBuilder);
    OutboxRow.Map(modelBuilder);
    JobRun.Map(modelBuilder);
    if (Database.IsNpgsql()) BlobTables.Map(modelBuilder);
    foreach (var module in modules) module.MapModel(modelBuilder);
    // else a new child of a loaded entity is taken for an existing row
    foreach (var key in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetKeys()).SelectMany(k => k.Properties).Where(p => p.ClrType == typeof(Guid)))
      key.ValueGenerated = ValueGenerated.Never;
  }

  /// <summary>Adds one message for each handler of this event to the save that follows: they are there if it is, and not without it.</summary>
  public void Publish<TEvent>(TEvent happened) where TEvent : notnull {
    if (handlers is null || clock is null) throw new InvalidOperationException("This context was made without the outbox: it publishes nothing.");
    foreach (var row in handlers.RowsFor(happened, clock.GetUtcNow())) {
      Outbox.Add(row);
      _published = true;
    }
  }

  /// <summary>Runs a handler: what it changes is saved by the outbox, with its message's removal, and not by itself.</summary>
  internal async Task HandlingAsync(Func<Task> handle) {
    _handling = true;
    await handle();
    _handling = false;
  }

  /// <summary>Saves in this writer's turn.</summary>
  public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) {
    if (_handling) throw new InvalidOperationException("A handler does not save: the outbox saves what it changed, with the message's removal.");
    var saved = await InTurnAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);
    if (Database.CurrentTransaction is null) WakeOutbox();
    return saved;
  }

  private void WakeOutbox() {
    if (_published) handlers?.Ring();
    _published = false;
  }

  /// <summary>Never: a blocking save would hold the gate's queue and a thread.</summary>
  public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

  /// <summary>
  /// Runs what must be one turn: a bulk update (<c>ExecuteUpdateAsync</c>, <c>ExecuteDeleteAsync</c>), or a transaction of several saves.
  /// Saves inside it are part of the turn.
  /// </summary>
  public async Task<T> InTurnAsync<T>(Func<Task<T>> write, CancellationToken ct) {
    if (gate is null || _inTurn) return await write();
    using var turn = await gate.TakeTurnAsync(ct);
    _inTurn = true;
    try {
      return await write();
    } finally {
      _inTurn = false;
    }
  }

  /// <summary>
  /// Makes or upgrades the tables. On SQLite it turns on the write-ahead log, which the file then keeps; on PostgreSQL it makes the roles that
  /// blobs are read under, and <see cref="RefusedException"/> says what an administrator runs where its user may not.
  /// </summary>
  public async Task MigrateAsync(CancellationToken ct) {
    if ((await Database.GetPendingMigrationsAsync(ct)).Any()) await InTurnAsync(async () => {
      if (Database.IsSqlite()) {
        await Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
        // left by a process that was killed while it migrated; without this EF waits for it for ever. The turn is ours, so no one else is migrating
        await Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
      }
      await Database.MigrateAsync(ct);
      return true;
    }, ct);
    if (!Database.IsNpgsql()) return;
    await Database.OpenConnectionAsync(ct);
    await BlobRoles.EnsureAsync((NpgsqlConnection)Database.GetDbConnection(), ct);
    await Database.CloseConnectionAsync();
  }

  // EF's ExecuteUpdate and ExecuteDelete pass no save: without this they could slip past the gate
  private sealed class OnlyInTurn : DbCommandInterceptor {
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
      eventData.Context is PlatformDb { _inTurn: false, HasGate: true }
        ? throw new InvalidOperationException("Bulk updates take their turn: wrap them in InTurnAsync.")
        : new(result);
  }

  // what is published in a transaction is there to be handled when it is committed
  private sealed class AtCommit : DbTransactionInterceptor {
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) {
      (eventData.Context as PlatformDb)?.WakeOutbox();
      return Task.CompletedTask;
    }
  }

  // PostgreSQL keeps microseconds: both databases give back what was saved
  private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => new DateTime(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
}

/// <summary>A module's view of the PlatformDb: its own tables, and one save a request.</summary>
public abstract class ModuleDb(PlatformDb platform) {
  /// <summary>A set of an entity that this module maps.</summary>
  protected DbSet<T> Set<T>() where T : class => typeof(T).Assembly == GetType().Assembly ? platform.Set<T>()
    : throw new InvalidOperationException($"{typeof(T).Name} belongs to another module: ask it by a contract.");

  /// <summary>
  /// Tells other modules, and one's own slow work, that something happened: one message for each <see cref="IHandle{TEvent}"/>, in the same commit
  /// as everything else of this request.
  /// </summary>
  public void Publish<TEvent>(TEvent happened) where TEvent : notnull => platform.Publish(happened);

  /// <summary>Forgets everything that was loaded or changed and not saved: after a refusal from deep inside.</summary>
  public void Forget() => platform.ChangeTracker.Clear();

  /// <summary>Saves everything of this request in one commit.</summary>
  public Task SaveAsync(CancellationToken ct) => platform.SaveChangesAsync(ct);

  /// <summary>Saves everything of this request with a tree and a document that are placed beside it: see <see cref="IBlobs.SaveAsync"/>.</summary>
  public Task SaveAsync(IBlobs blobs, BlobTree? tree, BlobDocument? document, CancellationToken ct) => blobs.SaveAsync(platform, tree, document, ct);
}
