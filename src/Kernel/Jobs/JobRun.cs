using Microsoft.EntityFrameworkCore;

namespace Porchlight.Kernel.Jobs;

/// <summary>How a run of a job ended.</summary>
public static class JobOutcome {
  /// <summary>It has not ended, or the machine it ran on did.</summary>
  public const string Running = "running";
  /// <summary>It did what it is for.</summary>
  public const string Done = "done";
  /// <summary>It did not: what it said says why.</summary>
  public const string Failed = "failed";
  /// <summary>The program was told to stop, or died, while it ran.</summary>
  public const string Stopped = "stopped";
}

/// <summary>One run of one job.</summary>
public sealed class JobRun {
  internal const int LongestName = 80, LongestSaid = 500;

  /// <summary>Its key.</summary>
  public required Guid JobRunId { get; init; }
  /// <summary>The job's name.</summary>
  public required string Name { get; init; }
  /// <summary>When it began.</summary>
  public required DateTimeOffset BeganAt { get; init; }
  /// <summary>When it ended; null while it runs.</summary>
  public DateTimeOffset? EndedAt { get; internal set; }
  /// <summary>One of <see cref="JobOutcome"/>.</summary>
  public string Outcome { get; internal set; } = JobOutcome.Running;
  /// <summary>What it did, or why it failed, in a sentence; null where there is nothing to say.</summary>
  public string? Said { get; internal set; }

  internal static void Map(ModelBuilder model) => model.Entity<JobRun>(e => {
    e.ToTable("kernel_job_runs");
    e.HasKey(r => r.JobRunId);
    e.HasIndex(r => new { r.Name, r.BeganAt });
    e.Property(r => r.Name).HasMaxLength(LongestName);
    e.Property(r => r.Outcome).HasMaxLength(20);
    e.Property(r => r.Said).HasMaxLength(LongestSaid);
  });
}
