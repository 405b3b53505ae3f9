using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Jobs;

/// <summary>Runs a job in a scope of its own and keeps a record of the run.</summary>
internal sealed class JobLog(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobLog> log) {
  private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

  public async Task RunAsync(JobEntry job, CancellationToken ct) {
    using var activity = Telemetry.Source.StartActivity($"job {job.Name}");
    var run = await BeginAsync(job, ct);
    try {
      await using var scope = scopes.CreateAsyncScope();
      var said = await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(job.Type)).RunAsync(ct);
      await EndAsync(run, JobOutcome.Done, said);
    } catch (OperationCanceledException) when (ct.IsCancellationRequested) {
      await EndAsync(run, JobOutcome.Stopped, null);
    } catch (Exception failure) {
      // an exception's own text may name a person: it is kept with the run, for those who may see it
      log.LogWarning("Job {Job} failed: {Exception} {StackTrace}", job.Name, failure.GetType().FullName, failure.StackTrace);
      await EndAsync(run, JobOutcome.Failed, failure is RefusedException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}");
    }
  }

  private async Task<JobRun> BeginAsync(JobEntry job, CancellationToken ct) {
    await using var scope = scopes.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    var now = clock.GetUtcNow();
    // no job runs beside itself: what still says "running" died with its process
    foreach (var dead in await db.JobRuns.Where(r => r.Name == job.Name && r.Outcome == JobOutcome.Running).ToListAsync(ct))
      (dead.Outcome, dead.EndedAt, dead.Said) = (JobOutcome.Stopped, now, "The program ended while it ran.");
    db.JobRuns.RemoveRange(await db.JobRuns.Where(r => r.Name == job.Name && r.BeganAt < now - Kept).Take(1000).ToListAsync(ct));
    var run = new JobRun { JobRunId = Guid.CreateVersion7(now), Name = job.Name, BeganAt = now };
    db.JobRuns.Add(run);
    await db.SaveChangesAsync(ct);
    return run;
  }

  private async Task EndAsync(JobRun begun, string outcome, string? said) {
    Telemetry.JobRuns.Add(1, new("job", begun.Name), new("outcome", outcome));
    await using var scope = scopes.CreateAsyncScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    if (await db.JobRuns.SingleOrDefaultAsync(r => r.JobRunId == begun.JobRunId) is not { } run) return;
    (run.Outcome, run.EndedAt, run.Said) = (outcome, clock.GetUtcNow(), said is null ? null : PlainText.Cut(said, JobRun.LongestSaid));
    await db.SaveChangesAsync();
  }
}
