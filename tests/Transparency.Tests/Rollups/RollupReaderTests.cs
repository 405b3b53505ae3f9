using FsCheck;
using FsCheck.Fluent;
using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class RollupReaderTests(RollupReaderTests.OneEdition shared) : IClassFixture<RollupReaderTests.OneEdition> {
  private readonly RandomEdition _random = shared.Random;
  private readonly PublishedRows _rows = shared.Rows;
  private readonly RollupReader _edition = shared.Edition;
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  /// <summary>Written once; no test changes it.</summary>
  public sealed class OneEdition : IDisposable {
    internal RandomEdition Random { get; } = new(seed: 20_240_601);
    internal PublishedRows Rows { get; }
    internal RollupReader Edition { get; }
    internal string Folder { get; }

    public OneEdition() {
      Folder = Random.Write("edition").Folder;
      Rows = new(Random.Folder, TimeProvider.System);
      Edition = RollupReader.Open(Folder, RandomEdition.Everything, Rows);
    }

    public void Dispose() {
      Edition.Dispose();
      Rows.Dispose();
      Random.Dispose();
    }
  }

  [Fact]
  public void Roll_ups_and_rows_give_the_same_counts_for_random_questions() {
    HashSet<AnswerPath> paths = [];
    Prop.ForAll(Questions.Counts.ToArbitrary(), question => {
      var fast = _edition.Answer(question, Ct).GetAwaiter().GetResult();
      var slow = _edition.FromRows(question, Ct).GetAwaiter().GetResult();
      paths.Add(fast.Path);
      Assert.Equal(Show(slow.Rows), Show(fast.Rows));
      Assert.Equal(slow.CityOnlyLeftOut, fast.CityOnlyLeftOut);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_240_601, 1));
    Assert.Superset(new HashSet<AnswerPath>([
      AnswerPath.Counts, AnswerPath.Days, AnswerPath.Cells, AnswerPath.Rows,
      AnswerPath.Counts | AnswerPath.Days, AnswerPath.Counts | AnswerPath.Rows,
    ]), paths);
  }

  private static string[] Show(IEnumerable<CountRow> rows) => [.. rows.Select(row => $"{Join(row.Key)}: {row.N}")];
  private static string Join<T>(IEnumerable<T> values) => string.Join(",", values);

  [Fact]
  public void Roll_ups_and_rows_give_the_same_times_to_the_last_bit_for_random_questions() {
    HashSet<AnswerPath> paths = [];
    Prop.ForAll(Questions.Seconds.ToArbitrary(), question => {
      var fast = _edition.Answer(question, Ct).GetAwaiter().GetResult();
      var slow = _edition.FromRows(question, Ct).GetAwaiter().GetResult();
      paths.Add(fast.Path);
      Assert.Equal(Show(slow), Show(fast));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_240_602, 1));
    Assert.Superset(new HashSet<AnswerPath>([AnswerPath.Seconds, AnswerPath.Rows]), paths);

    static string[] Show(SecondsAnswer answer) => [.. answer.Rows.Select(row =>
      $"{Join(row.Key)}: {row.N} {Join(row.Quantiles.Select(q => q.ToString("R")))} {Join(row.Within)} {Join(row.Intervals)}")];
  }

  [Fact]
  public void Roll_ups_and_rows_leave_out_the_same_rows_for_the_same_reasons() {
    Prop.ForAll(Questions.Excluded.ToArbitrary(), question => {
      var fast = _edition.Answer(question, Ct).GetAwaiter().GetResult();
      var slow = _edition.FromRows(question, Ct).GetAwaiter().GetResult();
      Assert.Equal(Show(slow), Show(fast));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_240_603, 1));

    static string[] Show(ExcludedAnswer answer) => [.. answer.Rows.Select(row => $"{Join(row.Key)}: {Join(row.N)}")];
  }

  [Fact]
  public async Task Counts_agree_with_plain_sql_over_the_rows_that_went_in() {
    using var connection = _random.Database.Connect();
    var expected = connection.List("""
      SELECT year(received_hour) * 100 + month(received_hour), sum(first) FROM live
      WHERE status = 'counted' AND area = 'beat 2' AND category = 'group 1' GROUP BY 1 HAVING sum(first) > 0 ORDER BY 1
      """, [], row => $"{row.Long(0)}: {row.Long(1)}");
    var answer = await _edition.Answer(new CountQuestion {
      From = new(2023, 11, 1), To = new(2025, 1, 31), By = [By.Month], Areas = [RandomEdition.Labels.Areas.Number("beat 2")],
      Categories = [RandomEdition.Labels.Categories.Number("group 1")], Unit = "first",
    }, Ct);
    Assert.Equal(AnswerPath.Counts, answer.Path);
    Assert.True(expected.Count > 10);
    Assert.Equal(expected, Show(answer.Rows));
  }

  [Fact]
  public async Task A_part_month_comes_from_the_days_where_they_know_the_fields_and_from_the_rows_where_not() {
    var question = new CountQuestion { From = new(2024, 1, 15), To = new(2024, 8, 17), By = [By.Month] };
    Assert.Equal(AnswerPath.Counts | AnswerPath.Days, (await _edition.Answer(question, Ct)).Path);
    Assert.Equal(AnswerPath.Counts | AnswerPath.Rows, (await _edition.Answer(question with { Types = [3] }, Ct)).Path);
    var whole = question with { From = new(2024, 1, 1), To = new(2024, 8, 31), Types = [3] };
    Assert.Equal(AnswerPath.Counts, (await _edition.Answer(whole, Ct)).Path);
    Assert.Equal(AnswerPath.Days, (await _edition.Answer(question with { By = [By.Week, By.Category] }, Ct)).Path);
    Assert.Equal(AnswerPath.Rows, (await _edition.Answer(question with { By = [By.Hour, By.Weekday] }, Ct)).Path);
  }

  [Fact]
  public async Task What_is_counted_for_the_city_only_is_area_1_and_enters_a_period_only_whole() {
    using var connection = _random.Database.Connect();
    long Of(string kinds) => connection.Scalar<long>($"SELECT coalesce(sum(n), 0) FROM city WHERE kind IN ({kinds})");
    var year = new CountQuestion { From = new(2024, 1, 1), To = new(2024, 12, 31), Areas = [Labels.CityOnly], By = [By.Area] };
    var whole = await _edition.Answer(year, Ct);
    Assert.Equal([$"1: {Of("'month','quarter','year'")}"], Show(whole.Rows));
    Assert.Equal(0, whole.CityOnlyLeftOut);
    var toDate = await _edition.Answer(year with { To = new(2024, 8, 17) }, Ct);
    Assert.Equal([$"1: {Of("'month','quarter'")}"], Show(toDate.Rows));
    Assert.Equal(Of("'year'"), toDate.CityOnlyLeftOut);
    var byMonth = await _edition.Answer(year with { By = [By.Month] }, Ct);
    Assert.Equal(Of("'month'"), byMonth.Rows.Sum(row => row.N));
    Assert.Equal(Of("'quarter','year'"), byMonth.CityOnlyLeftOut);
  }

  [Fact]
  public async Task A_question_about_nothing_is_a_zero_and_a_breakdown_of_nothing_is_empty() {
    var none = new CountQuestion { From = new(1990, 1, 1), To = new(1990, 12, 31) };
    Assert.Equal([": 0"], Show((await _edition.Answer(none, Ct)).Rows));
    Assert.Empty((await _edition.Answer(none with { By = [By.Area] }, Ct)).Rows);
    Assert.Equal([": 0"], Show((await _edition.Answer(none with { From = new(2024, 5, 2), To = new(2024, 5, 1) }, Ct)).Rows));
    var seconds = await _edition.Answer(new SecondsQuestion { From = none.From, To = none.To, Interval = "total" }, Ct);
    Assert.Equal((0L, double.NaN), (seconds.Rows[0].N, seconds.Rows[0].Quantiles[0]));
    await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _edition.Answer(none with { Unit = "rows" }, Ct));
    var unknown = new SecondsQuestion { From = none.From, To = none.To, Interval = "work" };
    await Assert.ThrowsAsync<ArgumentException>(() => _edition.Answer(unknown, Ct));
  }

  [Fact]
  public async Task Many_answers_at_once_are_right_and_an_edition_that_is_let_go_still_ends_the_answers_under_way() {
    var question = new SecondsQuestion { From = new(2023, 11, 1), To = new(2025, 1, 31), Interval = "total", By = [By.Area, By.Priority] };
    var expected = (await _edition.Answer(question, Ct)).Rows.Select(row => (row.N, row.Quantiles[0], row.Quantiles[1])).ToArray();
    Assert.True(expected.Length > 15);
    await Parallel.ForAsync(0, 64, Ct, async (_, ct) => {
      var answer = await _edition.Answer(question, ct);
      Assert.Equal(expected, answer.Rows.Select(row => (row.N, row.Quantiles[0], row.Quantiles[1])));
    });
    var once = RollupReader.Open(shared.Folder, RandomEdition.Everything, _rows);
    var byHour = new CountQuestion { From = new(2024, 1, 2), To = new(2024, 12, 30), By = [By.Hour] };
    var underWay = Enumerable.Range(0, 20).Select(_ => once.Answer(byHour, Ct)).ToArray();
    once.Dispose();
    Assert.All(await Task.WhenAll(underWay), answer => Assert.NotEmpty(answer.Rows));
    await Assert.ThrowsAsync<ObjectDisposedException>(() => once.Answer(question, Ct));
  }

  [Fact]
  public async Task A_question_to_the_rows_that_takes_too_long_is_stopped_and_says_so() {
    using var hurried = new PublishedRows(_random.Folder, TimeProvider.System, deadline: TimeSpan.FromMilliseconds(30));
    const string endless = "SELECT count(*) FROM range(10000000) a(i), range(10000) b(j) WHERE (i * j) % 7 = 3";
    var slow = await hurried.Ask((connection, ct) => connection.Scalar<long>(endless, ct), Ct);
    Assert.True(slow.TimedOut);
    var quick = await _rows.Ask((connection, ct) => connection.Scalar<long>("SELECT 5", ct), Ct);
    Assert.Equal(new Asked<long>(5, TimedOut: false), quick);
    using var gaveUp = new CancellationTokenSource();
    await gaveUp.CancelAsync();
    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rows.Ask((connection, ct) => 1, gaveUp.Token));
  }

  [Fact]
  public async Task Published_rows_cannot_be_made_to_read_anything_else() {
    var outside = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.parquet");
    using (var connection = _random.Database.Connect()) connection.Execute($"COPY (SELECT 1 x) TO {Sql.Text(outside)}");
    try {
      var refusal = await Assert.ThrowsAsync<DuckException>(
        () => _rows.Ask((connection, ct) => connection.Scalar<int>("SELECT x FROM read_parquet($1)", [outside], ct), Ct));
      Assert.Equal(DuckErrorKind.Permission, refusal.Kind);
    } finally {
      File.Delete(outside);
    }
  }
}

