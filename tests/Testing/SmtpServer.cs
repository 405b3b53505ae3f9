using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Porchlight.Testing;

/// <summary>A letter as the server took it.</summary>
/// <param name="From">The envelope's sender.</param>
/// <param name="To">The envelope's recipients.</param>
/// <param name="Tls">Whether it came encrypted.</param>
/// <param name="Headers">By lower-case name, decoded.</param>
/// <param name="Text">The decoded body.</param>
public sealed record TakenLetter(string From, IReadOnlyList<string> To, bool Tls, IReadOnlyDictionary<string, string> Headers, string Text);

/// <summary>A real SMTP server on a free port of this machine (smtp.py, on Debian's aiosmtpd); its words say how it behaves. Without it the test is skipped.</summary>
public sealed class SmtpServer : IAsyncDisposable {
  private const string Python = "/usr/bin/python3";
  private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
  private static readonly Lazy<bool> IsThere = new(() => {
    if (!File.Exists(Python)) return false;
    using var asked = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true, UseShellExecute = false })!;
    asked.WaitForExit();
    return asked.ExitCode == 0;
  });
  private readonly Process _process;
  private readonly ConcurrentQueue<TakenLetter> _taken = [];

  private SmtpServer(Process process, int port) => (_process, Port) = (process, port);

  /// <summary>Where it listens, on 127.0.0.1.</summary>
  public int Port { get; }

  /// <summary>The letters it took so far.</summary>
  public IReadOnlyList<TakenLetter> Taken => [.. _taken];

  /// <summary>Starts it.</summary>
  /// <param name="words">Of <c>smtp.py --help</c>: <c>--refuse</c>, <c>--slow 30</c>, <c>--bounce ADDRESS</c>, <c>--user U --password P</c>, <c>--certificate FILE</c>.</param>
  public static async Task<SmtpServer> StartAsync(params string[] words) {
    Assert.SkipUnless(IsThere.Value, "No SMTP server: run ./dev test, or install aiosmtpd for /usr/bin/python3 (Debian: python3-aiosmtpd).");
    var process = Process.Start(new ProcessStartInfo(Python, [Repository.At("tests", "Testing", "smtp.py"), .. words]) {
      RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
    })!;
    var port = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
    var server = new SmtpServer(process, int.Parse(port!));
    _ = server.ListenAsync();
    return server;
  }

  /// <inheritdoc/>
  public async ValueTask DisposeAsync() {
    _process.Kill();
    await _process.WaitForExitAsync();
    _process.Dispose();
  }

  private async Task ListenAsync() {
    while (await _process.StandardOutput.ReadLineAsync() is { } line) _taken.Enqueue(JsonSerializer.Deserialize<TakenLetter>(line, Json)!);
  }
}
