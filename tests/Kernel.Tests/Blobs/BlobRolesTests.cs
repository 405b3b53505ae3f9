using Npgsql;
using Porchlight.Kernel.Blobs;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Blobs;

/// <summary>PostgreSQL itself keeps the two places apart.</summary>
public sealed class BlobRolesTests {
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory]
  [InlineData("published", "restricted"), InlineData("restricted", "published")]
  public async Task A_places_reader_is_refused_the_other_places_rows_by_PostgreSQL(string own, string other) {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await using var reader = NpgsqlDataSource.Create(BlobRoles.Under(BlobRoles.Of(Enum.Parse<BlobPlace>(own, ignoreCase: true)), host.DatabaseSetting!));
    foreach (var table in (string[])["kernel_files", "kernel_chunks", "kernel_documents"]) {
      Assert.Equal(0L, await ScalarAsync(reader, $"SELECT count(*) FROM {own}.{table}"));
      await RefusedAsync(reader, $"SELECT count(*) FROM {other}.{table}");
      await RefusedAsync(reader, $"DELETE FROM {own}.{table}");
    }
    await RefusedAsync(reader, "SELECT count(*) FROM public.kernel_settings");
    await RefusedAsync(reader, "SELECT count(*) FROM public.transparency_sources");
    // a pooled connection that was reset, and one that gave its role back, are still the place's own
    await RefusedAsync(reader, $"RESET ROLE; SELECT count(*) FROM {other}.kernel_chunks");
    await RefusedAsync(reader, $"SELECT count(*) FROM {other}.kernel_chunks");
  }

  [Theory]
  [InlineData(BlobPlace.Published), InlineData(BlobPlace.Restricted)]
  public async Task The_program_reads_a_place_under_its_role(BlobPlace place) {
    await using var host = await TestHost.StartAsync(Provider.Postgres);
    await BlobsTests.SaveAsync(host, BlobsTests.Of(host, place), "incidents/editions/0001", "list", ("a", [1]));
    await PostgresBlobsTests.RunAsync(host.DatabaseSetting!, $"REVOKE USAGE ON SCHEMA {BlobTables.SchemaOf(place)} FROM {BlobRoles.Of(place)}");
    foreach (var ask in (Func<Task>[])[
        () => BlobsTests.Of(host, place).TreeAsync("incidents/editions/0001", Ct), () => BlobsTests.Of(host, place).DocumentAsync("list", Ct),
        () => BlobsTests.Of(host, place).TreesAsync("incidents/editions", Ct), () => BlobsTests.Of(host, place).IsEmptyAsync(Ct)])
      Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(ask)).SqlState);
    // the next start puts it right
    (await host.RunVerbAsync("migrate")).Done();
    Assert.NotNull(await BlobsTests.Of(host, place).TreeAsync("incidents/editions/0001", Ct));
  }

  [Fact]
  public async Task An_owner_who_may_make_roles_makes_them_and_a_second_start_changes_nothing() {
    await using var owned = await Owned.MakeAsync("CREATEROLE");
    for (var start = 1; start <= 2; start++) await owned.EnsureAsync();
    await using var reader = NpgsqlDataSource.Create(BlobRoles.Under(BlobRoles.Of(BlobPlace.Published, owned.Name), owned.Setting));
    Assert.Equal(0L, await ScalarAsync(reader, "SELECT count(*) FROM published.kernel_chunks"));
    await RefusedAsync(reader, "SELECT count(*) FROM restricted.kernel_chunks");
  }

  [Fact]
  public async Task An_owner_who_may_not_make_roles_is_told_what_an_administrator_runs_and_that_is_enough() {
    await using var owned = await Owned.MakeAsync("");
    var refused = await Assert.ThrowsAsync<RefusedException>(owned.EnsureAsync);
    var (message, sql) = refused.Message.Split('\n', 2) is [var first, var rest] ? (first, rest) : (refused.Message, "");
    Assert.Contains($"user {owned.Name} may not make the two roles", message, StringComparison.Ordinal);
    await PostgresBlobsTests.RunAsync(owned.AdministratorSetting, sql);
    await owned.EnsureAsync();
    await using var reader = NpgsqlDataSource.Create(BlobRoles.Under(BlobRoles.Of(BlobPlace.Restricted, owned.Name), owned.Setting));
    Assert.Equal(0L, await ScalarAsync(reader, "SELECT count(*) FROM restricted.kernel_chunks"));
    await RefusedAsync(reader, "SELECT count(*) FROM published.kernel_chunks");
  }

  private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql) {
    await using var command = source.CreateCommand(sql);
    return await command.ExecuteScalarAsync(Ct);
  }

  private static async Task RefusedAsync(NpgsqlDataSource source, string sql) =>
    Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(source, sql))).SqlState);

  /// <summary>A database that an ordinary user owns, with the tables of blobs; its roles are named after the user, so that tests do not share them.</summary>
  private sealed class Owned(TestDatabase database, string name, string setting) : IAsyncDisposable {
    public string Name => name;
    public string Setting => setting;
    public string AdministratorSetting => database.Setting!;

    public static async Task<Owned> MakeAsync(string rights) {
      var database = await TestDatabase.MakeEmptyPostgresAsync();
      var name = $"owner_{Guid.CreateVersion7():N}";
      await PostgresBlobsTests.RunAsync(database.Setting!, $"CREATE ROLE {name} LOGIN PASSWORD 'owner' NOSUPERUSER {rights}");
      var builder = new NpgsqlConnectionStringBuilder(database.Setting) { Username = name, Password = "owner", Pooling = false };
      await PostgresBlobsTests.RunAsync(database.Setting!, $"ALTER DATABASE {builder.Database} OWNER TO {name}");
      await PostgresBlobsTests.RunAsync(builder.ToString(), string.Concat(Enum.GetValues<BlobPlace>().Select(BlobTables.SchemaOf).Select(s =>
        $"CREATE SCHEMA {s}; CREATE TABLE {s}.kernel_files(n int); CREATE TABLE {s}.kernel_chunks(n int); CREATE TABLE {s}.kernel_documents(n int);")));
      return new(database, name, builder.ToString());
    }

    public async Task EnsureAsync() {
      await using var connection = new NpgsqlConnection(setting);
      await connection.OpenAsync(Ct);
      await BlobRoles.EnsureAsync(connection, Ct, name);
    }

    public async ValueTask DisposeAsync() {
      foreach (var role in Enum.GetValues<BlobPlace>().Select(p => BlobRoles.Of(p, name)))
        await PostgresBlobsTests.RunAsync(database.Setting!, $"DO $$ BEGIN IF to_regrole('{role}') IS NOT NULL THEN DROP OWNED BY {role}; DROP ROLE {role}; END IF; END $$");
      var maintenance = new NpgsqlConnectionStringBuilder(database.Setting) { Database = "postgres" }.ToString();
      await database.DisposeAsync();
      await PostgresBlobsTests.RunAsync(maintenance, $"DROP ROLE {name}");
    }
  }
}
