using Porchlight.Kernel.DuckDb;

namespace Porchlight.Kernel.Tests.DuckDb;

public sealed class DuckDbTests : IDisposable {
  private readonly string _folder = Directory.CreateTempSubdirectory("porchlight-duckdb").FullName;
  private readonly DuckDatabase _database;
  private readonly DuckConnection _connection;

  public DuckDbTests() {
    _database = DuckDatabase.Open(options: new(Threads: 2));
    _connection = _database.Connect();
  }

  public void Dispose() {
    _connection.Dispose();
    _database.Dispose();
    Directory.Delete(_folder, recursive: true);
  }

  [Fact]
  public void Every_bound_value_comes_back_as_it_was() {
    var day = new DateOnly(2024, 2, 29);
    var face = new DateTime(2024, 3, 10, 2, 30, 0);
    var instant = new DateTimeOffset(2024, 7, 1, 9, 0, 0, TimeSpan.FromHours(-4));
    var text = "it's; DROP TABLE m; --\n¿ñ? 🙂";
    object?[] values = [null, true, -7, 5_000_000_000L, ulong.MaxValue, 2.5, text, "", day, face, instant, new byte[] { 0, 255 }];
    using var reader = _connection.Query("SELECT $1::INT, $2, $3::INT, $4::BIGINT, $5, $6, $7, $8, $9, $10, $11, $12", values);
    Assert.True(reader.Next());
    Assert.Equal(
      [null, true, -7L, 5_000_000_000L, 2.5, text, "", day, face],
      new[] { 0, 1, 2, 3, 5, 6, 7, 8, 9 }.Select(i => reader.Value(i, 0)));
    Assert.Equal(ulong.MaxValue, reader.Span<ulong>(4)[0]);
    Assert.Equal(instant.UtcDateTime, reader.Timestamp(10, 0));
    Assert.Equal(new byte[] { 0, 255 }, reader.Value(11, 0));
    Assert.False(reader.Next());
  }

  [Fact]
  public void A_wrong_number_of_values_is_refused_before_anything_runs() {
    _connection.Execute("CREATE TABLE kept(x INT)");
    Assert.Throws<ArgumentException>(() => _connection.Execute("INSERT INTO kept VALUES ($1), ($2)", [1]));
    Assert.Equal(0, _connection.Scalar<long>("SELECT count(*) FROM kept"));
  }

  [Fact]
  public void Spans_hold_every_row_of_many_chunks_and_validity_marks_the_nulls() {
    using var reader = _connection.Query("SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END::INT x, i::USMALLINT y FROM range(10000) t(i)");
    long rows = 0, nulls = 0, sum = 0, words = 0;
    while (reader.Next()) {
      var x = reader.Span<int>(0);
      var valid = reader.Validity(0);
      Assert.Empty(reader.Validity(1).ToArray());
      for (var row = 0; row < reader.Rows; row++) {
        var isNull = valid.Length > 0 && (valid[row >> 6] >> (row & 63) & 1) == 0;
        Assert.Equal(isNull, reader.IsNull(0, row));
        if (isNull) nulls++;
        else sum += x[row];
        words += reader.Span<ushort>(1)[row];
      }
      rows += reader.Rows;
    }
    Assert.Equal((10000, 3334, 49995000 - 16668333, 49995000), (rows, nulls, sum, words));
  }

  [Fact]
  public void A_span_of_another_width_is_refused() {
    using var reader = _connection.Query("SELECT 1::BIGINT, 'a'");
    Assert.True(reader.Next());
    Assert.Throws<InvalidOperationException>(() => reader.Span<int>(0).Length);
    Assert.Throws<InvalidOperationException>(() => reader.Span<Int128>(1).Length);
    Assert.Throws<ArgumentOutOfRangeException>(() => reader.Long(0, 1));
  }

  [Theory]
  [InlineData(3, 1)]
  [InlineData(300, 2)]
  public void An_enum_is_read_as_its_codes_and_as_its_words(int words, int width) {
    var list = string.Join(",", Enumerable.Range(0, words).Select(i => Sql.Text($"beat '{i}'")));
    _connection.Execute($"CREATE TYPE beat AS ENUM ({list})");
    using var reader = _connection.Query($"SELECT x::beat FROM (VALUES ('beat ''0'''), (NULL), ($1)) t(x)", [$"beat '{words - 1}'"]);
    Assert.True(reader.Next());
    Assert.Equal(words, reader.Columns[0].EnumWords.Count);
    Assert.Equal(words - 1, width == 1 ? reader.Span<byte>(0)[2] : reader.Span<ushort>(0)[2]);
    Assert.Equal(["beat '0'", null, $"beat '{words - 1}'"], Enumerable.Range(0, 3).Select(row => reader.Text(0, row)));
    Assert.Equal((0L, 0L, words - 1L), (reader.Long(0, 0), reader.Long(0, 1), reader.Long(0, 2)));
  }

