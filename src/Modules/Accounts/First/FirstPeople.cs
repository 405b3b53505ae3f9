using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.Links;
using Porchlight.Accounts.SignIn;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;

namespace Porchlight.Accounts.First;

/// <summary>
/// How the first people come in. A department's program prints a link for its first administrator while it has none; with demonstration data it
/// prints accounts instead, made for this folder alone.
/// </summary>
internal sealed class FirstPeople(
    AccountsDb db, UserManager<Person> people, NewAuthenticator authenticators, SettingsOnHand settings, DataFolder folder, IEnumerable<StaffRole> roles, StaffTrail trail, TimeProvider clock) {
  private static readonly (string Name, string Role)[] Invented =
    [("Ruth Alvarez", StaffRoles.Administrator), ("Dana Whitfield", StaffRoles.Steward), ("Marcus Bell", StaffRoles.InformationOfficer), ("Ines Duarte", StaffRoles.Auditor)];

  public async Task<IReadOnlyList<string>> SayAsync(string address, CancellationToken ct) {
    if ((await settings.GetAsync(ct)).IsDemonstration) return await DemonstrationAsync(address, ct);
    if (await db.HasAdministratorAsync(ct)) return [];
    return [$"No one can sign in yet. The first administrator opens this link, which works once, within seven days: {await NewLinkAsync(address, Actor.Program, ct)}"];
  }

  /// <summary>A new link for a first administrator; those before it end.</summary>
  public async Task<string> NewLinkAsync(string address, Actor actor, CancellationToken ct) {
    var now = clock.GetUtcNow();
    foreach (var older in await db.Links.Where(l => l.Purpose == LinkPurpose.FirstAdministrator && l.OverAt == null).ToListAsync(ct)) older.End(now);
    db.Links.Add(PersonLink.Make(LinkPurpose.FirstAdministrator, now, out var secret, roles: [StaffRoles.Administrator]));
    trail.Add(actor, Trails.FirstLinkMade, "first administrator");
    await db.SaveAsync(ct);
    return LinkSender.Address(address, secret);
  }

  private async Task<IReadOnlyList<string>> DemonstrationAsync(string address, CancellationToken ct) {
    var file = Path.Combine(folder.Root, "secrets", "demonstration-accounts.txt");
    if (!await db.People.AnyAsync(ct)) {
      List<string> lines = [];
      foreach (var (name, role) in Invented) {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@portalder.example";
        var (password, secret) = (RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16), OneTimeCodes.NewSecret());
        var person = Person.Make(email, name, [role], clock.GetUtcNow());
        (person.TwoFactorEnabled, person.PasswordHash) = (true, people.PasswordHasher.HashPassword(person, password));
        await authenticators.KeepAsync(person, secret, ct);
        trail.Add(Actor.Program, Trails.AccountMade, email, detail: "demonstration");
        await people.CreateAsync(person);
        lines.Add($"  {roles.Single(r => r.Key == role).Name.En}: {email}, password {password}, authenticator secret {secret}");
      }
      PrivateFolder.Make(Path.GetDirectoryName(file)!);
      File.Delete(file);
      await using var made = PrivateFolder.NewFile(file);
      await made.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), ct);
    }
    if (!File.Exists(file)) return [];
    return [$"Demonstration accounts of this folder, for {address}/staff:", .. (await File.ReadAllLinesAsync(file, ct)).Where(l => l.Length > 0)];
  }
}
