using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel;
using Porchlight.Kernel.People;

namespace Porchlight.Accounts.Data;

/// <summary>Someone on the staff. Identity keeps the password's hash, the lockout and the stamp that ends sessions.</summary>
internal sealed class Person : IdentityUser<Guid> {
  public static Person Make(string email, string name, IEnumerable<string> roles, DateTimeOffset now) => new() {
    Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, Name = name, Roles = [.. roles], CreatedAt = now, LockoutEnabled = true,
  };

  public required string Name { get; set; }
  public required List<string> Roles { get; set; }
  public required DateTimeOffset CreatedAt { get; init; }
  public DateTimeOffset? SignedInAt { get; set; }
  /// <summary>Since when this person may not sign in any more.</summary>
  public DateTimeOffset? ClosedAt { get; set; }
  /// <summary>The 30 seconds that the last accepted code stood for: a code is good once.</summary>
  public long LastCodeStep { get; set; }

  public bool IsAdministrator => ClosedAt is null && Roles.Contains(StaffRoles.Administrator);
  public bool IsLockedAt(DateTimeOffset now) => LockoutEnd > now;

  /// <summary>Gives and takes roles. Somebody must stay who can let others in.</summary>
  public Problem? GiveRoles(IReadOnlyCollection<string> roles, bool isLastAdministrator) {
    if (isLastAdministrator && !roles.Contains(StaffRoles.Administrator)) return LastAdministrator;
    if (roles.Count == 0) return new("Choose one role at least, or close the account.", "Elija al menos una función, o cierre la cuenta.");
    Roles = [.. roles];
    return null;
  }

  /// <summary>Ends it: nothing is deleted, and what this person did stays on the trail.</summary>
  public Problem? Close(bool isLastAdministrator, DateTimeOffset now) {
    if (isLastAdministrator) return LastAdministrator;
    ClosedAt ??= now;
    return null;
  }

  private static Problem LastAdministrator => new("This is the only administrator. Make another person administrator first.",
    "Es la única persona que administra. Primero dé esa función a otra persona.");

  internal static void Map(ModelBuilder model) {
    model.Entity<Person>(e => {
      e.ToTable("accounts_people");
      e.Property(p => p.Id).HasColumnName("PersonId");
      e.Property(p => p.Name).HasMaxLength(120);
      e.Property(p => p.Email).HasMaxLength(254);
      e.Property(p => p.NormalizedEmail).HasMaxLength(254);
      e.Property(p => p.UserName).HasMaxLength(254);
      e.Property(p => p.NormalizedUserName).HasMaxLength(254);
      e.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
      e.Ignore(p => p.PhoneNumber).Ignore(p => p.PhoneNumberConfirmed);
      e.HasIndex(p => p.NormalizedEmail).IsUnique();
      e.HasIndex(p => p.Name);
    });
    model.Entity<PersonToken>(e => {
      e.ToTable("accounts_tokens");
      e.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
      e.Property(t => t.LoginProvider).HasMaxLength(80);
      e.Property(t => t.Name).HasMaxLength(80);
      e.HasOne<Person>().WithMany().HasForeignKey(t => t.UserId);
    });
    model.Entity<PersonPasskey>(e => {
      e.ToTable("accounts_passkeys");
      e.HasKey(k => k.CredentialId);
      e.Property(k => k.CredentialId).HasMaxLength(1024);
      e.OwnsOne(k => k.Data).ToJson();
      e.HasOne<Person>().WithMany().HasForeignKey(k => k.UserId);
    });
  }
}

/// <summary>An authenticator's secret or a set of recovery codes, protected.</summary>
internal sealed class PersonToken : IdentityUserToken<Guid>;

/// <summary>A passkey's public half.</summary>
internal sealed class PersonPasskey : IdentityUserPasskey<Guid>;

// what Identity's store is made of and this house does not use: neither is mapped
internal sealed class PersonClaim : IdentityUserClaim<Guid>;
internal sealed class PersonLogin : IdentityUserLogin<Guid>;
