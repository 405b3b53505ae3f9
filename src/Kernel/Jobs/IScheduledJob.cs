using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;

namespace Porchlight.Kernel.Jobs;

/// <summary>
/// Work that comes due by the clock. It runs in a scope of its own, never beside itself, and on one machine of however many there are. It may save
/// as it goes: a run that a crash cut short is not resumed, the next begins anew.
/// </summary>
public interface IScheduledJob {
  /// <summary>
  /// Does it; returns what was done in a sentence, or null where there was nothing to do. Any exception is a failed run; of a
  /// <see cref="RefusedException"/> the text says what to do.
  /// </summary>
  Task<string?> RunAsync(CancellationToken ct);
}

/// <summary>A job as it was registered.</summary>
internal sealed record JobEntry(string Name, JobSchedule Schedule, Type Type);

/// <summary>Registers jobs.</summary>
public static class JobServices {
  /// <summary>From now on, the web server runs it whenever it is due.</summary>
  /// <param name="services">The program's.</param>
  /// <param name="name">As the record of runs has it: "transparency.watched-folders". Not longer than 80 characters.</param>
  /// <param name="schedule">When it is due.</param>
  public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string name, JobSchedule schedule)
      where TJob : class, IScheduledJob {
    services.TryAddScoped<TJob>();
    return services.AddSingleton(new JobEntry(name, schedule, typeof(TJob)));
  }

  /// <summary>What lists jobs and runs one now.</summary>
  public static IServiceCollection AddJobs(this IServiceCollection services) => services.AddSingleton<JobRunner>().AddSingleton<JobLog>()
    .AddScoped(s => new JobList(s.GetServices<JobEntry>(), s.GetRequiredService<JobRunner>(), s.GetRequiredService<PlatformDb>(),
      s.GetRequiredService<StaffTrail>()));

  /// <summary>Runs them, for as long as the host runs: the web server's part.</summary>
  public static IServiceCollection AddJobRunner(this IServiceCollection services) => services.AddHostedService(s => s.GetRequiredService<JobRunner>());
}
