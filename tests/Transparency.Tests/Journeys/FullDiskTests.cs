using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Host;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>A disk that is full: the message says so, and the state before is left.</summary>
public sealed class FullDiskTests {
  private const int DiskKilobytes = 8 << 10;

  [Fact]
  public async Task Import_and_publish_say_that_the_disk_is_full_and_leave_the_state_before() {
    using var folder = new TestFolder();
    await using var disk = await SmallDisk.MountAsync(folder.Path, DiskKilobytes);
    using var files = new TestFolder();
    var data = folder["data"];
    var rows = MadeFile.Reports(1500);
    string[] Import(string name, IEnumerable<string> of) => ["import", "incidents", files.Write(name, MadeFile.Of(of)), "--source", "records", "--accept-proposed-mapping", "--cover", "additions", "--data", data];
    string[] publish = ["publish", "incidents", "--reason", "What was recorded.", "--unattended", "--even-if-unchanged", "--data", data];
    await Done(Import("1.csv", rows));
    await Done(publish);
    // what takes much room when it is staged, and little as it comes
    var random = new Random(5);
    var large = files["large.csv.gz"];
    await File.WriteAllBytesAsync(large, Shell.Gzip(Shell.Utf8(MadeFile.Of(Enumerable.Range(1, 40_000).Select(n => $"{MadeFile.Report(n, MadeFile.At(n))} {random.NextInt64():x}")))), TestContext.Current.CancellationToken);
    var second = Import("2.csv", MadeFile.Reports(200, 1501));
    foreach (var free in (int[])[3000, 400, 16]) {
      disk.Fill(free);
      var before = File.ReadAllText(Path.Combine(data, "restricted", "incidents", "current.json"));
      foreach (var words in (string[][])[[.. second[..2], large, .. second[3..]], .. free < 100 ? (string[][])[publish] : []]) {
        var (exit, output, error) = await RunAsync(words);
        Assert.True(exit == 1, $"{free} KB free, {words[0]}: {exit}\n{output}{error}");
        Assert.True(error.Contains("The disk is full.", StringComparison.Ordinal) || error.Contains("Make room", StringComparison.Ordinal), $"{free} KB free, {words[0]}: {error}");
        Assert.DoesNotContain(" at Porchlight.", error, StringComparison.Ordinal);
      }
      Assert.Equal(before, File.ReadAllText(Path.Combine(data, "restricted", "incidents", "current.json")));
      Assert.Single(Directory.GetDirectories(Path.Combine(data, "published", "incidents", "editions")));
      disk.Empty();
      Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(data, "staging")));
    }
    await Done(["verify", "--data", data]);
    await Done(second);
    await Done(publish);
    await Done(["verify", "--data", data]);
  }

  private static async Task Done(string[] words) {
    var (exit, output, error) = await RunAsync(words);
    Assert.True(exit == 0, $"{words[0]}: {exit}\n{output}{error}");
  }

  private static async Task<(int Exit, string Out, string Error)> RunAsync(string[] words) {
    var (output, error) = (new StringWriter(), new StringWriter());
    var exit = await new CommandLine(new ConfigurationBuilder().Build(), output, error, s => s.AddSingleton<TimeProvider>(new TestClock())).RunAsync(words, TestContext.Current.CancellationToken);
    // a connection kept for later holds room of the database's own
    SqliteConnection.ClearPool(new(DatabaseChoice.From(null, words[^1]).ConnectionString));
    return (exit, output.ToString(), error.ToString());
  }

  /// <summary>A file system of its own in memory, mounted where this user may; else the test is skipped.</summary>
  private sealed class SmallDisk(string at) : IAsyncDisposable {
    private string Filler => Path.Combine(at, "filler");

    public static async Task<SmallDisk> MountAsync(string at, int kilobytes) {
      Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root on Linux can mount a small disk.");
      Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", at) == 0, "This machine does not let a small disk be mounted.");
      return new(at);
    }

    /// <summary>Leaves so many kilobytes.</summary>
    public void Fill(int kilobytes) {
      using var file = File.Create(Filler);
      var block = new byte[1 << 10];
      for (var left = new DriveInfo(at).AvailableFreeSpace - ((long)kilobytes << 10); left > 0; left -= block.Length) file.Write(block);
    }

    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", at);

    private static async Task<int> RunAsync(string command, params string[] words) {
      using var process = Process.Start(new ProcessStartInfo(command, words) { UseShellExecute = false, RedirectStandardError = true })!;
      await process.WaitForExitAsync();
      return process.ExitCode;
    }
  }
}
