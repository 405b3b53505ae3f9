using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Ui.Assets;
using Porchlight.Ui.Language;

namespace Porchlight.Ui;

/// <summary>Holds the <see cref="Site"/> of one request; made before the page, because a view cannot wait.</summary>
internal sealed class SiteOfRequest(
    SettingsOnHand department, AssetNames assets, IEnumerable<MenuItem> menu, IEnumerable<FooterLink> footer, IEnumerable<StaffMenuItem> staffMenu, IEnumerable<StaffRole> roles) {
  private (HttpContext Context, string Language, DepartmentSettings Settings)? _of;

  /// <summary>Made when a page first asks for it: an answer from the cache never does. Null outside a request for a page.</summary>
  public Site? Site => field ??= _of is var (context, language, settings) ? Make(Site.Of(context, language, settings, assets, menu, footer), context) : null;

  private Site Make(Site site, HttpContext context) => SignedIn.Of(context.User, roles) is not { } me ? site : site with {
    Me = me,
    StaffMenu = [.. staffMenu.Where(i => i.Roles.Count == 0 || i.Roles.Any(me.Roles.Contains)).OrderBy(i => i.Order)],
  };

  public static async Task Make(HttpContext context, RequestDelegate next) {
    // Files and health checks show no page, and must answer when the database does not
    if (!context.Request.Path.StartsWithSegments("/assets") && !context.Request.Path.StartsWithSegments("/health"))
      await context.RequestServices.GetRequiredService<SiteOfRequest>().Fill(context);
    await next(context);
  }

  private async ValueTask Fill(HttpContext context) => _of = (context, PageLanguage.Current, await department.GetAsync(context.RequestAborted));
}
