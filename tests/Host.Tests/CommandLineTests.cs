using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Verbs;
using Porchlight.Testing;

namespace Porchlight.Host.Tests;

public sealed partial class CommandLineTests {
  private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

  [Theory, OnBoth]
  public async Task A_new_folder_gets_its_database_from_the_first_verb(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    Assert.Contains("up to date", (await host.RunVerbAsync("migrate")).Done().Out, StringComparison.Ordinal);
  }

  [Fact]
  public async Task The_data_folder_and_its_database_are_their_owner_s_alone() {
    if (OperatingSystem.IsWindows()) {
      Assert.Skip("Windows keeps permissions in another way.");
      return;
    }
    using var folder = new TestFolder();
    var (made, given) = (folder["made"], Directory.CreateDirectory(folder["given"]).FullName);
    File.SetUnixFileMode(given, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    foreach (var data in (string[])[made, given]) {
      await using var open = await HouseServices.OpenAsync(new(data), new ConfigurationBuilder().Build(), null, TestContext.Current.CancellationToken);
      await using var scope = open.CreateAsyncScope();
      // while someone reads, the log and its index are there
      var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
      await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
      Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
      foreach (var name in (string[])["porchlight.db", "porchlight.db-wal", "porchlight.db-shm"])
        Assert.Equal((name, UnixFileMode.UserRead | UnixFileMode.UserWrite), (name, File.GetUnixFileMode(Path.Combine(data, name))));
      foreach (var name in (string[])["restricted", "published", "staging"])
        Assert.Equal((name, OwnersAlone), (name, File.GetUnixFileMode(Path.Combine(data, name))));
    }
    Assert.Equal(OwnersAlone, File.GetUnixFileMode(made));
  }

  [Theory]
  [InlineData("--help")]
  [InlineData("serve --help")]
  [InlineData("settings --help")]
  [InlineData("migrate --help")]
  [InlineData("--version")]
  public async Task Help_and_version_are_on_the_output_and_touch_no_folder(string words) {
    using var folder = new TestFolder();
    var said = Run(words, folder["data"]);
    Assert.Equal(ExitCodes.Done, said.Exit);
    Assert.NotEmpty(said.Out.Trim());
    Assert.False(Directory.Exists(folder["data"]));
    await Task.CompletedTask;
  }

  [Fact]
  public void A_database_that_does_not_answer_is_told_from_a_bug() {
    using var folder = new TestFolder();
    var said = Run("settings", folder.Path, ("Database", "postgres://porchlight:secret@127.0.0.1:1/none?connect_timeout=2"));
    Assert.Equal(ExitCodes.Refused, said.Exit);
    Assert.Contains("The database does not answer", said.Error, StringComparison.Ordinal);
    Assert.DoesNotContain("secret", said.Error, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("Database", "mysql://x/y", "Database is not usable")]
  [InlineData("Proxies", "nginx", "\"nginx\" is not an address")]
  public void A_wrong_setting_stops_the_server_with_what_to_do(string name, string value, string says) {
    using var folder = new TestFolder();
    var said = Run($"serve --port {FreePort()}", folder.Path, (name, value));
    Assert.Equal(ExitCodes.Refused, said.Exit);
    Assert.Contains(says, said.Error, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("serve --port 99999")]
  [InlineData("serve --port http")]
  [InlineData("serve --prot 5080")]
  public void Wrong_words_are_told_from_a_refusal(string words) {
    using var folder = new TestFolder();
    Assert.Equal(ExitCodes.Usage, Run(words, folder.Path).Exit);
  }

  [Fact]
  public async Task The_server_says_ready_on_a_line_of_its_own_answers_and_stops_in_order_when_told() {
    Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
    Assert.SkipUnless(IsPublished, "The program is not published: run ./dev test.");
    using var folder = new TestFolder();
    var port = FreePort();
    using var server = Start($"serve --port {port}", folder.Path);
    try {
      Assert.StartsWith("No one can sign in yet.", await server.StandardOutput.ReadLineAsync().WaitAsync(Long), StringComparison.Ordinal);
      Assert.Equal($"Ready: http://localhost:{port}", await server.StandardOutput.ReadLineAsync().WaitAsync(Long));
      using var client = new HttpClient { BaseAddress = new($"http://localhost:{port}") };
      using var page = await client.GetAsync("/");
      Assert.Equal(HttpStatusCode.OK, page.StatusCode);
      using var stylesheet = await client.GetAsync(Stylesheet().Match(await page.Content.ReadAsStringAsync()).Groups["href"].Value);
      Assert.Equal(("text/css", HttpStatusCode.OK), (stylesheet.Content.Headers.ContentType?.MediaType, stylesheet.StatusCode));
      Process.Start("kill", ["-TERM", $"{server.Id}"]).WaitForExit();
      Assert.True(server.WaitForExit(Long));
      Assert.Equal(ExitCodes.Done, server.ExitCode);
    } finally {
      if (!server.HasExited) server.Kill();
    }
  }

  [Fact]
  public void A_port_that_is_taken_is_refused_with_what_to_do_and_nothing_else() {
    using var taken = new TcpListener(IPAddress.Loopback, 0);
    taken.Start();
    using var folder = new TestFolder();
    var port = ((IPEndPoint)taken.LocalEndpoint).Port;
    var said = Run($"serve --port {port}", folder.Path);
    Assert.Equal((ExitCodes.Refused, ""), (said.Exit, said.Out));
    // the build's program misses the folder that only the published one has
    Assert.Equal([$"Port {port} is taken. Choose another with --port, or stop what listens there."],
      said.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !l.Contains("WebRootPath", StringComparison.Ordinal)));
  }

  private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
  private static readonly string Published = Repository.At("artifacts", "publish", "current", "porchlight.dll");
  private static bool IsPublished => File.Exists(Published);

  private static int FreePort() {
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
  }

  // the published program where ./dev test made one, else the build's, whose pages have no stylesheet
  private static Process Start(string words, string data, params (string Name, string Value)[] environment) {
    var program = IsPublished ? Published : Path.Combine(AppContext.BaseDirectory, "porchlight.dll");
    var start = new ProcessStartInfo("dotnet", [program, .. words.Split(' '), "--data", data]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
    foreach (var (name, value) in environment) start.Environment[name] = value;
    return Process.Start(start)!;
  }

  private static VerbResult Run(string words, string data, params (string Name, string Value)[] environment) {
    using var process = Start(words, data, environment);
    var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    Assert.True(process.WaitForExit(Long), "It did not end.");
    return new(process.ExitCode, output.Result, error.Result);
  }

  [GeneratedRegex("<link rel=\"stylesheet\" href=\"(?<href>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
  private static partial Regex Stylesheet();
}
