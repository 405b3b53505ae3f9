using System.Buffers.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.Links;
using Porchlight.Accounts.SignIn;
using Porchlight.Kernel;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts.Own;

/// <summary>One's own password, authenticator, recovery codes and passkeys. Whoever changes one says the password again.</summary>
internal static class KeepOwnAccount {
  private static readonly Problem WrongPassword = new("That is not your password now.", "Esa no es su contraseña actual.");
  private static readonly Problem NotMade = new("The browser made no passkey. Try again, or use another device.", "El navegador no creó ninguna llave. Inténtelo de nuevo o use otro dispositivo.");

  public static void Map(RouteGroupBuilder staff) {
    staff.MapGet("/me", Show);
    staff.MapGet("/me/password", () => PasswordPage(new()));
    staff.MapPost("/me/password", SetPassword);
    staff.MapGet("/me/authenticator", async (HttpContext context, UserManager<Person> people, NewAuthenticator authenticators, CancellationToken ct) =>
      await AuthenticatorPageAsync(new(), await people.MeAsync(context), authenticators, ct));
    staff.MapPost("/me/authenticator", SetAuthenticator);
    staff.MapGet("/me/recovery-codes", () => Pages.Of<OwnCodesPage, OwnCodesModel>(new(new Form<OwnCodesForm>())));
    staff.MapPost("/me/recovery-codes", MakeCodes);
    staff.MapGet("/me/passkey", () => PasskeyPage(new()));
    staff.MapPost("/me/passkey-question", PasskeyQuestion);
    staff.MapPost("/me/passkey", AddPasskey);
    staff.MapPost("/me/passkey/remove", RemovePasskey);
  }

  private static async Task<IResult> Show(HttpContext context, UserManager<Person> people, IEnumerable<StaffRole> roles, string? told) {
    var me = await people.MeAsync(context);
    var passkeys = await people.GetPasskeysAsync(me);
    return Pages.Of<OwnPage, OwnModel>(new(me.Email!, roles.InWords(me.Roles),
      [.. passkeys.OrderBy(k => k.CreatedAt).Select(k => new PasskeyModel(Base64Url.EncodeToString(k.CredentialId), k.Name ?? "", Fmt.Date(DateOnly.FromDateTime(k.CreatedAt.UtcDateTime))))],
      await people.CountRecoveryCodesAsync(me), told is "password" or "authenticator" or "passkey" or "passkey-removed" ? told : null));
  }

  private static async Task<IResult> SetPassword(
      Form<OwnPasswordForm> form, HttpContext context, SignInManager<Person> signIn, PasswordChecks checks, SettingsOnHand settings, StaffTrail trail, CancellationToken ct) {
    var me = await signIn.UserManager.MeAsync(context);
    if (form.Values.Password is { } password && NewPassword.Refuse(password, [me.Email, me.Name, (await settings.GetAsync(ct)).Name.En]) is { } weak)
      form.Reject(weak, nameof(OwnPasswordForm.Password));
    if (!form.IsValid || !await IsMineAsync(form, form.Values.Current, me, context, signIn, checks, ct)) return PasswordPage(form);
    me.PasswordHash = signIn.UserManager.PasswordHasher.HashPassword(me, form.Values.Password!);
    return await DoneAsync(me, Trails.PasswordChanged, "password", context, signIn, trail);
  }

  private static async Task<IResult> SetAuthenticator(
      Form<OwnAuthenticatorForm> form, HttpContext context, SignInManager<Person> signIn, PasswordChecks checks, NewAuthenticator authenticators, StaffTrail trail, TimeProvider clock,
      CancellationToken ct) {
    var me = await signIn.UserManager.MeAsync(context);
    var secret = authenticators.Read(form.Values.Secret, me.Id);
    if (secret is null) return await AuthenticatorPageAsync(form, me, authenticators, ct);
    var step = OneTimeCodes.StepOf(secret, new([.. (form.Values.Code ?? "").Where(char.IsAsciiDigit)]), clock.GetUtcNow(), 0);
    if (form.Values.Code is not null && step is null) form.Reject(UseLink.WrongFirstCode, nameof(OwnAuthenticatorForm.Code));
    if (!form.IsValid || !await IsMineAsync(form, form.Values.Current, me, context, signIn, checks, ct)) return await AuthenticatorPageAsync(form, me, authenticators, ct);
    await authenticators.KeepAsync(me, secret, ct);
    me.LastCodeStep = step!.Value;
    return await DoneAsync(me, Trails.AuthenticatorChanged, "authenticator", context, signIn, trail);
  }

