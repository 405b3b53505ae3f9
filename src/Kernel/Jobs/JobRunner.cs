using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Quartz;

namespace Porchlight.Kernel.Jobs;

/// <summary>
/// Runs jobs when they are due, by Quartz: its schedule is in memory on SQLite, which is one machine's, and in PostgreSQL for all machines that
/// share it, so that one of them runs a job.
/// </summary>
internal sealed class JobRunner(
    IEnumerable<JobEntry> entries, IServiceScopeFactory scopes, DatabaseChoice database, JobLog jobLog, TimeProvider clock, ILoggerFactory logs)
    : BackgroundService {
  private const int AtOnce = 4;
  private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);
  private readonly Dictionary<string, JobEntry> _jobs = entries.ToDictionary(e => e.Name);
  private volatile IScheduler? _scheduler;

  /// <summary>Runs a job as soon as it is not running. False where this process runs none.</summary>
  public async Task<bool> RunNowAsync(string name, CancellationToken ct) {
    if (_scheduler is not { } scheduler) return false;
    await scheduler.TriggerJob(new(name), null, ct);
    return true;
  }

  /// <summary>When a job is next due; null where this process runs none.</summary>
  public async Task<DateTimeOffset?> NextAsync(string name, CancellationToken ct) =>
    _scheduler is { } scheduler && await scheduler.GetTrigger(new(name), ct) is { } trigger ? trigger.NextFireTimeUtc : null;

  protected override async Task ExecuteAsync(CancellationToken stoppingToken) {
    if (_jobs.Count == 0) return;
    while (!stoppingToken.IsCancellationRequested) {
      try {
        _scheduler = await StartSchedulerAsync(stoppingToken);
        await Task.Delay(Timeout.Infinite, stoppingToken);
      } catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) {
        break;
      } catch (Exception silent) {
        logs.CreateLogger<JobRunner>().LogWarning("Jobs cannot start ({Exception}); tried again in {Seconds} s.", silent.GetType().FullName, Again.TotalSeconds);
        await Task.Delay(Again, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
      }
    }
    // their tokens are cancelled, and they have the host's patience to end
    if (_scheduler is { } scheduler) await scheduler.Shutdown(true, CancellationToken.None);
  }

  private async Task<IScheduler> StartSchedulerAsync(CancellationToken ct) {
    var zone = await ZoneAsync(ct);
    var scheduler = await QuartzSchedulerBuilder.Create(Configure).BuildScheduler(ct);
    foreach (var job in _jobs.Values) {
      await scheduler.AddJob(JobBuilder.Create<DueJob>().WithIdentity(job.Name).StoreDurably().Build(), AddJobOptions.Replacing, ct);
      var key = new TriggerKey(job.Name);
      // one that is there keeps its place in time: what came due while no machine ran is made up for
      if (await scheduler.GetTrigger(key, ct) is { } there) {
        if (there.Description == job.Schedule.Description(zone)) continue;
        await scheduler.UnscheduleJob(key, ct);
      }
      await scheduler.ScheduleTrigger(job.Schedule.Trigger(job.Name, clock, zone), TriggerConflict.Replace, ct);
      if (database.IsSqlite && await MissedAsync(job, zone, ct)) await scheduler.TriggerJob(new(job.Name), null, ct);
    }
    await scheduler.Start(ct);
    return scheduler;
  }

  private void Configure(IQuartzBuilder quartz) {
    quartz.Services.AddSingleton(logs);
    quartz.ConfigureScheduler(o => (o.InstanceName, o.ShutdownJobInterruption) = ("porchlight", ShutdownJobInterruption.Always));
    quartz.UseTimeProvider(clock);
    quartz.UseDefaultThreadPool(AtOnce);
    quartz.AddJobType(_ => new DueJob(_jobs, jobLog));
    if (database.IsSqlite) quartz.UseInMemoryStore();
    else quartz.UsePersistentStore(store => {
      store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString);
      store.UseClustering();
      store.ConfigureStore(o => o.TablePrefix = "kernel_quartz_");
      store.ProvisionSchema();
    });
  }

  // a schedule in memory forgets; the record of runs does not
  private async Task<bool> MissedAsync(JobEntry job, TimeZoneInfo zone, CancellationToken ct) {
    await using var scope = scopes.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    var last = await db.JobRuns.Where(r => r.Name == job.Name).MaxAsync(r => (DateTimeOffset?)r.BeganAt, ct);
    return last < job.Schedule.LastDay(clock.GetUtcNow(), zone);
  }

  private async Task<TimeZoneInfo> ZoneAsync(CancellationToken ct) {
    await using var scope = scopes.CreateAsyncScope();
    var zone = (await scope.ServiceProvider.GetRequiredService<SettingStore>().LoadAsync(ct)).TimeZone;
    return zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone.Id, out var found) ? found : TimeZoneInfo.Utc;
  }
}

/// <summary>What Quartz runs, whatever the job: the type's name is in its tables.</summary>
[DisallowConcurrentExecution]
internal sealed class DueJob(IReadOnlyDictionary<string, JobEntry> jobs, JobLog jobLog) : IJob {
  // a job that this version does not have: a newer one's, or one that is gone
  public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) {
    if (jobs.TryGetValue(context.JobDetail.Key.Name, out var job)) await jobLog.RunAsync(job, cancellationToken);
  }
}
