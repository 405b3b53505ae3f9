namespace Porchlight.Kernel.Verbs;

/// <summary>Shows a person at the shell how far long work has come: a line a step, and at most one a second within it.</summary>
public sealed class Progress(TextWriter? writer, TimeProvider clock) {
  /// <summary>Shows nothing.</summary>
  public static readonly Progress Silent = new(null, TimeProvider.System);

  private readonly long _start = clock.GetTimestamp();
  private long _last;

  /// <summary>A new step begins.</summary>
  public void Step(string what) => Write(what);

  /// <summary>Within a step: how much of it is done.</summary>
  /// <param name="done">0 to 1.</param>
  public void Part(string what, double done) {
    if (writer is null) return;
    var now = clock.GetTimestamp();
    if (clock.GetElapsedTime(_last, now) < TimeSpan.FromSeconds(1)) return;
    Write($"{what} {Math.Clamp(done, 0, 1) * 100:0}%");
  }

  /// <summary>Asks for the part done once a second until disposed: for one long call that cannot report by itself.</summary>
  public IDisposable Watch(string what, Func<double> done) => writer is null ? Nothing.Here
    : clock.CreateTimer(_ => Part(what, done()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

  private sealed class Nothing : IDisposable {
    public static readonly Nothing Here = new();
    public void Dispose() { }
  }

  private void Write(string line) {
    _last = clock.GetTimestamp();
    writer?.WriteLine($"[{clock.GetElapsedTime(_start).TotalSeconds,5:0.0} s] {line}");
  }
}
