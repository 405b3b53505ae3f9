using Microsoft.EntityFrameworkCore;

namespace Porchlight.Kernel.Outbox;

/// <summary>One message: one event for one handler. It is gone when the handler is done with it.</summary>
internal sealed class OutboxRow {
  public const int LongestProblem = 500;

  public required Guid OutboxRowId { get; init; }
  /// <summary>The event's full type name.</summary>
  public required string Event { get; init; }
  /// <summary>The handler's full type name.</summary>
  public required string Handler { get; init; }
  /// <summary>The event as JSON.</summary>
  public required string Content { get; init; }
  public required DateTimeOffset PublishedAt { get; init; }
  /// <summary>
  /// No one takes it before this. A pause after a failure and the lease of a claim are the same thing: who claims it moves this on, so that the
  /// claims of a process that died come back by themselves.
  /// </summary>
  public required DateTimeOffset NotBefore { get; set; }
  /// <summary>Who has it, or had it last; null before the first. Only the last one may remove it.</summary>
  public Guid? Claim { get; set; }
  /// <summary>How often it was claimed: counted before the handler runs, so that a message which kills the process is parked too.</summary>
  public int Attempts { get; set; }
  /// <summary>What the last failure said: for those who look after parked messages, and never in a log.</summary>
  public string? Problem { get; set; }
  public DateTimeOffset? ParkedAt { get; set; }

  internal static void Map(ModelBuilder model) => model.Entity<OutboxRow>(e => {
    e.ToTable("kernel_outbox");
    e.HasKey(r => r.OutboxRowId);
    e.HasIndex(r => new { r.ParkedAt, r.NotBefore });
    e.Property(r => r.Event).HasMaxLength(300);
    e.Property(r => r.Handler).HasMaxLength(300);
    e.Property(r => r.Problem).HasMaxLength(LongestProblem);
    e.Property(r => r.Claim).IsConcurrencyToken();
  });
}
