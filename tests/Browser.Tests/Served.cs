using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Porchlight.Testing;

[assembly: AssemblyFixture(typeof(Porchlight.Browser.Tests.Served))]

namespace Porchlight.Browser.Tests;

/// <summary>
/// The published program, as a department runs it: its verbs import and publish the demonstration city into a new folder, then it serves, and
/// Debian's Chromium looks at it. <c>./dev test</c> publishes before the tests.
/// </summary>
public sealed class Served : IAsyncLifetime {
  private static readonly string[] Flags = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ];
  private readonly string _data = Path.Combine(Path.GetTempPath(), "porchlight-browser-" + Guid.CreateVersion7().ToString("N"));
  private Process? _server;
  private IPlaywright? _playwright;

  /// <summary>Every public page, without a language prefix.</summary>
  public static readonly IReadOnlyList<string> Pages = [
    "/", "/data", "/data/crime", "/data/response-times", "/data/areas", "/data/areas/B12", "/data/areas/A16", "/data/dictionary", "/data/editions", "/data/crime?period=2025&category=theft",
    "/data/crime?area=B12", "/no-such-page",
  ];

  public Uri Url { get; private set; } = null!;
  public IBrowser Browser { get; private set; } = null!;

  public async ValueTask InitializeAsync() {
    Assert.True(File.Exists(Program), "Publish first: ./dev test does, and so does ./dev porchlight --help.");
    await RunAsync("demo");
    Url = new($"http://localhost:{FreePort()}");
    _server = Start("serve", "--port", $"{Url.Port}");
    while (await _server.StandardOutput.ReadLineAsync() is { } line)
      if (line == $"Ready: {Url.ToString().TrimEnd('/')}") break;
    _playwright = await Playwright.CreateAsync();
    Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium", Args = Flags });
  }

  /// <summary>A new tab of its own: width, language, with or without script.</summary>
  public async Task<IPage> OpenAsync(string path, int width = 1280, string language = "en-US", bool script = true) {
    var context = await Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, Locale = language, JavaScriptEnabled = script, BaseURL = Url.ToString() });
    var page = await context.NewPageAsync();
    await page.GotoAsync(path);
    return page;
  }

  /// <summary>A demonstration account: "Administrator", "Data steward".</summary>
  public StaffAccount Account(string role) {
    var line = File.ReadAllLines(Path.Combine(_data, "secrets", "demonstration-accounts.txt")).Single(l => l.Contains($"  {role}: ", StringComparison.Ordinal));
    var words = line.Split([": ", ", password ", ", authenticator secret "], StringSplitOptions.None);
    return new(words[1], words[2], words[3]);
  }

  private static string Program => Repository.At("artifacts", "publish", "current", "porchlight.dll");

  private async Task RunAsync(params string[] words) {
    using var process = Start(words);
    var error = process.StandardError.ReadToEndAsync();
    await process.StandardOutput.ReadToEndAsync();
    await process.WaitForExitAsync();
    Assert.True(process.ExitCode == 0, await error);
  }

  private Process Start(params string[] words) {
    var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
    foreach (var word in (string[])[Program, .. words, "--data", _data]) start.ArgumentList.Add(word);
    var process = Process.Start(start)!;
    if (words[0] == "serve") process.BeginErrorReadLine();
    return process;
  }

  private static int FreePort() {
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
  }

  public async ValueTask DisposeAsync() {
    if (Browser is not null) await Browser.DisposeAsync();
    _playwright?.Dispose();
    if (_server is not null) {
      _server.Kill(entireProcessTree: true);
      await _server.WaitForExitAsync();
      _server.Dispose();
    }
    if (Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
  }
}
