using Quartz;

namespace Porchlight.Kernel.Jobs;

/// <summary>When a job is due.</summary>
public sealed record JobSchedule {
  private readonly TimeSpan? _interval;
  private readonly TimeOnly _time;

  private JobSchedule(TimeSpan? interval, TimeOnly time) => (_interval, _time) = (interval, time);

  /// <summary>Again and again, by the clock and not by the start of the program: every 15 minutes is 9:00, 9:15, 9:30.</summary>
  public static JobSchedule Every(TimeSpan interval) => interval >= TimeSpan.FromSeconds(1) ? new(interval, default)
    : throw new ArgumentOutOfRangeException(nameof(interval), interval, "A second or longer.");

  /// <summary>Once a day, in the department's time zone as its settings had it when the program started.</summary>
  public static JobSchedule DailyAt(TimeOnly time) => new(null, time);

  /// <inheritdoc/>
  public override string ToString() => _interval is { } interval ? $"every {interval:c}" : $"daily at {_time:HH:mm}";

  /// <summary>The last time a daily job was due, not after <paramref name="now"/>; null for one that is due again soon.</summary>
  internal DateTimeOffset? LastDay(DateTimeOffset now, TimeZoneInfo zone) {
    if (_interval is not null) return null;
    var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
    return At(today) is var due && due <= now ? due : At(today.AddDays(-1));

    DateTimeOffset At(DateOnly day) => new DateTimeOffset(day.ToDateTime(_time), zone.GetUtcOffset(day.ToDateTime(_time))).ToUniversalTime();
  }

  /// <summary>The first full interval after <paramref name="now"/>, counted from the beginning of time.</summary>
  private static DateTimeOffset Next(DateTimeOffset now, TimeSpan interval) =>
    new(now.UtcTicks - now.UtcTicks % interval.Ticks + interval.Ticks, TimeSpan.Zero);

  internal ITrigger Trigger(string job, TimeProvider clock, TimeZoneInfo zone) {
    var trigger = TriggerBuilder.Create(clock).WithIdentity(job).ForJob(job).WithDescription(Description(zone));
    return _interval is { } interval
      ? trigger.StartAt(Next(clock.GetUtcNow(), interval)).WithSchedule(SimpleScheduleBuilder.Create().WithInterval(interval).RepeatForever()
        .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount)).Build()
      : trigger.WithSchedule(CronScheduleBuilder.Create($"0 {_time.Minute} {_time.Hour} * * ?").InTimeZone(zone)
        .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
  }

  /// <summary>What tells a changed schedule from one that is in the database already.</summary>
  internal string Description(TimeZoneInfo zone) => _interval is null ? $"{this} {zone.Id}" : ToString();
}
