using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Porchlight.Accounts.Data;

/// <summary>What a link that was given to a person is for.</summary>
internal enum LinkPurpose { FirstAdministrator, Invitation, NewPassword, StartAgain }

/// <summary>A link that lets one person in once: kept as a hash, so that whoever reads the database cannot use it.</summary>
internal sealed class PersonLink {
  public Guid PersonLinkId { get; private init; } = Guid.CreateVersion7();
  public required LinkPurpose Purpose { get; init; }
  public required byte[] Hash { get; init; }
  /// <summary>Null for the first administrator, who says it.</summary>
  public string? Email { get; init; }
  public string? Name { get; init; }
  public required List<string> Roles { get; init; }
  /// <summary>Whose password or second factor it sets anew.</summary>
  public Guid? PersonId { get; init; }
  public required DateTimeOffset MadeAt { get; init; }
  public required DateTimeOffset EndsAt { get; init; }
  /// <summary>When it was used or taken back.</summary>
  public DateTimeOffset? OverAt { get; private set; }
  /// <summary>Two who use it at once: the second one's save is refused.</summary>
  public int Version { get; private set; }

  /// <param name="secret">The word in the address. It is nowhere else.</param>
  public static PersonLink Make(LinkPurpose purpose, DateTimeOffset now, out string secret, string? email = null, string? name = null, IEnumerable<string>? roles = null, Guid? person = null) {
    secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    return new() {
      Purpose = purpose, Hash = HashOf(secret), Email = email, Name = name, Roles = [.. roles ?? []], PersonId = person, MadeAt = now,
      EndsAt = now + (purpose == LinkPurpose.NewPassword ? TimeSpan.FromHours(1) : TimeSpan.FromDays(7)),
    };
  }

  public static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

  public bool IsGood(DateTimeOffset now) => OverAt is null && now < EndsAt;

  public void End(DateTimeOffset now) => (OverAt, Version) = (now, Version + 1);

  internal static void Map(ModelBuilder model) => model.Entity<PersonLink>(e => {
    e.ToTable("accounts_links");
    e.Property(l => l.Hash).HasMaxLength(32);
    e.Property(l => l.Email).HasMaxLength(254);
    e.Property(l => l.Name).HasMaxLength(120);
    e.Property(l => l.Purpose).HasConversion<string>().HasMaxLength(24);
    e.Property(l => l.Version).IsConcurrencyToken();
    e.HasIndex(l => l.Hash).IsUnique();
    e.HasIndex(l => l.Email);
  });
}