  private static async Task<IResult> MakeCodes(
      Form<OwnCodesForm> form, HttpContext context, SignInManager<Person> signIn, PasswordChecks checks, NewAuthenticator authenticators, StaffTrail trail, CancellationToken ct) {
    var me = await signIn.UserManager.MeAsync(context);
    if (!form.IsValid || !await IsMineAsync(form, form.Values.Current, me, context, signIn, checks, ct)) return Pages.Of<OwnCodesPage, OwnCodesModel>(new(form), form.Status);
    var codes = await authenticators.NewRecoveryCodesAsync(me, ct);
    trail.AddOwn(me, Trails.RecoveryCodesMade, context);
    await signIn.UserManager.UpdateAsync(me);
    return Pages.Of<CodesPage, CodesModel>(new(codes, IsNew: false));
  }

  private static async Task<IResult> PasskeyQuestion(Form<PasskeyQuestionForm> form, HttpContext context, SignInManager<Person> signIn) {
    if (form.IsStale) return TypedResults.BadRequest();
    var me = await signIn.UserManager.MeAsync(context);
    return TypedResults.Text(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = me.Id.ToString(), Name = me.Email!, DisplayName = me.Name }), "application/json");
  }

  private static async Task<IResult> AddPasskey(Form<OwnPasskeyForm> form, HttpContext context, SignInManager<Person> signIn, PasswordChecks checks, StaffTrail trail, CancellationToken ct) {
    var me = await signIn.UserManager.MeAsync(context);
    if (!form.IsValid || !await IsMineAsync(form, form.Values.Current, me, context, signIn, checks, ct)) return PasskeyPage(form);
    if (form.Values.Credential is null || await signIn.PerformPasskeyAttestationAsync(form.Values.Credential) is not { Succeeded: true, Passkey: { IsUserVerified: true } made }) {
      form.Reject(NotMade);
      return PasskeyPage(form);
    }
    made.Name = form.Values.Name;
    trail.AddOwn(me, Trails.PasskeyAdded, context, detail: made.Name);
    await signIn.UserManager.AddOrUpdatePasskeyAsync(me, made);
    return SeeOther.To("/staff/me?told=passkey");
  }

  private static async Task<IResult> RemovePasskey(Form<RemovePasskeyForm> form, HttpContext context, UserManager<Person> people, StaffTrail trail) {
    var me = await people.MeAsync(context);
    if (!form.IsValid || form.Values.Id is null || !Base64Url.IsValid(form.Values.Id)) return SeeOther.To("/staff/me");
    trail.AddOwn(me, Trails.PasskeyRemoved, context);
    await people.RemovePasskeyAsync(me, Base64Url.DecodeFromChars(form.Values.Id));
    return SeeOther.To("/staff/me?told=passkey-removed");
  }

  // other sessions end with the stamp; this one goes on
  private static async Task<IResult> DoneAsync(Person me, string action, string told, HttpContext context, SignInManager<Person> signIn, StaffTrail trail) {
    trail.AddOwn(me, action, context);
    await signIn.UserManager.UpdateSecurityStampAsync(me);
    await signIn.RefreshSignInAsync(me);
    return SeeOther.To($"/staff/me?told={told}");
  }

  private static async Task<bool> IsMineAsync(FormState form, string? password, Person me, HttpContext context, SignInManager<Person> signIn, PasswordChecks checks, CancellationToken ct) {
    using var turn = await checks.TakeTurnAsync(context.Address(), ct);
    // wrong tries lock the account here too: someone else may sit at the desk
    if (turn is not null && (await signIn.CheckPasswordSignInAsync(me, password!, lockoutOnFailure: true)).Succeeded) return true;
    form.Reject(WrongPassword, "Current");
    return false;
  }

  private static RazorComponentResult PasswordPage(Form<OwnPasswordForm> form) => Pages.Of<OwnPasswordPage, OwnPasswordModel>(new(form), form.Status);

  private static async Task<IResult> AuthenticatorPageAsync(Form<OwnAuthenticatorForm> form, Person me, NewAuthenticator authenticators, CancellationToken ct) =>
    Pages.Of<OwnAuthenticatorPage, OwnAuthenticatorModel>(new(form, await authenticators.ShowAsync(form.Typed(nameof(OwnAuthenticatorForm.Secret)), me.Id, me.Email!, ct)), form.Status);

  private static RazorComponentResult PasskeyPage(Form<OwnPasskeyForm> form) => Pages.Of<OwnPasskeyPage, OwnPasskeyModel>(new(form), form.Status);
}
