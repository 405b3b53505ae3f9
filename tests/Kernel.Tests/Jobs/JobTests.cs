using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Porchlight.Kernel.Jobs;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Jobs;

public sealed class JobTests {
  private static readonly JobSchedule Seldom = JobSchedule.Every(TimeSpan.FromDays(365));
  private static readonly Actor Rosa = new(Guid.CreateVersion7(), "Rosa Álvarez");
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task A_job_runs_when_it_is_due_and_each_run_is_on_record(Provider provider) {
    await using var host = await StartAsync(JobSchedule.Every(TimeSpan.FromSeconds(1)), provider);
    Work(host).Do = _ => Task.FromResult<string?>("3 files taken");
    _ = host.Client;
    await Wait.UntilAsync(async () => (await RunsAsync(host)).Count(r => r.Outcome == JobOutcome.Done) >= 2);
    var job = Assert.Single(await host.UseAsync((JobList jobs) => jobs.ListAsync(2, Ct)));
    Assert.Equal(("test.work", "every 00:00:01"), (job.Name, job.Schedule));
    Assert.NotNull(job.NextAt);
    Assert.Equal(2, job.LastRuns.Count);
    Assert.True(job.LastRuns[0].BeganAt > job.LastRuns[1].BeganAt);
    Assert.Equal("3 files taken", job.LastRuns[1].Said);
    Assert.True(job.LastRuns[1].EndedAt >= job.LastRuns[1].BeganAt);
  }

  [Theory, OnBoth]
  public async Task A_job_run_by_hand_is_on_the_trail_and_a_failure_says_why_in_the_record_and_not_in_the_log(Provider provider) {
    var log = new ConcurrentQueue<string>();
    await using var host = await StartAsync(Seldom, provider, log);
    Assert.Equal("There is no job \"test.rest\". Open the list again.", (await host.UseAsync((JobList jobs) => jobs.RunNowAsync("test.rest", Rosa, null, Ct)))!.English);
    Assert.StartsWith("Jobs are not running yet", (await host.UseAsync((JobList jobs) => jobs.RunNowAsync("test.work", Rosa, null, Ct)))!.English, StringComparison.Ordinal);
    Work(host).Do = _ => throw new InvalidDataException("ana@residents.example is not an address");
    await RunNowAsync(host);
    await Wait.UntilAsync(async () => (await RunsAsync(host)).Any(r => r.Outcome == JobOutcome.Failed));
    Work(host).Do = _ => throw new RefusedException("Mount the folder, then run it again.");
    await RunNowAsync(host);
    await Wait.UntilAsync(async () => (await RunsAsync(host)).Count(r => r.Outcome == JobOutcome.Failed) == 2);
    Assert.Equal(["InvalidDataException: ana@residents.example is not an address", "Mount the folder, then run it again."], (await RunsAsync(host)).Select(r => r.Said));
    Assert.Contains(log, line => line.Contains("Job test.work failed: System.IO.InvalidDataException", StringComparison.Ordinal));
    Assert.DoesNotContain(log, line => line.Contains("ana@", StringComparison.Ordinal));
    var trail = (await host.UseAsync((StaffTrail t) => t.SearchAsync(new(), null, 10, Ct))).Entries;
    Assert.Equal([(JobList.RunByHand, "test.work", Rosa.PersonId), (JobList.RunByHand, "test.work", Rosa.PersonId)], trail.Select(e => (e.Action, e.Subject, e.ActorId)));
  }

  [Fact]
  public async Task Two_machines_on_one_database_run_a_job_once() {
    await using var host = await StartAsync(JobSchedule.Every(TimeSpan.FromSeconds(1)), Provider.Postgres);
    await using var second = host.SecondNode();
    var began = Stopwatch.StartNew();
    var (_, _) = (host.Client, second.Client);
    await Wait.UntilAsync(async () => await host.UseAsync((JobList jobs) => jobs.ListAsync(1, Ct)) is [{ NextAt: not null }]
      && await second.UseAsync((JobList jobs) => jobs.ListAsync(1, Ct)) is [{ NextAt: not null }]);
    await Task.Delay(TimeSpan.FromSeconds(5), Ct);
    var runs = await RunsAsync(host);
    // each would have run it as often by itself
    Assert.InRange(runs.Count, 3, began.Elapsed.TotalSeconds + 1);
    Assert.Equal(runs.Count, Work(host).Runs + Work(second).Runs);
    for (var n = 1; n < runs.Count; n++) Assert.True(runs[n].BeganAt >= runs[n - 1].EndedAt, "A job ran beside itself.");
  }

  [Theory, OnBoth]
  public async Task A_job_that_runs_when_the_program_is_told_to_stop_is_told_too(Provider provider) {
    await using var host = await StartAsync(Seldom, provider);
    var begun = new TaskCompletionSource();
    Work(host).Do = async ct => {
      begun.SetResult();
      await Task.Delay(Timeout.Infinite, ct);
      return null;
    };
    await RunNowAsync(host);
    await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    await host.Services.GetRequiredService<JobRunner>().StopAsync(Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct);
    Assert.Equal(JobOutcome.Stopped, Assert.Single(await RunsAsync(host)).Outcome);
  }

