using System.Diagnostics;
using System.Globalization;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Bench;

/// <summary>A benchmark: measures what it is for and a reference in the same run, and closes with its goals.</summary>
internal abstract class Benchmark {
  public abstract string Name { get; }
  public abstract string Shows { get; }
  public abstract Task RunAsync(Workshop bench);

  protected static void Goal(string name, string figure, string want) => Console.WriteLine($"goal {name}: {figure} (want {want})");
  protected static void Say(string line) => Console.WriteLine(line);

  /// <summary>The middle of several timed runs, in milliseconds, after three seconds that warm up: so long the runtime takes to compile what is run often.</summary>
  protected static double Median(Action run, int times = 15) {
    for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3);) run();
    var spans = new List<double>();
    for (var i = 0; i < times; i++) {
      var start = Stopwatch.GetTimestamp();
      run();
      spans.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    spans.Sort();
    return spans[times / 2];
  }

  protected static string Times(double ratio) => ratio.ToString("0.0", CultureInfo.InvariantCulture) + "x";
}

/// <summary>A folder for what benchmarks make, kept between runs; the published program; what they share.</summary>
internal sealed class Workshop : IDisposable {
  public long Rows { get; } = long.Parse(Environment.GetEnvironmentVariable("ROWS") ?? "10000000", CultureInfo.InvariantCulture);
  public string Folder { get; } = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "porchlight-bench")).FullName;

  /// <summary>The program that `./dev porchlight` runs.</summary>
  public static string Program => Path.Combine(Root, "artifacts", "publish", "current", "porchlight.dll");

  private static string Root {
    get {
      var at = new DirectoryInfo(AppContext.BaseDirectory);
      while (!File.Exists(Path.Combine(at!.FullName, "Porchlight.slnx"))) at = at.Parent;
      return at.FullName;
    }
  }

  /// <summary>The synthetic file, made once: the declared fields of the dataset, three years to the end of 2025, in order of time.</summary>
  public string Csv(string dataset) {
    var path = Path.Combine(Folder, $"{dataset}-{Rows}.csv");
    if (File.Exists(path)) return path;
    Console.WriteLine($"Making {Rows:N0} rows of {dataset}...");
    using var database = DuckDatabase.Open();
    using var duck = database.Connect();
    duck.Execute($"COPY ({(dataset == "incidents" ? Synthetic.Incidents(Rows) : Synthetic.Calls(Rows))}) TO {Sql.Text(path + ".new")} (FORMAT csv, HEADER)");
    File.Move(path + ".new", path);
    return path;
  }

  /// <summary>A data folder with the dataset imported and published, made once.</summary>
  public string Published(string dataset) {
    var data = Path.Combine(Folder, $"data-{dataset}-{Rows}");
    if (Directory.Exists(Path.Combine(data, "published", dataset))) return data;
    Verb(data, "import", dataset, Csv(dataset), "--source", "synthetic", "--accept-proposed-mapping");
    Verb(data, "publish", dataset, "--reason", "benchmark", "--unattended");
    return data;
  }

  /// <summary>Runs a verb in a process of its own: seconds, and the most memory it held, in MB.</summary>
  public static (double Seconds, double Megabytes) Verb(string data, params string[] words) {
    var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
    foreach (var word in (string[])[Program, .. words, "--data", data]) start.ArgumentList.Add(word);
    var clock = Stopwatch.StartNew();
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEndAsync();
    var error = process.StandardError.ReadToEndAsync();
    double most = 0;
    while (!process.WaitForExit(50)) most = Math.Max(most, HighWater(process.Id));
    if (process.ExitCode != 0) throw new InvalidOperationException(error.Result);
    _ = output.Result;
    return (clock.Elapsed.TotalSeconds, most);
  }

  /// <summary>The most memory a process has held so far, in MB (Linux; elsewhere 0).</summary>
  public static double HighWater(int id, string line = "VmHWM:") {
    try {
      var status = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith(line, StringComparison.Ordinal));
      return status is null ? 0 : double.Parse(status.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    } catch (IOException) {
      return 0;
    }
  }

  /// <summary>The program serving a data folder on a free port; stopped when disposed.</summary>
  public static Server Serve(string data) => new(data);

  public void Dispose() { }
}

/// <summary>A running server.</summary>
internal sealed class Server : IDisposable {
  private readonly Process _process;

  public Server(string data) {
    var port = FreePort();
    var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
    foreach (var word in (string[])[Workshop.Program, "serve", "--port", $"{port}", "--data", data]) start.ArgumentList.Add(word);
    Url = $"http://localhost:{port}";
    _process = Process.Start(start)!;
    _process.ErrorDataReceived += (_, _) => { };
    _process.BeginErrorReadLine();
    while (_process.StandardOutput.ReadLine() is { } line)
      if (line.StartsWith("Ready: ", StringComparison.Ordinal)) return;
    throw new InvalidOperationException("the server stopped before it was ready");
  }

  public string Url { get; }
  public int Id => _process.Id;

  public static int FreePort() {
    using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
    listener.Start();
    return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
  }

  public void Dispose() {
    _process.Kill();
    _process.WaitForExit();
    _process.Dispose();
  }
}
