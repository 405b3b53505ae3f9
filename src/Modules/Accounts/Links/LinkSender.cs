using Microsoft.AspNetCore.Http;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.People;
using Porchlight.Kernel.Mail;
using Porchlight.Kernel.Settings;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts.Links;

/// <summary>Brings a link to its person: by email where a relay is set, else by showing it once to whoever made it.</summary>
internal sealed class LinkSender(AccountsDb db, SettingsOnHand settings, Mailer mailer) {
  public Task<bool> HasMailAsync(CancellationToken ct) => mailer.HasRelayAsync(ct);

  /// <summary>Saves what was changed with the link, and the letter that brings it. Returns what to show where none is sent.</summary>
  public async Task<LinkShownModel?> SendAsync(PersonLink link, string secret, HttpContext context, CancellationToken ct) {
    var department = await settings.GetAsync(ct);
    var address = Address(department.WebAddress ?? $"{context.Request.Scheme}://{context.Request.Host}", secret);
    var isSent = await HasMailAsync(ct) && mailer.Queue(Letter(link, department, address)) is null;
    await db.SaveAsync(ct);
    return isSent ? null : new(link.Name!, link.Email!, address, Fmt.DateLong(DateOnly.FromDateTime(link.EndsAt.UtcDateTime)), link.Purpose == LinkPurpose.StartAgain);
  }

  public static string Address(string site, string secret) => $"{site}/staff/links/{secret}";

  // nobody has said yet which language its reader speaks: both stand in it
  private static Letter Letter(PersonLink link, DepartmentSettings department, string address) {
    var (en, es) = link.Purpose switch {
      LinkPurpose.NewPassword => ("Set a new password for your staff account by this link. It works once, within one hour. If you did not ask for it, do nothing.",
        "Elija una contraseña nueva para su cuenta con este enlace. Sirve una vez, dentro de una hora. Si no lo pidió, no haga nada."),
      LinkPurpose.StartAgain => ("Set your password and authenticator anew by this link. It works once, within seven days.",
        "Vuelva a elegir su contraseña y su autenticador con este enlace. Sirve una vez, dentro de siete días."),
      _ => ("You are invited to the staff's side of the public portal. This link makes your account ready. It works once, within seven days.",
        "Tiene una invitación para la parte del personal del portal público. Este enlace prepara su cuenta. Sirve una vez, dentro de siete días."),
    };
    return new(link.Email!, $"{department.Name.En}: {(link.Purpose == LinkPurpose.NewPassword ? "new password / contraseña nueva" : "your account / su cuenta")}", $"{en}\n\n{es}\n\n{address}\n");
  }
}
