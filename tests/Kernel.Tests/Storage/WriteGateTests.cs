using System.Diagnostics;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Storage;

public sealed class WriteGateTests {
  private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

  [Fact]
  public async Task Writers_of_one_process_go_in_the_order_they_came() {
    using var folder = new TestFolder();
    using var gate = new WriteGate(folder["lock"], TimeProvider.System);
    var order = new List<int>();
    var first = await gate.TakeTurnAsync(default);
    var waiting = Enumerable.Range(0, 20).Select(n => Write(n)).ToList();
    first.Dispose();
    await Task.WhenAll(waiting);
    Assert.Equal(Enumerable.Range(0, 20), order);

    async Task Write(int n) {
      using var turn = await gate.TakeTurnAsync(default);
      order.Add(n);
    }
  }

  [Fact]
  public async Task One_who_gives_up_waiting_does_not_hold_up_the_next() {
    using var folder = new TestFolder();
    using var gate = new WriteGate(folder["lock"], TimeProvider.System);
    var first = await gate.TakeTurnAsync(default);
    using var patience = new CancellationTokenSource(50);
    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.TakeTurnAsync(patience.Token));
    first.Dispose();
    first.Dispose(); // twice does no harm
    (await gate.TakeTurnAsync(default).WaitAsync(Long)).Dispose();
  }

  [Fact]
  public async Task Without_a_lock_file_there_is_no_queue() {
    using var gate = new WriteGate(null, TimeProvider.System);
    using var one = await gate.TakeTurnAsync(default);
    using var two = await gate.TakeTurnAsync(default).WaitAsync(Long);
  }

  [Fact]
  public async Task Another_process_waits_for_the_turn_and_gets_it() {
    using var folder = new TestFolder();
    Run("settings set city Nowhere", folder.Path).Dispose(); // makes the database
    using var gate = new WriteGate(folder["write.lock"], TimeProvider.System);
    var ours = await gate.TakeTurnAsync(default);
    using var other = Start("settings set city Alder", folder.Path);
    Assert.False(other.WaitForExit(TimeSpan.FromSeconds(3)), "It wrote while the turn was ours.");
    ours.Dispose();
    Assert.True(other.WaitForExit(Long));
    Assert.Equal(0, other.ExitCode);
    using var said = Run("settings", folder.Path);
    Assert.Contains("Alder", await said.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
  }

  [Fact]
  public async Task A_process_that_writes_without_pause_lets_another_in() {
    using var folder = new TestFolder();
    Run("settings set city Nowhere", folder.Path).Dispose();
    using var gate = new WriteGate(folder["write.lock"], TimeProvider.System);
    using var enough = new CancellationTokenSource();
    var busy = Enumerable.Range(0, 4).Select(_ => Task.Run(async () => {
      var turns = 0;
      for (; !enough.IsCancellationRequested; turns++) {
        using var turn = await gate.TakeTurnAsync(default);
        await Task.Delay(5);
      }
      return turns;
    })).ToList();
    using (var other = Start("settings set city Alder", folder.Path)) {
      Assert.True(other.WaitForExit(Long), "It never got a turn.");
      Assert.Equal(0, other.ExitCode);
    }
    await enough.CancelAsync();
    Assert.All(await Task.WhenAll(busy), turns => Assert.True(turns > 5, $"A writer had {turns} turns only."));
  }

  [Fact]
  public async Task Who_waits_for_another_process_s_turn_goes_before_that_process_s_next_writer() {
    using var folder = new TestFolder();
    // two gates on one file stand for two processes: the system locks open files, whoever opened them
    using var busy = new WriteGate(folder["lock"], TimeProvider.System);
    using var other = new WriteGate(folder["lock"], TimeProvider.System);
    var first = await busy.TakeTurnAsync(default);
    var theirs = other.TakeTurnAsync(default);
    await Task.Delay(100); // long enough to be asking seldom
    var again = busy.TakeTurnAsync(default);
    first.Dispose();
    Assert.Same(theirs, await Task.WhenAny(theirs, again).WaitAsync(Long));
    (await theirs).Dispose();
    (await again.WaitAsync(Long)).Dispose();
  }

  [Fact]
  public async Task A_process_that_dies_in_its_turn_lets_go_of_it() {
    Assert.SkipUnless(File.Exists("/usr/bin/flock"), "Needs flock, which holds a lock from another process.");
    using var folder = new TestFolder();
    using var gate = new WriteGate(folder["lock"], TimeProvider.System);
    using var other = Process.Start("/usr/bin/flock", ["--no-fork", folder["lock"], "sleep", "600"]);
    await UntilAsync(() => FileLock.TryTake(folder["lock"]) is not { } free || Let(free));
    var ours = gate.TakeTurnAsync(default);
    await Task.Delay(100);
    Assert.False(ours.IsCompleted);
    other.Kill();
    (await ours.WaitAsync(Long)).Dispose();

    static bool Let(FileLock free) { free.Dispose(); return false; }
  }

  [Fact]
  public void A_lock_that_cannot_be_opened_is_a_fault_and_not_a_wait() {
    using var folder = new TestFolder();
    Assert.ThrowsAny<IOException>(() => FileLock.TryTake(folder["none/lock"]));
  }

  private static async Task UntilAsync(Func<bool> so) {
    for (var until = Stopwatch.StartNew(); !so(); await Task.Delay(10)) Assert.True(until.Elapsed < Long, "It never came.");
  }

  // the program itself, as a verb beside a server runs it
  private static Process Start(string words, string data) => Process.Start(new ProcessStartInfo(
    "dotnet", [Path.Combine(AppContext.BaseDirectory, "porchlight.dll"), .. words.Split(' '), "--data", data]) { RedirectStandardOutput = true, UseShellExecute = false })!;

  private static Process Run(string words, string data) {
    var process = Start(words, data);
    Assert.True(process.WaitForExit(Long));
    Assert.Equal(0, process.ExitCode);
    return process;
  }
}