/// <summary>
/// Random questions about <see cref="RandomEdition"/>: fields, filters (with 0, 1 and numbers that nothing has), whole and part months,
/// boxes.
/// </summary>
internal static class Questions {
  private static readonly By[] Times = [By.Year, By.Month, By.Week, By.Day, By.Weekday, By.Hour];
  private static readonly By[] Fields = [By.Area, By.Type, By.Category, By.Priority];

  private static readonly Gen<By[]> None = Gen.Constant<By[]>([]);

  private static Gen<By[]> One(params By[] of) => Gen.Elements(of).Select(field => (By[])[field]);
  private static Gen<By[]> Some(By[] of) => Gen.SubListOf(of).Select(list => list.ToArray());

  private static readonly Gen<By[]> Breakdown =
    from time in Gen.Frequency((3, None), (4, One(By.Year, By.Month)), (2, One(Times)), (1, Some(Times)))
    from fields in Gen.Frequency((2, None), (3, One(Fields)), (2, Some(Fields)))
    from shuffled in Gen.Shuffle(time.Concat(fields).ToArray())
    select shuffled;

  private static Gen<int[]?> Filter(int limit) => Gen.Frequency(
    (5, Gen.Constant<int[]?>(null)), (1, Gen.Constant<int[]?>([limit + 5, 2])),
    (2, Gen.SubListOf(Enumerable.Range(0, limit)).Select(list => (int[]?)list.ToArray())));

