using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.Links;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Trail;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Accounts.First;

/// <summary><c>porchlight admin</c>: what a department does from the shell when nobody who could help can sign in. Each is on the trail.</summary>
internal static class AdminVerb {
  public static Command Make(VerbHost host) {
    var email = new Argument<string>("email") { Description = "The account's email", HelpName = "EMAIL" };
    return host.Group("admin", "Accounts from the shell: for a department that cannot sign in.",
      host.Verb("people", "Lists the accounts.", People),
      host.Verb("first-link", "Makes a link by which one person becomes administrator. It works once, within seven days; earlier ones end.", FirstLink),
      host.Verb("unlock", "Unlocks an account after wrong tries.", (run, ct) => ChangeAsync(run, email, Trails.Unlocked, async (person, people) => {
        (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
        await people.UpdateAsync(person);
        return $"{person.Email} can try again.";
      }, ct), email),
      host.Verb("reset-factor", "Makes a link by which a person sets password and authenticator anew: a lost phone. Passkeys and sessions end.", ResetFactor, email));
  }

  private static async Task<int> People(VerbRun run, CancellationToken ct) {
    var now = run.Get<TimeProvider>().GetUtcNow();
    foreach (var p in await run.Get<AccountsDb>().People.AsNoTracking().OrderBy(p => p.Email).ToListAsync(ct))
      await run.Out.WriteLineAsync($"{p.Email}\t{p.Name}\t{string.Join(", ", p.Roles)}\t{(p.ClosedAt is not null ? "closed" : p.IsLockedAt(now) ? "locked" : "open")}");
    return ExitCodes.Done;
  }

  private static async Task<int> FirstLink(VerbRun run, CancellationToken ct) {
    await run.Out.WriteLineAsync(await run.Get<FirstPeople>().NewLinkAsync(await SiteAsync(run, ct), Actor.Shell, ct));
    return ExitCodes.Done;
  }

  private static Task<int> ResetFactor(VerbRun run, CancellationToken ct) => ChangeAsync(run, (Argument<string>)run.Words.CommandResult.Command.Arguments[0], Trails.FactorsReset, async (person, people) => {
    var db = run.Get<AccountsDb>();
    db.Links.Add(PersonLink.Make(LinkPurpose.StartAgain, run.Get<TimeProvider>().GetUtcNow(), out var secret, person.Email, person.Name, person.Roles, person.Id));
    foreach (var passkey in await people.GetPasskeysAsync(person)) await people.RemovePasskeyAsync(person, passkey.CredentialId);
    person.PasswordHash = null;
    await people.UpdateSecurityStampAsync(person);
    return LinkSender.Address(await SiteAsync(run, ct), secret);
  }, ct);

  private static async Task<int> ChangeAsync(VerbRun run, Argument<string> email, string action, Func<Person, UserManager<Person>, Task<string>> change, CancellationToken ct) {
    var people = run.Get<UserManager<Person>>();
    var name = run.Words.GetRequiredValue(email);
    if (await people.FindByEmailAsync(name) is not { } person) return run.Refuse(new($"There is no account {name}. `porchlight admin people` lists them."));
    run.Get<StaffTrail>().Add(Actor.Shell, action, person.Email!);
    await run.Out.WriteLineAsync(await change(person, people));
    return ExitCodes.Done;
  }

  private static async Task<string> SiteAsync(VerbRun run, CancellationToken ct) => (await run.Get<SettingStore>().LoadAsync(ct)).WebAddress ?? "http://localhost:5080";
}