  [Theory, OnBoth]
  public async Task A_run_that_died_with_its_process_is_marked_when_the_job_runs_again_and_old_runs_go(Provider provider) {
    await using var host = await StartAsync(Seldom, provider);
    await host.UseAsync(async (PlatformDb db) => {
      var now = TimeProvider.System.GetUtcNow();
      db.JobRuns.Add(new() { JobRunId = Guid.CreateVersion7(), Name = "test.work", BeganAt = now.AddHours(-1) });
      db.JobRuns.Add(new() { JobRunId = Guid.CreateVersion7(), Name = "test.work", BeganAt = now.AddDays(-91), Outcome = JobOutcome.Done });
      db.JobRuns.Add(new() { JobRunId = Guid.CreateVersion7(), Name = "test.another", BeganAt = now.AddDays(-91), Outcome = JobOutcome.Done });
      await db.SaveChangesAsync(Ct);
    });
    await RunNowAsync(host);
    await Wait.UntilAsync(async () => (await RunsAsync(host)).Any(r => r.Outcome == JobOutcome.Done && r.Name == "test.work" && r.EndedAt is not null));
    Assert.Equal(["test.another done", "test.work done", "test.work stopped"], (await RunsAsync(host)).Select(r => $"{r.Name} {r.Outcome}").Order(StringComparer.Ordinal));
  }

  [Theory, OnBoth]
  public async Task A_daily_job_that_came_due_while_the_program_was_off_runs_at_its_start(Provider provider) {
    // three in the morning in UTC: the clock stands at 15:00, a day before
    var daily = JobSchedule.DailyAt(new(3, 0));
    await using var host = await TestHost.StartAsync(provider, builder => Add(builder.Services, daily));
    var yesterday = host.Clock.GetUtcNow();
    if (provider == Provider.Sqlite) {
      await host.UseAsync((PlatformDb db) => { db.JobRuns.Add(new() { JobRunId = Guid.CreateVersion7(), Name = "test.work", BeganAt = yesterday, Outcome = JobOutcome.Done }); return db.SaveChangesAsync(Ct); });
      host.Clock.Advance(TimeSpan.FromDays(1));
      _ = host.Client;
      await Wait.UntilAsync(() => Work(host).Runs == 1);
      return;
    }
    // the schedule is in the database, and this machine goes away before the job is due
    _ = host.Client;
    await Wait.UntilAsync(async () => await host.UseAsync((JobList jobs) => jobs.ListAsync(1, Ct)) is [{ NextAt: not null }]);
    Assert.Equal(new(2026, 3, 5, 3, 0, 0, TimeSpan.Zero), (await host.UseAsync((JobList jobs) => jobs.ListAsync(1, Ct)))[0].NextAt);
    await host.Services.GetRequiredService<JobRunner>().StopAsync(Ct);
    Assert.Equal(0, Work(host).Runs);
    await using var second = host.SecondNode();
    second.Clock.Set(yesterday.AddDays(1));
    _ = second.Client;
    await Wait.UntilAsync(() => Work(second).Runs == 1);
  }

  [Fact]
  public void A_day_is_the_department_s_also_where_the_clock_changes() {
    var chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
    var daily = JobSchedule.DailyAt(new(3, 0));
    // 8 March 2026: at 2:00 it is 3:00
    Assert.Equal(new(2026, 3, 7, 9, 0, 0, TimeSpan.Zero), daily.LastDay(new(2026, 3, 8, 7, 59, 59, TimeSpan.Zero), chicago));
    Assert.Equal(new(2026, 3, 8, 8, 0, 0, TimeSpan.Zero), daily.LastDay(new(2026, 3, 8, 8, 0, 0, TimeSpan.Zero), chicago));
    Assert.Null(Seldom.LastDay(new(2026, 3, 8, 8, 0, 0, TimeSpan.Zero), chicago));
    Assert.Equal("daily at 03:00", daily.ToString());
    Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.Zero));
  }

  [Fact]
  public void Every_quarter_of_an_hour_is_by_the_clock_and_not_by_the_start() {
    var clock = new TestClock(new(2026, 3, 4, 15, 7, 3, TimeSpan.Zero));
    Assert.Equal(new(2026, 3, 4, 15, 15, 0, TimeSpan.Zero), JobSchedule.Every(TimeSpan.FromMinutes(15)).Trigger("test.work", clock, TimeZoneInfo.Utc).StartTimeUtc);
  }

  private static Task<TestHost> StartAsync(JobSchedule schedule, Provider provider, ConcurrentQueue<string>? log = null) => TestHost.StartAsync(provider, builder => {
    builder.Services.AddSingleton(TimeProvider.System);
    if (log is not null) builder.Logging.AddProvider(new Kept(log));
    Add(builder.Services, schedule);
  });

  private static void Add(IServiceCollection services, JobSchedule schedule) => services.AddSingleton<Behavior>().AddJob<SomeWork>("test.work", schedule);
  private static Behavior Work(TestHost host) => host.Services.GetRequiredService<Behavior>();

  private static async Task RunNowAsync(TestHost host) {
    _ = host.Client;
    await Wait.UntilAsync(async () => await host.UseAsync((JobList jobs) => jobs.RunNowAsync("test.work", Rosa, "192.0.2.7", Ct)) is null);
  }

  private static Task<List<JobRun>> RunsAsync(TestHost host) => host.UseAsync((PlatformDb db) => db.JobRuns.AsNoTracking().OrderBy(r => r.BeganAt).ToListAsync(Ct));

  internal sealed class Behavior {
    private int _runs;
    public int Runs => _runs;
    public Func<CancellationToken, Task<string?>> Do { get; set; } = _ => Task.FromResult<string?>(null);
    public void Count() => Interlocked.Increment(ref _runs);
  }

  internal sealed class SomeWork(Behavior behavior) : IScheduledJob {
    public Task<string?> RunAsync(CancellationToken ct) {
      behavior.Count();
      return behavior.Do(ct);
    }
  }

  private sealed class Kept(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger {
    public ILogger CreateLogger(string categoryName) => this;
    public void Dispose() { }
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
      lines.Enqueue($"{formatter(state, exception)} {exception}");
  }
}
