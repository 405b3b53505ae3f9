using System.Diagnostics;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Bench;

/// <summary>Import and publication of ten million incidents, against what DuckDB alone takes to write the same file as Parquet.</summary>
internal sealed class Import : Benchmark {
  public override string Name => "import";
  public override string Shows => "import and publish 10 million rows, against DuckDB's COPY of the same file to Parquet; memory";

  public override Task RunAsync(Workshop bench) {
    var csv = bench.Csv("incidents");
    // before and after: the machine is seldom alone
    var before = Copy(csv, bench);
    var (seconds, memory) = Ours(csv, bench);
    var reference = (before + Copy(csv, bench)) / 2;
    Say($"DuckDB alone {reference:0.0} s; import and publish {seconds:0.0} s");
    Goal("import-and-publish", Times(seconds / reference), "at most 3.0x");
    Goal("import-memory", $"{memory:0} MB", "under 1000 MB");
    var gzip = Path.Combine(bench.Folder, $"incidents-{bench.Rows}.csv.gz");
    if (!File.Exists(gzip)) {
      using var from = File.OpenRead(csv);
      using var to = new System.IO.Compression.GZipStream(File.Create(gzip), System.IO.Compression.CompressionLevel.Fastest);
      from.CopyTo(to);
    }
    var zipped = Ours(gzip, bench);
    Goal("import-and-publish-gzip", Times(zipped.Seconds / ((reference + Copy(csv, bench)) / 2)), "at most 3.5x");
    return Task.CompletedTask;
  }

  private static double Copy(string csv, Workshop bench) {
    var parquet = Path.Combine(bench.Folder, "reference.parquet");
    var clock = Stopwatch.StartNew();
    using var database = DuckDatabase.Open(null, new(Threads: Environment.ProcessorCount));
    using var duck = database.Connect();
    duck.Execute($"COPY (FROM read_csv({Sql.Text(csv)})) TO {Sql.Text(parquet)} (FORMAT parquet)");
    return clock.Elapsed.TotalSeconds;
  }

  private static (double Seconds, double Megabytes) Ours(string csv, Workshop bench) {
    var data = Path.Combine(bench.Folder, "import");
    if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
    var import = Workshop.Verb(data, "import", "incidents", csv, "--source", "synthetic", "--accept-proposed-mapping");
    var publish = Workshop.Verb(data, "publish", "incidents", "--reason", "benchmark", "--unattended");
    Say($"import {import.Seconds:0.0} s, {import.Megabytes:0} MB; publish {publish.Seconds:0.0} s, {publish.Megabytes:0} MB");
    Directory.Delete(data, recursive: true);
    return (import.Seconds + publish.Seconds, Math.Max(import.Megabytes, publish.Megabytes));
  }
}
