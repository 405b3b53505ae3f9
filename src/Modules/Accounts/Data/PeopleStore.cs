using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Porchlight.Kernel.Storage;

namespace Porchlight.Accounts.Data;

/// <summary>Identity's own store on the PlatformDb, with authenticator secrets and recovery codes protected where they lie.</summary>
internal sealed class PeopleStore(PlatformDb db, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserOnlyStore<Person, PlatformDb, Guid, PersonClaim, PersonLogin, PersonToken, PersonPasskey>(db, describer) {
  private readonly IDataProtector _protector = protection.CreateProtector("accounts.tokens");

  public override async Task<string?> GetTokenAsync(Person user, string loginProvider, string name, CancellationToken cancellationToken) =>
    await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } value ? _protector.Unprotect(value) : null;

  public override Task SetTokenAsync(Person user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
    base.SetTokenAsync(user, loginProvider, name, value is null ? null : _protector.Protect(value), cancellationToken);
}
