using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Porchlight.Kernel.Blobs;

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
    if (!setting.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) && !setting.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)) {
      try {
        return new(false, new NpgsqlConnectionStringBuilder(setting).ToString());
      } catch (Exception unknown) when (unknown is ArgumentException or FormatException or KeyNotFoundException) {
        throw Unusable("it is neither an address nor Npgsql's Host=...;Database=...");
      }
    }
    // libpq leaves the host out where a socket's folder is in the query (postgres:///name?host=/run/postgresql); Uri wants one
    var text = setting.Replace(":///", "://localhost/", StringComparison.Ordinal);
    if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.AbsolutePath.Length < 2) throw Unusable("it names no database");
    var user = address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
    var builder = new NpgsqlConnectionStringBuilder {
      Host = address.Host.Trim('[', ']'), Port = address.IsDefaultPort || address.Port < 0 ? 5432 : address.Port,
      Database = Uri.UnescapeDataString(address.AbsolutePath[1..]),
    };
    if (user[0].Length > 0) builder.Username = user[0];
    if (user.Length > 1) builder.Password = user[1];
    foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) {
      var at = pair.Split('=', 2).Select(Uri.UnescapeDataString).ToArray();
      try {
        // libpq writes connect_timeout, application_name and verify-full, Npgsql Timeout, Application Name and VerifyFull
        builder[at[0] == "connect_timeout" ? "Timeout" : at[0].Replace('_', ' ')] = at[0] == "sslmode" ? at[^1].Replace("-", "", StringComparison.Ordinal) : at[^1];
      } catch (Exception unknown) when (unknown is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException) {
        throw Unusable($"\"{at[0]}\" is not an option it knows, or not with that value");
      }
    }
    return new(false, builder.ToString());
  }

  // never with the setting itself: it holds a password
  private static RefusedException Unusable(string why) =>
    new($"Database is not usable: {why}. Write an address like postgres://user:password@host:5432/name, then start again.");

  /// <summary>Makes SQLite's file where there is none, for its owner alone; its log beside it gets the same permissions from SQLite.</summary>
  public void MakeFile() {
    if (!IsSqlite) return;
    var path = new SqliteConnectionStringBuilder(ConnectionString).DataSource;
    if (File.Exists(path)) return;
    var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
    if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    using var file = new FileStream(path, options);
  }

  /// <summary>Sets the provider and its migrations on a context's options.</summary>
  public void Configure(DbContextOptionsBuilder options) {
    if (IsSqlite) options.UseSqlite(ConnectionString, o => o.MigrationsAssembly("Porchlight.Migrations.Sqlite"));
    else options.UseNpgsql(ConnectionString, o => o.MigrationsAssembly("Porchlight.Migrations.Postgres"));
  }

  /// <summary>The gate that writers pass: SQLite's has its lock file in the data folder.</summary>
  public WriteGate NewGate(DataFolder folder, TimeProvider clock) => new(IsSqlite ? Path.Combine(folder.Root, "write.lock") : null, clock);

  /// <summary>A place of blobs: in the data folder beside SQLite, else in PostgreSQL with the data folder as this machine's copy.</summary>
  public IBlobs OpenBlobs(DataFolder folder, BlobPlace place) => IsSqlite ? new FolderBlobs(folder.Of(place)) : new PostgresBlobs(ConnectionString, folder, place);
}