  private static readonly Gen<(DateOnly From, DateOnly To)> Period = Gen.OneOf(
    Gen.Constant((new DateOnly(2023, 1, 1), new DateOnly(2026, 1, 1))),
    from start in Gen.Choose(-2, 15)
    from length in Gen.Choose(1, 16)
    select (RandomEdition.Months[0].AddMonths(start), RandomEdition.Months[0].AddMonths(start + length).AddDays(-1)),
    from start in Gen.Choose(-20, 460)
    from length in Gen.Choose(0, 450)
    select (RandomEdition.Months[0].AddDays(start), RandomEdition.Months[0].AddDays(start + length)));

  private static readonly Gen<CellBox?> Box =
    from south in Gen.Choose(37_995, 38_012)
    from north in Gen.Choose(37_995, 38_015)
    from west in Gen.Choose(-77_005, -76_990)
    from east in Gen.Choose(-77_005, -76_985)
    select (CellBox?)new CellBox(south, north, west, east);

  public static readonly Gen<CountQuestion> Counts =
    from split in Breakdown
    from period in Period
    from areas in Filter(8)
    from types in Filter(10)
    from categories in Filter(4)
    from priorities in Filter(4)
    from unit in Gen.Elements(RandomEdition.Everything.Units.ToArray())
    from kind in Gen.Choose(0, 9)
    from box in Box
    let asked = new CountQuestion { From = period.From, To = period.To, By = split, Areas = areas, Categories = categories, Unit = unit }
    select kind switch {
      0 => asked with {
        From = new(2023, 1, 1),
        To = new(2026, 1, 1),
        By = [.. split.Where(field => field == By.Category)],
        Areas = null,
        Unit = RowLayout.Rows,
        Box = box,
      },
      1 => asked with { Box = box },
      _ => asked with { Types = types, Priorities = priorities },
    };

  public static readonly Gen<SecondsQuestion> Seconds =
    from split in Breakdown
    from period in Period
    from areas in Filter(8)
    from types in Filter(10)
    from priorities in Filter(4)
    from interval in Gen.Elements("dispatch", "total")
    from q in Gen.Choose(0, 1000)
    from within in Gen.Elements(0, 59, 255, 256, 420, 65_535, 65_536, 70_000)
    select new SecondsQuestion {
      From = period.From, To = period.To, By = [.. split.Where(field => field is not By.Day and not By.Hour)], Areas = areas,
      Types = q % 4 == 0 ? types : null, Priorities = priorities, Interval = interval, Quantiles = [0.5, 0.9, q / 1000.0, 0, 1],
      Within = [within, 300],
    };

  public static readonly Gen<ExcludedQuestion> Excluded =
    from split in Breakdown
    from period in Period
    from areas in Filter(8)
    from priorities in Filter(4)
    select new ExcludedQuestion { From = period.From, To = period.To, By = split, Areas = areas, Priorities = priorities };
}
