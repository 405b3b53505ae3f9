using Npgsql;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Tests.Storage;

public sealed class DatabaseChoiceTests {
  [Theory]
  [InlineData(null)]
  [InlineData("")]
  [InlineData("  ")]
  public void Nothing_said_is_SQLite_in_the_data_folder(string? setting) {
    var choice = DatabaseChoice.From(setting, "/srv/porchlight");
    Assert.True(choice.IsSqlite);
    Assert.Contains(Path.Combine("/srv/porchlight", "porchlight.db"), choice.ConnectionString, StringComparison.Ordinal);
  }

  [Fact]
  public void An_address_says_user_password_host_port_and_name_with_their_escapes() {
    var to = Postgres("postgres://alder:p%40ss%3Aword@db.example.gov:6543/port%20light");
    Assert.Equal(("db.example.gov", 6543, "alder", "p@ss:word", "port light"), (to.Host, to.Port, to.Username, to.Password, to.Database));
  }

  [Fact]
  public void An_address_may_leave_out_port_user_and_password() {
    var to = Postgres("postgresql://db/porchlight");
    Assert.Equal(("db", 5432, null, null, "porchlight"), (to.Host, to.Port, to.Username, to.Password, to.Database));
  }

  [Fact]
  public void An_address_may_name_a_socket_and_an_IPv6_host() {
    Assert.Equal("/run/postgresql", Postgres("postgres:///porchlight?host=/run/postgresql").Host);
    Assert.Equal("::1", Postgres("postgres://[::1]/porchlight").Host);
  }

  [Fact]
  public void Options_are_read_as_libpq_writes_them() {
    var to = Postgres("postgres://db/porchlight?sslmode=verify-full&application_name=porch%20light&connect_timeout=5");
    Assert.Equal((SslMode.VerifyFull, "porch light", 5), (to.SslMode, to.ApplicationName, to.Timeout));
  }

  [Fact]
  public void Npgsql_s_own_form_passes() => Assert.Equal("db", Postgres("Host=db;Database=porchlight").Host);

  [Theory]
  [InlineData("postgres://user:secret@db", "it names no database")]
  [InlineData("postgres://user:secret@db/", "it names no database")]
  [InlineData("postgres://user:secret@db/porchlight?sslmod=require", "\"sslmod\" is not an option it knows")]
  [InlineData("postgres://user:secret@db/porchlight?sslmode=maybe", "\"sslmode\" is not an option it knows, or not with that value")]
  [InlineData("mysql://user:secret@db/porchlight", "it is neither an address nor Npgsql's")]
  public void An_address_that_cannot_be_used_is_refused_without_showing_its_password(string setting, string why) {
    var refused = Assert.Throws<RefusedException>(() => DatabaseChoice.From(setting, ""));
    Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
  }

  private static NpgsqlConnectionStringBuilder Postgres(string setting) {
    var choice = DatabaseChoice.From(setting, "");
    Assert.False(choice.IsSqlite);
    return new(choice.ConnectionString);
  }
}
