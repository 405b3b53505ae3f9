using Npgsql;

namespace Porchlight.Kernel.Blobs;

/// <summary>
/// The roles of PostgreSQL that blobs are read under, one a place: each may read its own schema and nothing else. They cannot sign in; the
/// program's own user is a member of both and becomes one of them as it connects.
/// </summary>
internal static class BlobRoles {
  private const string Prefix = "porchlight";

  public static string Of(BlobPlace place, string prefix = Prefix) => $"{prefix}_{BlobTables.SchemaOf(place)}";

  /// <summary>The same connection, under a role from its first statement on; a reset of the connection gives the role back too.</summary>
  public static string Under(string role, string connectionString) {
    var builder = new NpgsqlConnectionStringBuilder(connectionString);
    builder.Options = $"{builder.Options} -c role={role}".TrimStart();
    return builder.ToString();
  }

  /// <summary>What an administrator runs where the program's user may not make the roles itself.</summary>
  public static string ByHand(string user, string prefix = Prefix) => string.Join('\n', [
    .. Enum.GetValues<BlobPlace>().Select(p => $"CREATE ROLE {Of(p, prefix)} NOLOGIN;"), $"GRANT {All(prefix)} TO {Quoted(user)};",
  ]);

  /// <summary>Makes what is missing: the roles, this user's membership, what they may read. Most often that is nothing.</summary>
  /// <exception cref="RefusedException">This user may not, and the message says what an administrator runs.</exception>
  public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken ct, string prefix = Prefix) {
    var user = (string)(await ScalarAsync("SELECT current_user::text"))!;
    try {
      foreach (var place in Enum.GetValues<BlobPlace>()) {
        var (role, schema) = (Of(place, prefix), BlobTables.SchemaOf(place));
        if (await IsReadyAsync(role, schema)) continue;
        // two machines may start at once, and roles are the whole server's
        await RunAsync($"""
          DO $$ BEGIN
            IF to_regrole('{role}') IS NULL THEN CREATE ROLE {role} NOLOGIN; END IF;
          EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
          END $$
          """);
        if (!await MayBecomeAsync(role)) await RunAsync($"GRANT {role} TO CURRENT_USER");
        await RunAsync($"GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}");
      }
    } catch (PostgresException denied) when (denied.SqlState == PostgresErrorCodes.InsufficientPrivilege) {
      throw new RefusedException($"The database's user {user} may not make the two roles that records are read under. "
        + $"Ask the administrator of PostgreSQL to run this, leaving out roles that are there, then start again:\n{ByHand(user, prefix)}");
    }

    async Task<bool> IsReadyAsync(string role, string schema) =>
      await ScalarAsync($"SELECT to_regrole('{role}') IS NOT NULL") is true && await MayBecomeAsync(role) && await ScalarAsync($"""
        SELECT has_schema_privilege('{role}', '{schema}', 'USAGE') AND bool_and(has_table_privilege('{role}', c.oid, 'SELECT'))
        FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = '{schema}'::regnamespace
        """) is true;

    // from version 16 on a member may be one that cannot become the role
    async Task<bool> MayBecomeAsync(string role) =>
      await ScalarAsync($"SELECT pg_has_role(current_user, '{role}', '{(connection.PostgreSqlVersion.Major >= 16 ? "SET" : "MEMBER")}')") is true;

    async Task<object?> ScalarAsync(string sql) {
      await using var command = new NpgsqlCommand(sql, connection);
      return await command.ExecuteScalarAsync(ct);
    }

    async Task RunAsync(string sql) {
      await using var command = new NpgsqlCommand(sql, connection);
      await command.ExecuteNonQueryAsync(ct);
    }
  }

  private static string All(string prefix) => string.Join(", ", Enum.GetValues<BlobPlace>().Select(p => Of(p, prefix)));
  private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
