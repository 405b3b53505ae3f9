using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Porchlight.Kernel.Storage;
using Porchlight.Ui;

namespace Porchlight.Host;

/// <summary>The web server: middleware in order, then every module's routes. Denies what does not say who may use it.</summary>
public static class WebHouse {
  public static WebApplication Build(DirectoryInfo data, string url, Action<WebApplicationBuilder>? adjust = null) {
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseUrls(url);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    builder.Logging.ClearProviders().AddJsonConsole(o => o.UseUtcTimestamp = true);
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Porchlight", LogLevel.Information).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    var folder = new DataFolder(data.FullName);
    builder.Services.AddHouse(folder, DatabaseChoice.From(builder.Configuration["Database"], folder.Root));
    builder.Services.AddUi();
    builder.Services.AddRazorComponents();
    builder.Services.AddHealthChecks().AddDbContextCheckOf();
    builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedIsNotFound>();
    adjust?.Invoke(builder);
    var app = builder.Build();
    app.UseUi();
    app.UseRouting();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapStaticAssets().AllowAnonymous();
    app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
    app.MapHealthChecks("/health/ready").AllowAnonymous();
    app.MapUi();
    foreach (var module in ModuleList.All) module.MapRoutes(app);
    return app;
  }

  /// <summary>What must be true before the first request: an up-to-date database, nothing half-done in staging.</summary>
  public static async Task PrepareAsync(WebApplication app, CancellationToken ct) {
    StagingFolder.Sweep(app.Services.GetRequiredService<DataFolder>());
    await using var scope = app.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<PlatformDb>().MigrateAsync(ct);
  }

  private static IHealthChecksBuilder AddDbContextCheckOf(this IHealthChecksBuilder checks) {
    checks.Services.AddScoped<DatabaseAnswers>();
    return checks.AddCheck<DatabaseAnswers>("database");
  }

  /// <summary>Until people can sign in, a page that no one may use does not exist.</summary>
  private sealed class RefusedIsNotFound : IAuthorizationMiddlewareResultHandler {
    private readonly AuthorizationMiddlewareResultHandler _usual = new();
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result) {
      if (result.Succeeded) return _usual.HandleAsync(next, context, policy, result);
      context.Response.StatusCode = StatusCodes.Status404NotFound;
      return Task.CompletedTask;
    }
  }
}
