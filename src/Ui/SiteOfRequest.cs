using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Settings;
using Porchlight.Ui.Assets;
using Porchlight.Ui.Language;

namespace Porchlight.Ui;

/// <summary>Holds the <see cref="Site"/> of one request; made before the page, because a view cannot wait.</summary>
internal sealed class SiteOfRequest(SettingsOnHand department, AssetNames assets, IEnumerable<MenuItem> menu, IEnumerable<FooterLink> footer) {
  private (HttpContext Context, string Language, DepartmentSettings Settings)? _of;

  /// <summary>Made when a page first asks for it: an answer from the cache never does. Null outside a request for a page.</summary>
  public Site? Site => field ??= _of is var (context, language, settings) ? Site.Of(context, language, settings, assets, menu, footer) : null;

  public static async Task Make(HttpContext context, RequestDelegate next) {
    // Files and health checks show no page, and must answer when the database does not
    if (!context.Request.Path.StartsWithSegments("/assets") && !context.Request.Path.StartsWithSegments("/health"))
      await context.RequestServices.GetRequiredService<SiteOfRequest>().Fill(context);
    await next(context);
  }

  private async ValueTask Fill(HttpContext context) => _of = (context, PageLanguage.Current, await department.GetAsync(context.RequestAborted));
}
