using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Storage;

namespace Porchlight.Accounts.Data;

/// <summary>This module's tables of the PlatformDb.</summary>
internal sealed class AccountsDb(PlatformDb platform) : ModuleDb(platform) {
  public DbSet<Person> People => Set<Person>();
  public DbSet<PersonLink> Links => Set<PersonLink>();
  public DbSet<PersonPasskey> Passkeys => Set<PersonPasskey>();

  /// <summary>A link that still lets someone in, or null.</summary>
  public async Task<PersonLink?> FindLinkAsync(string secret, DateTimeOffset now, CancellationToken ct) {
    var hash = PersonLink.HashOf(secret);
    return await Links.SingleOrDefaultAsync(l => l.Hash == hash, ct) is { } link && link.IsGood(now) ? link : null;
  }

  /// <summary>Whether no one else can let people in.</summary>
  public async Task<bool> IsLastAdministratorAsync(Person person, CancellationToken ct) =>
    person.IsAdministrator && (await AdministratorsAsync(ct)).All(p => p == person.Id);

  /// <summary>Whether someone can let people in.</summary>
  public async Task<bool> HasAdministratorAsync(CancellationToken ct) => (await AdministratorsAsync(ct)).Count > 0;

  // a department has some hundred people on its staff at most
  private async Task<List<Guid>> AdministratorsAsync(CancellationToken ct) =>
    [.. (await People.AsNoTracking().Where(p => p.ClosedAt == null).Select(p => new { p.Id, p.Roles }).ToListAsync(ct))
      .Where(p => p.Roles.Contains(StaffRoles.Administrator)).Select(p => p.Id)];
}
