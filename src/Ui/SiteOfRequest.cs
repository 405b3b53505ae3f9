using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Porchlight.Kernel.Settings;
using Porchlight.Ui.Assets;
using Porchlight.Ui.Language;

namespace Porchlight.Ui;

/// <summary>Holds the <see cref="Site"/> of one request; made before the page, because a view cannot wait.</summary>
internal sealed class SiteOfRequest(DepartmentOnHand department, AssetNames assets, IEnumerable<MenuItem> menu, IEnumerable<FooterLink> footer) {
  public Site? Site { get; private set; }

  public static async Task Make(HttpContext context, RequestDelegate next) {
    // Files and health checks show no page, and must answer when the database does not
    if (!context.Request.Path.StartsWithSegments("/assets") && !context.Request.Path.StartsWithSegments("/health"))
      await context.RequestServices.GetRequiredService<SiteOfRequest>().Fill(context);
    await next(context);
  }

  private async Task Fill(HttpContext context) =>
    Site = Site.Of(context, PageLanguage.Current, await department.Get(context.RequestAborted), assets, menu, footer);
}

/// <summary>The department's settings, read again after a few seconds; the last ones known where the database does not answer.</summary>
internal sealed class DepartmentOnHand(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DepartmentOnHand> log) {
  private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
  private volatile Held? _held;

  public async ValueTask<DepartmentSettings> Get(CancellationToken ct) {
    if (_held is { } held && (clock.GetUtcNow() - held.At).Duration() < Fresh) return held.Settings;
    try {
      await using var scope = scopes.CreateAsyncScope();
      var settings = await scope.ServiceProvider.GetRequiredService<SettingStore>().LoadAsync(ct);
      _held = new(settings, clock.GetUtcNow());
      return settings;
    } catch (Exception e) when (e is not OperationCanceledException) {
      log.LogWarning(e, "The department's settings could not be read; pages use the last ones known.");
      return _held?.Settings ?? DepartmentSettings.None;
    }
  }

  private sealed record Held(DepartmentSettings Settings, DateTimeOffset At);
}
