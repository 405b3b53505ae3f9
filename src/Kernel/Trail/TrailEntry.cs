using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;

namespace Porchlight.Kernel.Trail;

/// <summary>
/// One thing someone of the department did, or was refused. Written once: the database itself refuses to change or remove it
/// (triggers, in the migrations).
/// </summary>
public sealed class TrailEntry {
  internal const int LongestAction = 80, LongestSubject = 200, LongestName = 200, LongestFrom = 64, LongestOutcome = 20, LongestDetail = 500;

  private static int _count;

  /// <summary>Its key: a version 7 id that counts, so that entries of one instant are in the order in which the process added them.</summary>
  public required Guid TrailEntryId { get; init; }
  /// <summary>When, to the microsecond.</summary>
  public required DateTimeOffset At { get; init; }
  /// <summary>Who; null for the shell, the program, and where no one was signed in.</summary>
  public Guid? ActorId { get; init; }
  /// <summary>The name the actor had then; null where no one was signed in.</summary>
  public string? ActorName { get; init; }
  /// <summary>A short constant of the module: "accounts.signed-in".</summary>
  public required string Action { get; init; }
  /// <summary>What it is about: "incidents, edition 12", "r.alvarez@portalder.example".</summary>
  public required string Subject { get; init; }
  /// <summary>The client's address; null where there is none.</summary>
  public string? From { get; init; }
  /// <summary>One of <see cref="TrailOutcome"/>.</summary>
  public required string Outcome { get; init; }
  /// <summary>A short text more; never a secret.</summary>
  public string? Detail { get; init; }
  /// <summary>All the words above in lower case, which is what a search by text looks in.</summary>
  internal string Words { get; private init; } = "";

  internal static TrailEntry Of(DateTimeOffset at, Actor? actor, string action, string subject, string outcome, string? from, string? detail) {
    var (who, what, about) = (Cut(actor?.Name, LongestName), Cut(action, LongestAction)!, Cut(subject, LongestSubject)!);
    var (where, more) = (Cut(from, LongestFrom), Cut(detail, LongestDetail));
    return new() {
      TrailEntryId = NextId(at), At = at, ActorId = actor?.PersonId, ActorName = who, Action = what, Subject = about,
      From = where, Outcome = Cut(outcome, LongestOutcome)!, Detail = more,
      Words = string.Join('\n', what, about, who, where, more).ToLowerInvariant(),
    };
  }

  // 28 bits of counter in the place of random ones (RFC 9562, 6.2, method 1); 40 random bits are left for other machines
  private static Guid NextId(DateTimeOffset at) {
    var count = Interlocked.Increment(ref _count);
    Span<byte> id = stackalloc byte[16];
    Guid.CreateVersion7(at).TryWriteBytes(id, bigEndian: true, out _);
    (id[6], id[7], id[8], id[9], id[10]) = ((byte)(0x70 | (count >> 24 & 0xF)), (byte)(count >> 16), 0x80, (byte)(count >> 8), (byte)count);
    return new(id, bigEndian: true);
  }

  // what a stranger typed may be the subject
  private static string? Cut(string? text, int longest) => text is null ? null : PlainText.Cut(text, longest);

  internal static void Map(ModelBuilder model) => model.Entity<TrailEntry>(e => {
    e.ToTable("kernel_trail");
    e.HasKey(t => t.TrailEntryId);
    e.HasIndex(t => new { t.At, t.TrailEntryId });
    e.HasIndex(t => new { t.ActorId, t.At, t.TrailEntryId });
    e.HasIndex(t => new { t.Action, t.At, t.TrailEntryId });
    e.Property(t => t.ActorName).HasMaxLength(LongestName);
    e.Property(t => t.Action).HasMaxLength(LongestAction);
    e.Property(t => t.Subject).HasMaxLength(LongestSubject);
    e.Property(t => t.From).HasMaxLength(LongestFrom);
    e.Property(t => t.Outcome).HasMaxLength(LongestOutcome);
    e.Property(t => t.Detail).HasMaxLength(LongestDetail);
    e.Property(t => t.Words).HasMaxLength(LongestAction + LongestSubject + LongestName + LongestFrom + LongestDetail + 4);
  });
}

/// <summary>How what was tried ended.</summary>
public static class TrailOutcome {
  /// <summary>It was done.</summary>
  public const string Done = "done";
  /// <summary>It was refused: not allowed, or not possible. The detail says why.</summary>
  public const string Refused = "refused";
  /// <summary>It was begun and failed for a reason of the machine's.</summary>
  public const string Failed = "failed";
}
