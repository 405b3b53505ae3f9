using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class EditionWriterTests : IDisposable {
  private readonly RandomEdition _random = new(seed: 7);
  private static CancellationToken Ct => TestContext.Current.CancellationToken;
  public void Dispose() => _random.Dispose();

  private static Task<IReadOnlyList<string>> Verify(string folder, EditionContent content) =>
    new EditionCheck(folder, RandomEdition.Everything).Verify(content.Files, Ct);

  [Fact]
  public async Task A_second_run_gives_the_same_bytes_and_both_verify() {
    var (first, content) = _random.Write("a");
    var (second, again) = _random.Write("b");
    Assert.Equal(content.Files, again.Files);
    Assert.Equal([
        "labels.json", "rollups/cells.bin", "rollups/counts.bin", "rollups/days.bin", "rollups/excluded.bin",
        "rollups/seconds-dispatch.bin", "rollups/seconds-total.bin",
      ],
      content.Files.Select(file => file.Path).Where(path => !path.StartsWith("rows/", StringComparison.Ordinal)));
    Assert.Contains("rows/2024-03.parquet", content.Files.Select(file => file.Path));
    Assert.Contains("rows/city-periods.parquet", content.Files.Select(file => file.Path));
    using var connection = _random.Database.Connect();
    Assert.Equal(connection.Scalar<long>("SELECT count(*) FROM live"), content.RowsByMonth.Values.Sum());
    Assert.Empty(await Verify(first, content));
    Assert.Empty(await Verify(second, again));
  }

  [Fact]
  public async Task An_edition_of_touched_months_is_byte_for_byte_the_one_made_from_nothing() {
    var (before, old) = _random.Write("before");
    using (var connection = _random.Database.Connect()) {
      connection.Execute("DELETE FROM live WHERE received_hour BETWEEN '2024-03-01' AND '2024-04-30' AND hash(received_hour) % 3 = 0");
      connection.Execute("DELETE FROM live WHERE date_trunc('month', received_hour) = DATE '2024-08-01'");
      connection.Execute("UPDATE live SET lat_cell = 38100 WHERE received_hour::DATE BETWEEN '2024-04-10' AND '2024-04-14'");
    }
    var (partly, content) = _random.Write("partly", [new(2024, 3, 1), new(2024, 4, 15), new(2024, 8, 1), new(2024, 10, 1)], before);
    var (_, whole) = _random.Write("whole");
    Assert.Equal(whole.Files, content.Files);
    Assert.Equal(whole.RowsByMonth, content.RowsByMonth);
    Assert.DoesNotContain(new DateOnly(2024, 8, 1), content.RowsByMonth.Keys);
    Assert.NotEqual(old.Files, content.Files);
    Assert.Empty(await Verify(partly, content));
  }

  [Fact]
  public void What_is_equal_to_the_edition_before_is_the_same_file_on_the_disk() {
    Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at the links of files");
    var (before, _) = _random.Write("before");
    var (after, _) = _random.Write("after", [new(2024, 3, 1)], before);
    foreach (var path in (string[])["rows/2024-02.parquet", "rows/2024-03.parquet", "rollups/counts.bin", "labels.json"]) {
      File.SetLastWriteTimeUtc(Path.Combine(before, path), new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
      Assert.Equal(2001, File.GetLastWriteTimeUtc(Path.Combine(after, path)).Year);
    }
  }

  [Fact]
  public async Task Verify_names_a_changed_file_a_missing_one_and_counts_that_are_not_what_the_rows_add_up_to() {
    var (folder, content) = _random.Write("a");
    var march = Path.Combine(folder, "rows", "2024-03.parquet");
    var kept = await File.ReadAllBytesAsync(march, Ct);
    File.Delete(march);
    Assert.Equal(["rows/2024-03.parquet is missing."], await Verify(folder, content));
    using (var connection = _random.Database.Connect())
      connection.Execute(
        $"COPY (FROM live WHERE received_hour BETWEEN '2024-03-01' AND '2024-03-31' LIMIT 20) TO {Sql.Text(march)} (FORMAT parquet)");
    Assert.Equal(["rows/2024-03.parquet is not the file that was published: its SHA-256 differs."], await Verify(folder, content));
    // whoever also forges the manifest is found out by the roll-ups
    var hash = EditionWriter.Hash(march);
    var forged = content with {
      Files = [.. content.Files.Select(file => file.Path == "rows/2024-03.parquet" ? file with { Sha256 = hash } : file)],
    };
    Assert.Equal(
      ["counts.bin", "days.bin", "seconds-dispatch.bin", "seconds-total.bin", "excluded.bin", "cells.bin"],
      (await Verify(folder, forged)).Select(finding => finding.Split(':')[0]));
    await File.WriteAllBytesAsync(march, kept, Ct);
    Assert.Empty(await Verify(folder, content));
  }

  [Fact]
  public void Rows_are_published_in_an_order_that_says_nothing_of_when_they_came() {
    var (folder, _) = _random.Write("a");
    using var connection = _random.Database.Connect();
    var path = Sql.Text(Path.Combine(folder, "rows", "2024-03.parquet"));
    var hours = connection.List($"SELECT epoch(received_hour)::BIGINT FROM {path}", [], row => row.Long(0));
    Assert.Equal(hours.Order(), hours);
    var columns = connection.List(
      $"SELECT column_name, column_type FROM (DESCRIBE FROM {path})", [], row => $"{row.Text(0)} {row.Text(1)}");
    Assert.Equal([
      "received_hour TIMESTAMP", "area VARCHAR", "type VARCHAR", "category VARCHAR", "priority VARCHAR", "status VARCHAR",
      "lat_cell INTEGER", "lon_cell INTEGER", "first UTINYINT", "first_in_category UTINYINT", "s_dispatch INTEGER", "s_total INTEGER",
      "reported_hour TIMESTAMP",
    ], columns);
  }

  [Theory]
  [InlineData("UPDATE live SET area = 'beat 99' WHERE rowid = 5", "no label")]
  [InlineData("UPDATE live SET category = 'group 1', type = 'type 1' WHERE rowid = 5", "not of its type's category")]
  [InlineData("UPDATE live SET status = 'void' WHERE rowid = 5", "no label")]
  [InlineData("UPDATE live SET status = NULL WHERE rowid = 5", "no label")]
  [InlineData("INSERT INTO city VALUES ('2024-02-01', 'quarter', 'type 1', 5, 1, 1)", "no month, quarter or year")]
  [InlineData("INSERT INTO city VALUES ('2024-01-01', 'year', 'type 77', 5, 1, 1)", "no label")]
  public void What_does_not_fit_the_labels_stops_the_edition(string change, string why) {
    using (var connection = _random.Database.Connect()) connection.Execute(change);
    Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => _random.Write("a")).Message, StringComparison.Ordinal);
  }

  [Fact]
  public void An_edition_cannot_take_over_months_counted_under_other_labels() {
    var (before, _) = _random.Write("before");
    var moved = RandomEdition.Labels.With(types: [new TypeLabel("type 1", new("Type 1"), "group 3")]);
    Assert.Throws<InvalidOperationException>(() => _random.Write("after", [new(2024, 3, 1)], before, moved));
    var more = RandomEdition.Labels.With(
      [new AreaLabel("beat 7", new("Beat 7"))], [new TypeLabel("type 1", new("Another wording"), "group 2")]);
    Assert.NotEmpty(_random.Write("more", [new(2024, 3, 1)], before, more).Content.Files);
  }

  [Fact]
  public async Task A_cancelled_edition_stops() {
    using var stop = new CancellationTokenSource();
    var folder = Directory.CreateDirectory(Path.Combine(_random.Folder, "a")).FullName;
    var writing = new EditionWriter(_random.Database, RandomEdition.Everything, RandomEdition.Labels, folder)
      .Write(RandomEdition.Relation, RandomEdition.Months, null, null, (done, all) => stop.Cancel(), stop.Token);
    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
  }

  [Fact]
  public async Task Progress_is_told_month_by_month() {
    List<(int, int)> told = [];
    var folder = Directory.CreateDirectory(Path.Combine(_random.Folder, "a")).FullName;
    await new EditionWriter(_random.Database, RandomEdition.Everything, RandomEdition.Labels, folder)
      .Write(RandomEdition.Relation, RandomEdition.Months, null, null, (done, all) => told.Add((done, all)), Ct);
    Assert.Equal(Enumerable.Range(1, RandomEdition.Months.Length).Select(done => (done, RandomEdition.Months.Length)), told);
  }

  [Fact]
  public async Task A_layout_with_next_to_nothing_is_published_and_asked_too() {
    var layout = new RowLayout { EventHour = "received_hour", Category = null };
    var labels = Labels.Empty.With([new AreaLabel("beat 1", new("Beat 1"))], [new TypeLabel("type 1", new("Type 1"))]);
    var folder = Directory.CreateDirectory(Path.Combine(_random.Folder, "bare")).FullName;
    const string relation = "SELECT received_hour, area, type FROM live WHERE coalesce(area, 'beat 1') = 'beat 1' AND type = 'type 1'";
    var content = await new EditionWriter(_random.Database, layout, labels, folder)
      .Write(relation, RandomEdition.Months, null, null, null, Ct);
    Assert.Empty(await new EditionCheck(folder, layout).Verify(content.Files, Ct));
    using var rows = new PublishedRows(_random.Folder, TimeProvider.System);
    using var edition = RollupReader.Open(folder, layout, rows);
    var question = new CountQuestion { From = new(2023, 11, 1), To = new(2025, 1, 31), By = [By.Area, By.Priority, By.Category] };
    var answer = await edition.Answer(question, Ct);
    Assert.Equal((await edition.FromRows(question, Ct)).Rows.Select(row => row.N), answer.Rows.Select(row => row.N));
    Assert.Equal(content.RowsByMonth.Values.Sum(), answer.Rows.Sum(row => row.N));
    await Assert.ThrowsAsync<ArgumentException>(() => edition.Answer(new ExcludedQuestion { From = question.From, To = question.To }, Ct));
    await Assert.ThrowsAsync<ArgumentException>(() => edition.Answer(question with { By = [], Box = new(0, 1, 0, 1) }, Ct));
  }
}
