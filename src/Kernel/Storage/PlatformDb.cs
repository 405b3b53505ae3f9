using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Settings;

namespace Porchlight.Kernel.Storage;

/// <summary>The one database of the house. Modules see their own tables of it through a <see cref="ModuleDb"/>.</summary>
public sealed class PlatformDb(DbContextOptions<PlatformDb> options, IReadOnlyList<IModule> modules, WriteGate? gate = null) : DbContext(options) {
  internal DbSet<Setting> Settings => Set<Setting>();
  internal DbSet<AreaMap> AreaMaps => Set<AreaMap>();

  /// <inheritdoc/>
  protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
    configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();

  /// <inheritdoc/>
  protected override void OnModelCreating(ModelBuilder modelBuilder) {
    Setting.Map(modelBuilder);
    AreaMap.Map(modelBuilder);
    foreach (var module in modules) module.MapModel(modelBuilder);
    // else a new child of a loaded entity is taken for an existing row
    foreach (var key in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetKeys()).SelectMany(k => k.Properties).Where(p => p.ClrType == typeof(Guid)))
      key.ValueGenerated = ValueGenerated.Never;
  }

  /// <summary>Saves in this writer's turn.</summary>
  public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) {
    using var turn = gate is null ? null : await gate.TakeTurnAsync(cancellationToken);
    return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
  }

  /// <summary>Never: a blocking save would hold the gate's queue and a thread.</summary>
  public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

  /// <summary>Runs a bulk update (<c>ExecuteUpdateAsync</c>, <c>ExecuteDeleteAsync</c>) in this writer's turn.</summary>
  public async Task<T> InTurnAsync<T>(Func<Task<T>> write, CancellationToken ct) {
    using var turn = gate is null ? null : await gate.TakeTurnAsync(ct);
    return await write();
  }

  /// <summary>Makes or upgrades the tables. On SQLite it turns on the write-ahead log with a flush a commit.</summary>
  public async Task MigrateAsync(CancellationToken ct) {
    using var turn = gate is null ? null : await gate.TakeTurnAsync(ct);
    await Database.MigrateAsync(ct);
    if (Database.IsSqlite()) await Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", ct);
  }

  private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime, stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
}

/// <summary>A module's view of the PlatformDb: its own tables, and one save a request.</summary>
public abstract class ModuleDb(PlatformDb platform) {
  /// <summary>A set of an entity that this module maps.</summary>
  protected DbSet<T> Set<T>() where T : class => typeof(T).Assembly == GetType().Assembly ? platform.Set<T>()
    : throw new InvalidOperationException($"{typeof(T).Name} belongs to another module: ask it by a contract.");

  /// <summary>Saves everything of this request in one commit.</summary>
  public Task SaveAsync(CancellationToken ct) => platform.SaveChangesAsync(ct);
}
