using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Accounts.Data;

namespace Porchlight.Accounts.SignIn;

/// <summary>
/// The staff's cookies: set under /staff and, for each language, /es/staff and /en/staff, so that none goes to a public page or to /tips.
/// </summary>
internal sealed class StaffCookies : ICookieManager {
  private static readonly string[] Paths = ["/staff", "/es/staff", "/en/staff"];
  private readonly ChunkingCookieManager _cookies = new();

  public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, key);

  public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) {
    foreach (var path in Paths) _cookies.AppendResponseCookie(context, key, value, new(options) { Path = path });
  }

  public void DeleteCookie(HttpContext context, string key, CookieOptions options) {
    foreach (var path in Paths) _cookies.DeleteCookie(context, key, new(options) { Path = path });
  }
}

/// <summary>How long a session lasts, and what ends it at once.</summary>
internal static class Sessions {
  public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30), Longest = TimeSpan.FromHours(12);
  private const string Began = "began";

  public static void Configure(CookieAuthenticationOptions cookie) {
    (cookie.Cookie.Name, cookie.Cookie.SameSite, cookie.Cookie.HttpOnly, cookie.Cookie.IsEssential) = ("porchlight-staff", SameSiteMode.Lax, true, true);
    (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Idle, true);
    cookie.CookieManager = new StaffCookies();
    cookie.LoginPath = "/staff/sign-in";
    cookie.ReturnUrlParameter = "next";
    cookie.Events.OnSigningIn = context => {
      context.Properties.Items[Began] = context.Options.TimeProvider!.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
      return Task.CompletedTask;
    };
    cookie.Events.OnValidatePrincipal = StillGood;
    cookie.Events.OnRedirectToLogin = context => {
      var request = context.Request;
      var next = HttpMethods.IsGet(request.Method) && request.Path != "/staff" ? "?next=" + Uri.EscapeDataString(request.Path + request.QueryString) : "";
      context.Response.StatusCode = StatusCodes.Status303SeeOther;
      context.Response.Headers.Location = $"{request.PathBase}/staff/sign-in{next}";
      context.Response.Headers.CacheControl = "no-store";
      return Task.CompletedTask;
    };
    cookie.Events.OnRedirectToAccessDenied = context => {
      context.Response.StatusCode = StatusCodes.Status403Forbidden;
      return Task.CompletedTask;
    };
  }

  // The stamp changes with the password, the factors and the roles, and a closed account ends: asked on every request, so that it holds at once.
  private static async Task StillGood(CookieValidatePrincipalContext context) {
    var now = context.Options.TimeProvider!.GetUtcNow();
    var db = context.HttpContext.RequestServices.GetRequiredService<AccountsDb>();
    if (!Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
        || !long.TryParse(context.Properties.Items[Began], out var began) || now.ToUnixTimeSeconds() - began > Longest.TotalSeconds
        || await db.People.AsNoTracking().Where(p => p.Id == id && p.ClosedAt == null).Select(p => p.SecurityStamp).SingleOrDefaultAsync(context.HttpContext.RequestAborted) is not { } stamp
        || stamp != context.Principal.FindFirstValue(PersonClaims.Stamp)) {
      context.RejectPrincipal();
      await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
      return;
    }
    // idle is counted from the last page, to a minute; the cookie's own sliding only begins at half the time
    context.ShouldRenew = now - context.Properties.IssuedUtc > TimeSpan.FromMinutes(1);
  }
}

/// <summary>What a session says about its person.</summary>
internal sealed class PersonClaims : IUserClaimsPrincipalFactory<Person> {
  public const string Stamp = "stamp";

  public Task<ClaimsPrincipal> CreateAsync(Person user) => Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity([
    new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(ClaimTypes.Name, user.Name), new(Stamp, user.SecurityStamp!),
    .. user.Roles.Select(r => new Claim(ClaimTypes.Role, r)),
  ], IdentityConstants.ApplicationScheme)));
}