  [Fact]
  public void Sums_averages_and_quantiles_come_back_as_numbers() {
    Assert.Equal(49_995_000L, _connection.Scalar<long>("SELECT sum(i) FROM range(10000) t(i)"));
    Assert.Equal(474.0, _connection.Scalar<double>("SELECT quantile_cont(s, 0.9) FROM (VALUES (60), (120), (180), (600)) t(s)"), 9);
    Assert.Equal(2.5, _connection.Scalar<double>("SELECT 2.50::DECIMAL(9,2)"));
    Assert.Equal(-1.25, _connection.Scalar<double>("SELECT -1.25::DECIMAL(30,2)"));
    Assert.Null(_connection.Scalar<long?>("SELECT sum(i) FROM range(0) t(i)"));
    Assert.Throws<OverflowException>(() => _connection.List("SELECT sum(9000000000000000000) FROM range(9)", [], row => row.Long(0)));
  }

  [Fact]
  public void A_prepared_statement_runs_again_with_other_values() {
    _connection.Execute("CREATE TABLE m(x INT)");
    using var insert = _connection.Prepare("INSERT INTO m SELECT unnest(range($1))");
    Assert.Equal(3, insert.Execute([3]));
    Assert.Equal(5, insert.Execute([5]));
    using var count = _connection.Prepare("SELECT count(*) FROM m WHERE x >= $1");
    foreach (var (from, expected) in new[] { (0, 8), (2, 4), (9, 0) }) {
      using var reader = count.Query([from]);
      Assert.True(reader.Next());
      Assert.Equal(expected, reader.Long(0, 0));
    }
  }

  [Fact]
  public void Cancelling_stops_a_statement_at_once_and_the_connection_goes_on() {
    using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
    Assert.Throws<OperationCanceledException>(() =>
      _connection.Execute("CREATE TABLE big AS SELECT count(*) FROM range(100000000) a(i), range(1000) WHERE i % 7 = 3", cancel.Token));
    Assert.Equal(1, _connection.Scalar<int>("SELECT 1"));
    Assert.Throws<OperationCanceledException>(() => _connection.Execute("CREATE TABLE never(x INT)", cancel.Token));
    Assert.Equal(0, _connection.Scalar<long>("SELECT count(*) FROM duckdb_tables()"));
  }

  [Fact]
  public void Cancelling_stops_an_answer_that_is_being_read() {
    using var cancel = new CancellationTokenSource();
    using var reader = _connection.Query("SELECT i FROM range(1000000000) t(i)", cancel.Token);
    Assert.True(reader.Next());
    cancel.Cancel();
    Assert.Throws<OperationCanceledException>(() => { while (reader.Next()) { } });
  }

  [Fact]
  public async Task Interrupt_from_another_thread_ends_the_statement_and_progress_is_told_meanwhile() {
    _connection.Execute("SET enable_progress_bar=true; SET enable_progress_bar_print=false");
    _connection.Execute("CREATE TABLE many AS SELECT i FROM range(3000000) t(i)");
    var running = Task.Run(() => _connection.Execute("CREATE TABLE big AS SELECT max(sha256(repeat(i::VARCHAR, 200))) FROM many"));
    while (_connection.Progress.Percentage <= 0 && !running.IsCompleted) await Task.Delay(5);
    Assert.InRange(_connection.Progress.Percentage, 0, 100);
    _connection.Interrupt();
    var refusal = await Assert.ThrowsAsync<DuckException>(() => running);
    Assert.Equal(DuckErrorKind.Interrupted, refusal.Kind);
    _connection.Interrupt();
    Assert.Equal(2, _connection.Scalar<int>("SELECT 2"));
  }

  [Fact]
  public void Over_the_memory_limit_is_an_error_that_leaves_the_connection_usable_and_spills_where_a_folder_is_given() {
    const string sort = "SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY hash(i), i) r FROM range(2000000) t(i))";
    using (var small = DuckDatabase.Open(options: new(Threads: 1, MemoryLimit: "20MB")))
    using (var connection = small.Connect()) {
      Assert.Equal(DuckErrorKind.Memory, Assert.Throws<DuckException>(() => connection.Scalar<long>(sort)).Kind);
      Assert.Equal(3, connection.Scalar<int>("SELECT 3"));
    }
    using (var spilling = DuckDatabase.Open(options: new(Threads: 1, MemoryLimit: "20MB", TempFolder: Path.Combine(_folder, "spill"))))
    using (var connection = spilling.Connect())
      Assert.Equal(2_000_000, connection.Scalar<long>(sort));
  }

