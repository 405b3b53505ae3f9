using System.Diagnostics;

namespace Porchlight.Testing;

/// <summary>Waits for what comes by itself.</summary>
public static class Wait {
  /// <summary>Asks every few milliseconds until it is so; fails after half a minute.</summary>
  public static async Task UntilAsync(Func<Task<bool>> so) {
    for (var since = Stopwatch.StartNew(); !await so(); await Task.Delay(20)) Assert.True(since.Elapsed < TimeSpan.FromSeconds(30), "It never came.");
  }

  /// <summary>Asks every few milliseconds until it is so; fails after half a minute.</summary>
  public static Task UntilAsync(Func<bool> so) => UntilAsync(() => Task.FromResult(so()));
}
