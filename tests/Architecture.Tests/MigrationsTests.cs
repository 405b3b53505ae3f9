using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Host;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>Law 5: both databases' migrations match the model.</summary>
public sealed class MigrationsTests {
  public static TheoryData<string> Databases => ["", "Host=localhost;Database=nowhere"];

  [Theory, MemberData(nameof(Databases))]
  public void The_migrations_match_the_model(string database) => Assert.False(HasPending(database, ModuleList.All), "Run ./dev migration NAME.");

  [Theory, MemberData(nameof(Databases))]
  public void A_table_that_no_migration_makes_is_reported(string database) => Assert.True(HasPending(database, [.. ModuleList.All, new Lending()]));

  [Theory, OnBoth]
  public async Task The_migrations_make_a_database_from_nothing_and_leave_one_that_is_made_alone(Provider provider) {
    using var folder = new TestFolder();
    await using var empty = provider == Provider.Postgres ? await TestDatabase.MakeEmptyPostgresAsync() : null;
    for (var start = 1; start <= 2; start++) {
      await using var db = Open(empty?.Setting, folder.Path, ModuleList.All);
      await db.MigrateAsync(default);
      Assert.Empty(await db.Database.GetPendingMigrationsAsync());
      Assert.True(await db.Database.CanConnectAsync());
    }
  }

  [Theory, OnBoth]
  public async Task A_database_made_by_the_first_migration_is_upgraded_with_its_rows(Provider provider) {
    using var folder = new TestFolder();
    await using var empty = provider == Provider.Postgres ? await TestDatabase.MakeEmptyPostgresAsync() : null;
    await using (var before = Open(empty?.Setting, folder.Path, ModuleList.All)) {
      var first = before.Database.GetMigrations().First();
      await before.Database.MigrateAsync(first, TestContext.Current.CancellationToken);
      Assert.Equal([first], await before.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
      await before.Database.ExecuteSqlAsync($"""INSERT INTO kernel_settings ("Key", "Value", "ChangedAt") VALUES ('city', 'Port Alder', '2026-03-04 15:00:00Z')""", TestContext.Current.CancellationToken);
    }
    await using var after = Open(empty?.Setting, folder.Path, ModuleList.All);
    await after.MigrateAsync(TestContext.Current.CancellationToken);
    Assert.Empty(await after.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    Assert.Equal("Port Alder", (await new SettingStore(after, new(new EphemeralDataProtectionProvider()), new(after, TimeProvider.System), TimeProvider.System).LoadAsync(TestContext.Current.CancellationToken)).City);
  }

  private static bool HasPending(string database, IReadOnlyList<IModule> modules) {
    using var db = Open(database, Path.GetTempPath(), modules);
    return db.Database.HasPendingModelChanges();
  }

  private static PlatformDb Open(string? database, string folder, IReadOnlyList<IModule> modules) {
    // EF keeps a model for each context type; another list of modules needs another model
    var options = new DbContextOptionsBuilder<PlatformDb>().EnableServiceProviderCaching(false);
    DatabaseChoice.From(database, folder).Configure(options);
    return new(options.Options, modules);
  }

  private sealed class Lending : IModule {
    public string Name => "lending";
    public void AddServices(IServiceCollection services) { }
    public void MapModel(ModelBuilder model) => model.Entity<Book>().ToTable("lending_books");
    public void MapRoutes(IEndpointRouteBuilder routes) { }
    private sealed class Book { public int BookId { get; set; } }
  }
}