  [Fact]
  public void Nothing_outside_the_allowed_folders_can_be_read_or_written() {
    var published = Directory.CreateDirectory(Path.Combine(_folder, "published")).FullName;
    var restricted = Directory.CreateDirectory(Path.Combine(_folder, "restricted")).FullName;
    var beside = Directory.CreateDirectory(Path.Combine(_folder, "published-not")).FullName;
    foreach (var folder in new[] { published, restricted, beside }) _connection.Execute($"COPY (SELECT 7 x) TO '{folder}/a.parquet'");

    using var locked = DuckDatabase.Open(options: new(Threads: 1, AllowedFolders: [published]));
    using var connection = locked.Connect();
    Assert.Equal(7, connection.Scalar<int>("SELECT x FROM read_parquet($1)", [$"{published}/a.parquet"]));
    foreach (var path in new[] { $"{restricted}/a.parquet", $"{published}/../restricted/a.parquet", $"{beside}/a.parquet", "/etc/passwd" })
      Assert.Equal(DuckErrorKind.Permission, Refusal("SELECT * FROM read_parquet($1)", path).Kind);
    Assert.Equal(DuckErrorKind.Permission, Refusal("SELECT * FROM glob($1)", $"{restricted}/*").Kind);
    foreach (var statement in new[] {
      $"COPY (SELECT 1) TO '{restricted}/b.parquet'", $"COPY (SELECT 1) TO '{published}/../restricted/b.parquet'",
      $"ATTACH '{restricted}/c.db' AS c", $"SET allowed_directories=['{restricted}']", "SET enable_external_access=true",
      "RESET lock_configuration", "SET threads=8", "LOAD httpfs",
    }) Assert.Throws<DuckException>(() => connection.Execute(statement));
    Assert.Equal(["a.parquet"], Directory.EnumerateFiles(restricted).Select(Path.GetFileName));

    DuckException Refusal(string sql, string path) => Assert.Throws<DuckException>(() => connection.Scalar<object>(sql, [path]));
  }

  [Fact]
  public void A_message_that_may_be_logged_never_holds_a_record() {
    var csv = Path.Combine(_folder, "x.csv");
    File.WriteAllText(csv, "id,name\n1,Ana\n2,Rosa Secret,extra\n");
    var framing = Assert.Throws<DuckException>(() => _connection.Scalar<long>(
      $"SELECT count(name) FROM read_csv('{csv}', auto_detect=false, header=true, columns={{'id':'INT','name':'VARCHAR'}})"));
    var cast = Assert.Throws<DuckException>(() => _connection.Scalar<int>("SELECT $1::INT", ["Rosa Secret"]));
    foreach (var refusal in new[] { framing, cast }) {
      Assert.Equal(DuckErrorKind.Data, refusal.Kind);
      Assert.DoesNotContain("Secret", refusal.ToString(), StringComparison.Ordinal);
      Assert.Contains("Rosa Secret", refusal.Detail, StringComparison.Ordinal);
    }
    var typo = Assert.Throws<DuckException>(() => _connection.Execute("SELEC 1"));
    Assert.Equal(DuckErrorKind.Statement, typo.Kind);
    Assert.Contains("SELEC", typo.Message, StringComparison.Ordinal);
  }

  [Fact]
  public void A_text_or_name_written_into_a_statement_cannot_leave_its_quotes() {
    const string name = "a\"; DROP TABLE x; --'";
    Assert.Equal(name, _connection.Scalar<string>($"SELECT {Sql.Text(name)} AS {Sql.Name(name)}"));
    Assert.Throws<ArgumentOutOfRangeException>(() => Sql.Text("a\0b"));
  }

  [Fact]
  public void A_database_file_is_kept_and_a_second_process_instance_cannot_be_opened_on_a_folder() {
    var file = Path.Combine(_folder, "x.db");
    using (var first = DuckDatabase.Open(file))
    using (var connection = first.Connect()) connection.Execute("CREATE TABLE t AS SELECT 5 x");
    using (var again = DuckDatabase.Open(file))
    using (var connection = again.Connect()) Assert.Equal(5, connection.Scalar<int>("SELECT x FROM t"));
    Assert.Throws<DuckException>(() => DuckDatabase.Open(_folder));
  }
}
