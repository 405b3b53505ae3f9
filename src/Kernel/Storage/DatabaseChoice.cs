using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Porchlight.Kernel.Storage;

/// <summary>SQLite in the data folder unless <c>Database</c> names a PostgreSQL. The only place that knows which.</summary>
/// <param name="IsSqlite">Whether writes need the gate.</param>
/// <param name="ConnectionString">In the provider's own form.</param>
public sealed record DatabaseChoice(bool IsSqlite, string ConnectionString) {
  /// <summary>Reads the <c>Database</c> setting: empty for SQLite, <c>postgres://user:pass@host:port/db</c>, or the usual Npgsql form.</summary>
  public static DatabaseChoice From(string? setting, string dataFolder) {
    if (string.IsNullOrWhiteSpace(setting)) {
      return new(true, new SqliteConnectionStringBuilder {
        DataSource = Path.Combine(dataFolder, "porchlight.db"), ForeignKeys = true, DefaultTimeout = 30,
      }.ToString());
    }
    if (!setting.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) && !setting.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
      return new(false, setting);
    if (!Uri.TryCreate(setting, UriKind.Absolute, out var address) || address.AbsolutePath.Length < 2)
      throw new RefusedException("Database is not an address like postgres://user:password@host:5432/name. Correct it, then start again.");
    var user = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
    var builder = new NpgsqlConnectionStringBuilder {
      Host = address.Host, Port = address.IsDefaultPort || address.Port < 0 ? 5432 : address.Port,
      Database = Uri.UnescapeDataString(address.AbsolutePath[1..]),
    };
    if (user[0].Length > 0) builder.Username = user[0];
    if (user.Length > 1) builder.Password = user[1];
    foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) {
      var at = pair.Split('=', 2);
      if (at.Length == 2) builder[Uri.UnescapeDataString(at[0])] = Uri.UnescapeDataString(at[1]);
    }
    return new(false, builder.ToString());
  }

  /// <summary>Sets the provider and its migrations on a context's options.</summary>
  public void Configure(DbContextOptionsBuilder options) {
    if (IsSqlite) options.UseSqlite(ConnectionString, o => o.MigrationsAssembly("Porchlight.Migrations.Sqlite"));
    else options.UseNpgsql(ConnectionString, o => o.MigrationsAssembly("Porchlight.Migrations.Postgres"));
  }
}
