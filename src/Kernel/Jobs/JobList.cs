using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;

namespace Porchlight.Kernel.Jobs;

/// <summary>How a job does.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schedule">In words: "every 00:15:00", "daily at 03:00".</param>
/// <param name="NextAt">When it is next due; null in a process that runs no jobs.</param>
/// <param name="LastRuns">The latest first.</param>
public sealed record JobState(string Name, string Schedule, DateTimeOffset? NextAt, IReadOnlyList<JobRun> LastRuns);

/// <summary>Shows what jobs there are and how they did; runs one now.</summary>
public sealed class JobList {
  /// <summary>On the trail: someone ran a job by hand.</summary>
  public const string RunByHand = "jobs.run-by-hand";
  private readonly IReadOnlyList<JobEntry> _jobs;
  private readonly JobRunner _runner;
  private readonly PlatformDb _db;
  private readonly StaffTrail _trail;

  internal JobList(IEnumerable<JobEntry> jobs, JobRunner runner, PlatformDb db, StaffTrail trail) =>
    (_jobs, _runner, _db, _trail) = ([.. jobs], runner, db, trail);

  /// <summary>Every job by name, with its last runs, at most <paramref name="runs"/> each.</summary>
  public async Task<IReadOnlyList<JobState>> ListAsync(int runs, CancellationToken ct) {
    var states = new List<JobState>();
    foreach (var job in _jobs.OrderBy(j => j.Name, StringComparer.Ordinal))
      states.Add(new(job.Name, job.Schedule.ToString(), await _runner.NextAsync(job.Name, ct),
        await _db.JobRuns.AsNoTracking().Where(r => r.Name == job.Name).OrderByDescending(r => r.BeganAt).Take(runs).ToListAsync(ct)));
    return states;
  }

  /// <summary>Has a job run now, on one machine, once it is not running. Returns what to do where that cannot be.</summary>
  public async Task<Problem?> RunNowAsync(string name, Actor actor, string? from, CancellationToken ct) {
    if (!_jobs.Any(j => j.Name == name))
      return new($"There is no job \"{name}\". Open the list again.", $"No hay ninguna tarea \"{name}\". Abra la lista de nuevo.");
    if (!await _runner.RunNowAsync(name, ct))
      return new("Jobs are not running yet on this machine. Try again in a minute.",
        "Las tareas todavía no están en marcha en este equipo. Vuelva a intentarlo en un minuto.");
    _trail.Add(actor, RunByHand, name, from: from);
    await _db.SaveChangesAsync(ct);
    return null;
  }
}
