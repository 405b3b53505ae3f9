using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.SignIn;
using Porchlight.Kernel;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts.Links;

/// <summary>
/// A link given to one person: the first administrator's, an invitation, a new password, a new start. It works once, and only when all that it
/// asks for is good.
/// </summary>
internal static class UseLink {
  public static readonly Problem WrongFirstCode = new("That code is not the one the app shows. Scan again, or check the clock of your phone.",
    "Ese código no es el que muestra la aplicación. Escanee de nuevo o revise la hora de su teléfono.");

  public static void Map(RouteGroupBuilder door) {
    door.MapGet("/links/{secret}", Get);
    door.MapPost("/links/{secret}", Start);
    door.MapPost("/links/{secret}/password", SetPassword);
  }

  private static async Task<IResult> Get(string secret, HttpContext context, AccountsDb db, NewAuthenticator authenticators, IEnumerable<StaffRole> roles, TimeProvider clock, CancellationToken ct) {
    context.Response.Headers["Referrer-Policy"] = "no-referrer";
    if (await db.FindLinkAsync(secret, clock.GetUtcNow(), ct) is not { } link) return TypedResults.NotFound();
    return link.Purpose == LinkPurpose.NewPassword ? PasswordPage(new(), link)
      : await StartPageAsync(new(new() { Name = link.Name, Email = link.Email }), link, authenticators, roles, ct);
  }

  private static async Task<IResult> Start(
      string secret, Form<StartForm> form, HttpContext context, AccountsDb db, SignInManager<Person> signIn, NewAuthenticator authenticators, IEnumerable<StaffRole> roles, SettingsOnHand settings,
      StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    context.Response.Headers["Referrer-Policy"] = "no-referrer";
    var now = clock.GetUtcNow();
    if (await db.FindLinkAsync(secret, now, ct) is not { Purpose: not LinkPurpose.NewPassword } link) return TypedResults.NotFound();
    var people = signIn.UserManager;
    var email = link.Email ?? form.Values.Email;
    var authenticator = authenticators.Read(form.Values.Secret, link.PersonLinkId);
    if (email is null) form.Reject(new("Enter your email.", "Escriba su correo."), nameof(StartForm.Email));
    if (form.Values.Password is { } password && NewPassword.Refuse(password, [email, form.Values.Name, (await settings.GetAsync(ct)).Name.En]) is { } weak)
      form.Reject(weak, nameof(StartForm.Password));
    if (authenticator is null) return await StartPageAsync(form, link, authenticators, roles, ct);
    var step = OneTimeCodes.StepOf(authenticator, new([.. (form.Values.Code ?? "").Where(char.IsAsciiDigit)]), now, 0);
    if (form.Values.Code is not null && step is null)
      form.Reject(WrongFirstCode, nameof(StartForm.Code));
    var person = link.PersonId is { } id ? await people.FindByIdAsync(id.ToString()) : null;
    if (form.IsValid && person is null && await people.FindByEmailAsync(email!) is not null)
      form.Reject(new("There is an account with this email. Sign in with it, or ask an administrator for a new start.",
        "Ya hay una cuenta con este correo. Entre con ella o pida a quien administra un nuevo comienzo."), nameof(StartForm.Email));
    if (!form.IsValid) return await StartPageAsync(form, link, authenticators, roles, ct);

    var isNew = person is null;
    person ??= Person.Make(email!, form.Values.Name!, link.Roles, now);
    (person.Name, person.LastCodeStep, person.TwoFactorEnabled, person.SignedInAt) = (form.Values.Name!, step!.Value, true, now);
    (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
    person.PasswordHash = people.PasswordHasher.HashPassword(person, form.Values.Password!);
    link.End(now);
    trail.AddOwn(person, isNew ? Trails.AccountMade : Trails.FactorsReset, context, detail: link.Purpose.ToString());
    trail.AddOwn(person, Trails.SignedIn, context, detail: "first sign-in by a link");
    await authenticators.KeepAsync(person, authenticator, ct);
    var codes = await authenticators.NewRecoveryCodesAsync(person, ct);
    // one commit: the link is over when, and only when, the account is there
    try {
      var made = isNew ? await people.CreateAsync(person) : await people.UpdateSecurityStampAsync(person);
      if (!made.Succeeded) return TypedResults.Conflict();
    } catch (DbUpdateConcurrencyException) {
      return TypedResults.NotFound();
    }
    await signIn.SignInAsync(person, isPersistent: false);
    return Pages.Of<CodesPage, CodesModel>(new(codes, IsNew: true));
  }

  private static async Task<IResult> SetPassword(
      string secret, Form<NewPasswordForm> form, HttpContext context, AccountsDb db, UserManager<Person> people, SettingsOnHand settings, StaffTrail trail, TimeProvider clock,
      CancellationToken ct) {
    var now = clock.GetUtcNow();
    if (await db.FindLinkAsync(secret, now, ct) is not { Purpose: LinkPurpose.NewPassword, PersonId: { } id } link
        || await people.FindByIdAsync(id.ToString()) is not { ClosedAt: null } person) return TypedResults.NotFound();
    if (form.Values.Password is { } password && NewPassword.Refuse(password, [person.Email, person.Name, (await settings.GetAsync(ct)).Name.En]) is { } weak)
      form.Reject(weak, nameof(NewPasswordForm.Password));
    if (!form.IsValid) return PasswordPage(form, link);
    person.PasswordHash = people.PasswordHasher.HashPassword(person, form.Values.Password!);
    (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
    link.End(now);
    trail.AddOwn(person, Trails.PasswordChanged, context, detail: "by a link");
    try {
      await people.UpdateSecurityStampAsync(person);
    } catch (DbUpdateConcurrencyException) {
      return TypedResults.NotFound();
    }
    return SeeOther.To("/staff/sign-in?told=password");
  }

  private static async Task<IResult> StartPageAsync(Form<StartForm> form, PersonLink link, NewAuthenticator authenticators, IEnumerable<StaffRole> roles, CancellationToken ct) =>
    Pages.Of<StartPage, StartModel>(new(form, await authenticators.ShowAsync(form.Typed(nameof(StartForm.Secret)), link.PersonLinkId, link.Email ?? "staff", ct), link.Email,
      roles.InWords(link.Roles), Fmt.DateLong(DateOnly.FromDateTime(link.EndsAt.UtcDateTime))), form.Status);

  private static IResult PasswordPage(Form<NewPasswordForm> form, PersonLink link) =>
    Pages.Of<NewPasswordPage, NewPasswordModel>(new(form, link.Email!), form.Status);
}
