using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Porchlight.Accounts.Data;
using Porchlight.Kernel;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.SignIn;

/// <summary>Password and authenticator, or a passkey alone.</summary>
internal static class SignInStaff {
  // the same words for a name nobody has, a wrong password, a locked or a closed account: whoever guesses learns nothing
  private static readonly Problem Refused = new(
    "That email and password do not open an account. Check both. After five wrong tries an account is locked for 15 minutes.",
    "Ese correo y esa contraseña no abren ninguna cuenta. Revise los dos. Tras cinco intentos fallidos, la cuenta se bloquea 15 minutos.");
  private static readonly Problem WrongCode = new(
    "That code is not right, or was used before. Enter the code that the app shows now.",
    "Ese código no es correcto o ya se usó. Escriba el código que la aplicación muestra ahora.");
  private static readonly Problem NoPasskey = new(
    "That passkey does not open an account. Sign in with your password instead.",
    "Esa llave de acceso no abre ninguna cuenta. Entre con su contraseña.");
  private static readonly Problem Busy = new(
    "Too many people are trying to sign in. Wait a minute, then try again.",
    "Demasiadas personas intentan entrar. Espere un minuto y vuelva a intentarlo.");

  public static void Map(RouteGroupBuilder door, RouteGroupBuilder staff) {
    door.MapGet("/sign-in", (HttpContext context, string? next, string? told) => context.User.Identity?.IsAuthenticated == true ? SeeOther.To("/staff") : (IResult)Page(new(new() { Next = next }), told));
    door.MapPost("/sign-in", ByPassword);
    door.MapGet("/sign-in/code", AskCode);
    door.MapPost("/sign-in/code", ByCode);
    door.MapPost("/sign-in/passkey-question", Question);
    door.MapPost("/sign-in/passkey", ByPasskey);
    staff.MapPost("/sign-out", SignOut);
  }

  private static async Task<IResult> ByPassword(
      Form<SignInForm> form, HttpContext context, SignInManager<Person> signIn, PasswordChecks checks, AccountsDb db, StaffTrail trail, CancellationToken ct) {
    if (!form.IsValid) return Page(form);
    using var turn = await checks.TakeTurnAsync(context.Address(), ct);
    if (turn is null) {
      form.Reject(Busy);
      return Page(form, status: StatusCodes.Status429TooManyRequests);
    }
    var person = await signIn.UserManager.FindByEmailAsync(form.Values.Email!);
    var result = SignInResult.Failed;
    if (person is { ClosedAt: null, PasswordHash: not null, LockoutEnd: null } || person is { ClosedAt: null, PasswordHash: not null } && !await signIn.UserManager.IsLockedOutAsync(person))
      result = await signIn.PasswordSignInAsync(person, form.Values.Password!, isPersistent: false, lockoutOnFailure: true);
    else
      checks.SpendTheSame(form.Values.Password!);
    if (result.RequiresTwoFactor) return SeeOther.To(With("/staff/sign-in/code", form.Values.Next));
    // no account is without a second factor; one that were would not be let in
    if (result.Succeeded) await signIn.SignOutAsync();
    trail.Add(null, Trails.SignInRefused, form.Values.Email!, TrailOutcome.Refused, context.Address(), person is null ? "no such account" : person.ClosedAt is not null ? "closed account" : result.IsLockedOut || person.LockoutEnd is not null ? "locked" : "password");
    if (result.IsLockedOut) trail.Add(null, Trails.Locked, person!.Email!, from: context.Address(), detail: "five failures");
    await db.SaveAsync(ct);
    form.Reject(Refused);
    return Page(form);
  }

  private static async Task<IResult> AskCode(SignInManager<Person> signIn, string? next) =>
    await signIn.GetTwoFactorAuthenticationUserAsync() is null ? SeeOther.To("/staff/sign-in") : CodePage(new(new() { Next = next }));

