using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

/// <summary>Random rows with every column a layout can have, and editions made from them.</summary>
internal sealed class RandomEdition : IDisposable {
  public static readonly RowLayout Everything = new() {
    EventHour = "received_hour", Priority = "priority", Flags = ["first", "first_in_category"], Cell = ("lat_cell", "lon_cell"),
    Intervals = ["dispatch", "total"], Arrival = "total", Status = "status", LeftOut = ["on-view", "open"], Others = ["reported_hour"],
  };

  public static readonly Labels Labels = Labels.Empty.With(
    [.. Enumerable.Range(1, 6).Select(i => new AreaLabel($"beat {i}", new($"Beat {i}"), i < 4 ? "North" : "South", 1000 * i))],
    [.. Enumerable.Range(1, 9).Select(i => new TypeLabel($"type {i}", new($"Type {i}"), i == 9 ? null : $"group {(i % 3) + 1}"))],
    [.. Enumerable.Range(1, 3).Select(i => new CategoryLabel($"group {i}", new($"Group {i}")))],
    [.. "ABC".Select(c => new PriorityLabel($"{c}", new($"Priority {c}")))]);

  /// <summary>The months rows may lie in.</summary>
  public static readonly DateOnly[] Months = [.. Enumerable.Range(0, 15).Select(i => new DateOnly(2023, 11, 1).AddMonths(i))];

  public const string Relation = "SELECT * FROM live WHERE received_hour >= $1 AND received_hour < $2";
  public static readonly CityPeriods City = new("FROM city");

  public string Folder { get; } = Directory.CreateTempSubdirectory("porchlight-rollups").FullName;
  public DuckDatabase Database { get; } = DuckDatabase.Open(options: new(Threads: 1));

  public RandomEdition(int seed, int rows = 3000) {
    using var connection = Database.Connect();
    connection.Execute("""
      CREATE TABLE live(received_hour TIMESTAMP, area VARCHAR, type VARCHAR, category VARCHAR, priority VARCHAR, status VARCHAR,
        lat_cell INT, lon_cell INT, first UTINYINT, first_in_category UTINYINT, s_dispatch INT, s_total INT, reported_hour TIMESTAMP);
      CREATE TABLE city(period DATE, kind VARCHAR, type VARCHAR, n BIGINT, first BIGINT, first_in_category BIGINT);
      """);
    AddRows(seed, rows);
    var random = new Random(seed);
    using var city = connection.Prepare("INSERT INTO city VALUES ($1, $2, $3, $4, $5, $6)");
    foreach (var (start, kind) in (ValueTuple<DateOnly, string>[])[
        (new(2024, 1, 1), "year"), (new(2024, 4, 1), "quarter"), (new(2024, 2, 1), "month"), (new(2024, 7, 1), "month")])
      foreach (var type in Enumerable.Range(1, 9).Where(_ => random.Next(2) == 0))
        city.Execute([start, kind, $"type {type}", 5 + random.Next(20), random.Next(5), random.Next(6)]);
  }

  private void AddRows(int seed, int rows) {
    var random = new Random(seed);
    List<string> values = [];
    for (var i = 0; i < rows; i++) {
      var hour = Months[0].ToDateTime(default).AddHours(random.Next(Months.Length * 30 * 24));
      var type = random.Next(10);
      var hasPoint = random.Next(5) > 0;
      values.Add("(" + string.Join(", ", (object?[])[
        Hour(hour), Text(random.Next(7), "beat"), Text(type, "type"), Text(type is 0 or 9 ? 0 : (type % 3) + 1, "group"),
        random.Next(4) == 0 ? "NULL" : $"'{"ABC"[random.Next(3)]}'",
        random.Next(6) switch { 0 => "'on-view'", 1 => "'open'", _ => "'counted'" },
        hasPoint ? 38_000 + random.Next(12) : "NULL", hasPoint ? -77_000 + random.Next(9) : "NULL", random.Next(2), random.Next(2),
        Seconds(), Seconds(), Hour(hour.AddHours(random.Next(50))),
      ]) + ")");
    }
    using var connection = Database.Connect();
    connection.Execute("INSERT INTO live VALUES " + string.Join(", ", values));

    static string Hour(DateTime hour) => $"'{hour:yyyy-MM-dd HH:mm:ss}'";
    static string Text(int number, string word) => number == 0 ? "NULL" : $"'{word} {number}'";
    object Seconds() => random.Next(12) switch {
      0 => "NULL",
      1 => -random.Next(100),
      2 => 60_000 + random.Next(12_000),
      3 => random.Next(60),
      _ => random.Next(900),
    };
  }

  /// <summary>Writes an edition and gives its folder.</summary>
  public (string Folder, EditionContent Content) Write(
      string name, IEnumerable<DateOnly>? touched = null, string? earlier = null, Labels? labels = null) {
    var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
    var content = new EditionWriter(Database, Everything, labels ?? Labels, folder)
      .Write(Relation, touched ?? Months, earlier, City, null, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    return (folder, content);
  }

  public void Dispose() {
    Database.Dispose();
    Directory.Delete(Folder, recursive: true);
  }
}
