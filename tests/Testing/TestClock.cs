namespace Porchlight.Testing;

/// <summary>A clock that stands until a test moves it. Delays still pass in real time.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider {
  private long _ticks = start.UtcTicks;

  /// <summary>2026-03-04 15:00 UTC, a Wednesday morning in every U.S. zone.</summary>
  public TestClock() : this(new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero)) { }

  /// <inheritdoc/>
  public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

  /// <summary>Moves the clock on.</summary>
  public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

  /// <summary>Sets the clock.</summary>
  public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