  private static async Task<IResult> ByCode(
      Form<CodeForm> form, HttpContext context, SignInManager<Person> signIn, AccountsDb db, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { ClosedAt: null } person) return SeeOther.To("/staff/sign-in");
    if (!form.IsValid) return CodePage(form);
    var typed = new string([.. form.Values.Code!.Where(char.IsLetterOrDigit)]);
    var isCode = typed.Length == 6 && typed.All(char.IsAsciiDigit);
    // Identity's recovery codes are written with a hyphen in the middle
    var result = isCode ? await signIn.TwoFactorAuthenticatorSignInAsync(typed, isPersistent: false, rememberClient: false)
      : await signIn.UserManager.IsLockedOutAsync(person) ? SignInResult.LockedOut
      : await signIn.TwoFactorRecoveryCodeSignInAsync(typed.Length == 10 ? $"{typed[..5]}-{typed[5..]}".ToUpperInvariant() : typed);
    if (result.Succeeded) {
      person.SignedInAt = clock.GetUtcNow();
      trail.AddOwn(person, Trails.SignedIn, context, detail: isCode ? "password and authenticator" : "password and recovery code");
      await db.SaveAsync(ct);
      return SeeOther.To(Local(form.Values.Next));
    }
    // Identity counts wrong digits as failures; wrong recovery codes it does not
    if (!isCode && !result.IsLockedOut) await signIn.UserManager.AccessFailedAsync(person);
    trail.AddOwn(person, Trails.SignInRefused, context, TrailOutcome.Refused, result.IsLockedOut ? "locked" : isCode ? "authenticator" : "recovery code");
    await db.SaveAsync(ct);
    form.Reject(WrongCode, nameof(CodeForm.Code));
    return CodePage(form);
  }

  private static async Task<IResult> Question(Form<PasskeyQuestionForm> form, SignInManager<Person> signIn) =>
    form.IsStale ? TypedResults.BadRequest() : TypedResults.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

  private static async Task<IResult> ByPasskey(
      Form<PasskeyForm> form, HttpContext context, SignInManager<Person> signIn, AccountsDb db, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    var again = new Form<SignInForm>(new() { Next = form.Values.Next });
    if (!form.IsValid || form.Values.Credential is null) {
      again.Reject(NoPasskey);
      return Page(again);
    }
    var answer = await signIn.PerformPasskeyAssertionAsync(form.Values.Credential);
    // a passkey that did not ask for a finger, a face or a code is one factor only
    if (answer is { Succeeded: true, User: { ClosedAt: null } person, Passkey: { IsUserVerified: true } passkey } && !await signIn.UserManager.IsLockedOutAsync(person)) {
      person.SignedInAt = clock.GetUtcNow();
      trail.AddOwn(person, Trails.SignedIn, context, detail: "passkey");
      await signIn.UserManager.AddOrUpdatePasskeyAsync(person, passkey);
      await signIn.SignInAsync(person, isPersistent: false);
      return SeeOther.To(Local(form.Values.Next));
    }
    trail.Add(null, Trails.SignInRefused, answer.User?.Email ?? "passkey", TrailOutcome.Refused, context.Address(), "passkey");
    await db.SaveAsync(ct);
    again.Reject(NoPasskey);
    return Page(again);
  }

  private static async Task<IResult> SignOut(Form<PasskeyQuestionForm> form, HttpContext context, SignInManager<Person> signIn, AccountsDb db, StaffTrail trail, CancellationToken ct) {
    if (form.IsStale) return SeeOther.To("/staff");
    if (await signIn.UserManager.GetUserAsync(context.User) is { } person) {
      trail.AddOwn(person, Trails.SignedOut, context);
      await db.SaveAsync(ct);
    }
    await signIn.SignOutAsync();
    return SeeOther.To("/staff/sign-in?told=out");
  }

  /// <summary>The page asked for before signing in, if it is one of the staff's.</summary>
  private static string Local(string? next) => next is not null && (next == "/staff" || next.StartsWith("/staff/", StringComparison.Ordinal)) && !next.Contains('\\') ? next : "/staff";

  private static string With(string path, string? next) => Local(next) is var local && local == "/staff" ? path : $"{path}?next={Uri.EscapeDataString(local)}";

  private static RazorComponentResult Page(Form<SignInForm> form, string? told = null, int? status = null) =>
    Pages.Of<SignInPage, SignInModel>(new(form, told is "out" or "link" or "no-mail" or "password" ? told : null), status ?? form.Status);

  private static RazorComponentResult CodePage(Form<CodeForm> form) => Pages.Of<CodePage, CodeModel>(new(form), form.Status);
}
