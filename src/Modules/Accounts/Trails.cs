using Microsoft.AspNetCore.Http;
using Porchlight.Accounts.Data;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Trail;

namespace Porchlight.Accounts;

/// <summary>What this module puts on the trail, in the words that a search finds.</summary>
internal static class Trails {
  public const string SignedIn = "accounts.signed-in", SignInRefused = "accounts.sign-in-refused", SignedOut = "accounts.signed-out", Locked = "accounts.locked",
    Unlocked = "accounts.unlocked", Invited = "accounts.invited", InvitationTakenBack = "accounts.invitation-taken-back", AccountMade = "accounts.account-made",
    RolesChanged = "accounts.roles-changed", AccountClosed = "accounts.account-closed", AccountOpened = "accounts.account-opened",
    PasswordAsked = "accounts.password-reset-asked", PasswordChanged = "accounts.password-changed", FactorsReset = "accounts.factors-reset",
    AuthenticatorChanged = "accounts.authenticator-changed", RecoveryCodesMade = "accounts.recovery-codes-made", PasskeyAdded = "accounts.passkey-added",
    PasskeyRemoved = "accounts.passkey-removed", FirstLinkMade = "accounts.first-administrator-link", SettingChanged = "settings.changed", MailTried = "settings.mail-tried", TrailTaken = "accounts.trail-exported";

  public static Actor ActorOf(Person person) => new(person.Id, person.Name);

  /// <summary>Adds an entry about one's own account.</summary>
  public static void AddOwn(this StaffTrail trail, Person person, string action, HttpContext context, string outcome = TrailOutcome.Done, string? detail = null) =>
    trail.Add(ActorOf(person), action, person.Email!, outcome, context.Address(), detail);
}
