using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Porchlight.Host;
using Porchlight.Kernel.Storage;
using Xunit.Sdk;
using Xunit.v3;

namespace Porchlight.Testing;

/// <summary>The two databases that every database test runs on.</summary>
public enum Provider {
  /// <summary>A file in the test's own data folder.</summary>
  Sqlite,
  /// <summary>A database of its own on the server that <c>./dev test</c> started.</summary>
  Postgres,
}

/// <summary>The test runs on SQLite and on PostgreSQL: <c>[Theory, OnBoth] public async Task It_is_so(Provider provider)</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnBothAttribute : DataAttribute {
  /// <inheritdoc/>
  public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
    new([new TheoryDataRow<Provider>(Provider.Sqlite), new TheoryDataRow<Provider>(Provider.Postgres)]);

  /// <inheritdoc/>
  public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>A migrated database of one test's own: a copy of a template that each test process makes once.</summary>
public sealed class TestDatabase : IAsyncDisposable {
  private const string ServerVariable = "PORCHLIGHT_TEST_POSTGRES";
  private static readonly string? Server = Environment.GetEnvironmentVariable(ServerVariable);
  private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
  private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);
  private readonly string? _name;

  private TestDatabase(string? setting, string? name) => (Setting, _name) = (setting, name);

  /// <summary>What the program's <c>Database</c> setting says: null for SQLite in the data folder.</summary>
  public string? Setting { get; }

  /// <summary>Makes it. On SQLite it is the file that <paramref name="dataFolder"/> opens with. Without a server, PostgreSQL tests are skipped.</summary>
  public static async Task<TestDatabase> MakeAsync(Provider provider, string dataFolder) {
    if (provider == Provider.Sqlite) {
      File.Copy(await SqliteTemplate.Value, Path.Combine(dataFolder, "porchlight.db"));
      return new(null, null);
    }
    var database = await MakeEmptyPostgresAsync($"TEMPLATE {await PostgresTemplate.Value}");
    return database;
  }

  /// <summary>A PostgreSQL database without any table.</summary>
  public static async Task<TestDatabase> MakeEmptyPostgresAsync(string how = "") {
    var name = $"test_{Guid.CreateVersion7():N}";
    await OnServerAsync($"CREATE DATABASE {name} {how}");
    return new(new NpgsqlConnectionStringBuilder(NeedServer()) { Database = name, MaxPoolSize = 20 }.ToString(), name);
  }

  /// <inheritdoc/>
  public async ValueTask DisposeAsync() {
    if (_name is null) return;
    await using (var connection = new NpgsqlConnection(Setting)) NpgsqlConnection.ClearPool(connection);
    await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
  }

  private static string NeedServer() {
    Assert.SkipWhen(string.IsNullOrEmpty(Server), $"No PostgreSQL: run ./dev test, or name a server in {ServerVariable} (its user must be able to make databases).");
    return Server!;
  }

  private static async Task OnServerAsync(string sql) {
    await using var connection = new NpgsqlConnection(NeedServer());
    await connection.OpenAsync();
    await using var command = new NpgsqlCommand(sql, connection);
    await command.ExecuteNonQueryAsync();
  }

  private static async Task<string> MakePostgresTemplateAsync() {
    var template = await MakeEmptyPostgresAsync();
    await MigrateAsync(DatabaseChoice.From(template.Setting, ""));
    // a database that someone is connected to cannot be copied
    await using (var connection = new NpgsqlConnection(template.Setting)) NpgsqlConnection.ClearPool(connection);
    AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
    return template._name!;
  }

  private static async Task<string> MakeSqliteTemplateAsync() {
    var folder = new TestFolder();
    AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
    var database = DatabaseChoice.From(null, folder.Path);
    await MigrateAsync(database);
    // closing the last connection moves the write-ahead log into the file
    await using (var connection = new SqliteConnection(database.ConnectionString)) SqliteConnection.ClearPool(connection);
    return folder["porchlight.db"];
  }

  private static async Task MigrateAsync(DatabaseChoice choice) {
    var options = new DbContextOptionsBuilder<PlatformDb>();
    choice.Configure(options);
    await using var db = new PlatformDb(options.Options, ModuleList.All);
    await db.MigrateAsync(default);
  }
}
