using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel;
using Porchlight.Kernel.People;
using Porchlight.Transparency.Editions;

namespace Porchlight.Transparency.Data;

/// <summary>Where a prepared edition stands.</summary>
internal enum PreparedState { Ready, Sent, Approved, Refused }

/// <summary>
/// An edition that one person prepared and another approves. It keeps what the preview showed and what it was made of, no row; the approved
/// edition is made again from the same, and is refused where anything has changed since.
/// </summary>
internal sealed class PreparedEdition {
  public Guid PreparedEditionId { get; private init; }
  public string Dataset { get; private init; } = "";
  public int Number { get; private init; }
  public PreparedState State { get; private set; }
  public string MadeOf { get; private init; } = "";
  public string Preview { get; private init; } = "";
  public Guid PreparedById { get; private init; }
  public string PreparedBy { get; private init; } = "";
  public DateTimeOffset PreparedAt { get; private init; }
  /// <summary>What changed, in one sentence for the public; Spanish where it was given.</summary>
  public string? Reason { get; private set; }
  public string? ReasonSpanish { get; private set; }
  public string? DecidedBy { get; private set; }
  public DateTimeOffset? DecidedAt { get; private set; }
  /// <summary>Why it was refused.</summary>
  public string? Refusal { get; private set; }
  public int Version { get; private set; }

  public static PreparedEdition Make(EditionPreview preview, EditionManifest manifest, Actor by, DateTimeOffset now) => new() {
    PreparedEditionId = Guid.CreateVersion7(now), Dataset = manifest.Dataset, Number = manifest.Number, State = PreparedState.Ready,
    MadeOf = Publication.MadeOf(manifest.Knowledge, manifest.Imports), Preview = JsonSerializer.Serialize(preview), PreparedById = by.PersonId!.Value, PreparedBy = by.Name, PreparedAt = now,
  };

  public EditionPreview Shown => JsonSerializer.Deserialize<EditionPreview>(Preview)!;
  public bool IsOpen => State is PreparedState.Ready or PreparedState.Sent;
  public string PublicReason => ReasonSpanish is null ? Reason! : $"{Reason} {ReasonSpanish}";

  public Problem? Send(string reason, string? spanish) {
    if (State != PreparedState.Ready) return NotOpen;
    (State, Reason, ReasonSpanish, Version) = (PreparedState.Sent, reason, spanish, Version + 1);
    return null;
  }

  /// <summary>The one who prepared it cannot be the one who approves it.</summary>
  public Problem? Approve(Actor by, DateTimeOffset now) {
    if (State != PreparedState.Sent) return NotOpen;
    if (by.PersonId == PreparedById) return new("You prepared this edition, so someone else must approve it.", "Usted preparó esta edición; otra persona debe aprobarla.");
    (State, DecidedBy, DecidedAt, Version) = (PreparedState.Approved, by.Name, now, Version + 1);
    return null;
  }

  public Problem? Refuse(Actor by, string why, DateTimeOffset now) {
    if (!IsOpen) return NotOpen;
    (State, DecidedBy, DecidedAt, Refusal, Version) = (PreparedState.Refused, by.Name, now, why, Version + 1);
    return null;
  }

  private static Problem NotOpen => new("This edition does not wait for anyone any more.", "Esta edición ya no espera a nadie.");

  internal static void Map(ModelBuilder model) => model.Entity<PreparedEdition>(e => {
    e.ToTable("transparency_prepared");
    e.Property(x => x.Dataset).HasMaxLength(40);
    e.Property(x => x.State).HasConversion<string>().HasMaxLength(16);
    e.Property(x => x.PreparedBy).HasMaxLength(200);
    e.Property(x => x.DecidedBy).HasMaxLength(200);
    e.Property(x => x.Reason).HasMaxLength(500);
    e.Property(x => x.ReasonSpanish).HasMaxLength(500);
    e.Property(x => x.Refusal).HasMaxLength(500);
    e.Property(x => x.Version).IsConcurrencyToken();
    e.Ignore(x => x.Shown).Ignore(x => x.IsOpen).Ignore(x => x.PublicReason);
    e.HasIndex(x => new { x.Dataset, x.PreparedAt });
  });
}
