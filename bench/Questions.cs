using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Storage;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Bench;

/// <summary>The two questions of a dashboard through the program's own query layer, against the same questions on a plain DuckDB table of the published rows.</summary>
internal sealed class Questions : Benchmark {
  public override string Name => "questions";
  public override string Shows => "monthly counts and response percentiles, warm, against a plain DuckDB table of the same rows";

  public override async Task RunAsync(Workshop bench) {
    await Counts(bench);
    await Percentiles(bench);
  }

  private static async Task Counts(Workshop bench) {
    using var opened = new Opened(bench.Published("incidents"), "incidents");
    var question = new CountQuestion { From = new(2023, 1, 1), To = new(2025, 12, 31), By = [By.Month, By.Category] };
    const string sql = "SELECT date_trunc('month', event_hour) AS month, category, count(*) FROM t WHERE event_hour >= TIMESTAMP '2023-01-01' AND event_hour < TIMESTAMP '2026-01-01' GROUP BY 1, 2 ORDER BY 1, 2";
    var answer = await opened.Reader.Answer(question, default);
    var plain = opened.Table.List(sql, [], r => r.Long(2));
    var city = (await opened.Reader.Answer(question with { Areas = [Labels.CityOnly] }, default)).Rows.Sum(r => r.N);
    if (answer.Rows.Sum(r => r.N) - city != plain.Sum()) throw new InvalidOperationException("the two answers differ");
    var ours = Median(() => opened.Reader.Answer(question, default).GetAwaiter().GetResult());
    var theirs = Median(() => opened.Table.List(sql, [], r => r.Long(2)));
    Say($"monthly count by category, 3 years: {ours:0.00} ms by {answer.Path}, plain table {theirs:0.0} ms");
    Goal("monthly-counts", Times(theirs / ours), "at least 20x");
  }

  private static async Task Percentiles(Workshop bench) {
    using var opened = new Opened(bench.Published("calls"), "calls");
    var question = new SecondsQuestion { From = new(2024, 1, 1), To = new(2024, 12, 31), By = [By.Area, By.Priority], Interval = "total" };
    const string sql = """
      SELECT area, priority, quantile_cont(s_total, 0.5), quantile_cont(s_total, 0.9), count(*) FROM t
      WHERE received_hour >= TIMESTAMP '2024-01-01' AND received_hour < TIMESTAMP '2025-01-01' AND status = 'counted' AND s_total >= 0 GROUP BY 1, 2
      """;
    var answer = await opened.Reader.Answer(question, default);
    var plain = opened.Table.List(sql, [], r => (Key: (opened.Reader.Labels.Areas.Number(r.Text(0)), opened.Reader.Labels.Priorities.Number(r.Text(1))), Median: r.Double(2), Ninth: r.Double(3))).ToDictionary(r => r.Key);
    var equal = answer.Rows.Count(r => plain.TryGetValue(((ushort)r.Key[0], (ushort)r.Key[1]), out var p) && Math.Abs(p.Median - r.Quantiles[0]) < 1e-9 && Math.Abs(p.Ninth - r.Quantiles[1]) < 1e-9);
    var ours = Median(() => opened.Reader.Answer(question, default).GetAwaiter().GetResult());
    var theirs = Median(() => opened.Table.List(sql, [], r => r.Long(4)));
    Say($"median and 90th by beat and priority, 1 year: {ours:0.00} ms by {answer.Path}, plain table {theirs:0.0} ms");
    Goal("response-percentiles", Times(theirs / ours), "at least 20x");
    Goal("percentiles-equal", $"{equal} of {plain.Count} groups", $"{plain.Count} of {plain.Count}");
  }

  /// <summary>An edition open for questions, and its rows as a plain table in memory.</summary>
  private sealed class Opened : IDisposable {
    private readonly PublishedRows _rows;
    private readonly DuckDatabase _database;

    public Opened(string data, string dataset) {
      var store = new PublishedStore(DatabaseChoice.From(null, data).OpenBlobs(new DataFolder(data), BlobPlace.Published));
      _rows = new PublishedRows(store.Root, TimeProvider.System);
      Reader = RollupReader.Open(store.FolderOf(dataset, 1), Layouts.Of(Catalog.Find(dataset)!), _rows);
      _database = DuckDatabase.Open(null, new(Threads: Environment.ProcessorCount));
      Table = _database.Connect();
      Table.Execute($"CREATE TABLE t AS FROM read_parquet({Sql.Text(Path.Combine(store.FolderOf(dataset, 1), "rows", "20*.parquet"))})");
    }

    public RollupReader Reader { get; }
    public DuckConnection Table { get; }

    public void Dispose() {
      Table.Dispose();
      _database.Dispose();
      Reader.Dispose();
      _rows.Dispose();
    }
  }
}
