using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Porchlight.Kernel.Storage;
using Porchlight.Ui;

namespace Porchlight.Host;

/// <summary>The web server: middleware in order, then every module's routes. Denies what does not say who may use it.</summary>
public static class WebHouse {
  private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

  /// <summary>Builds it on a data folder; <paramref name="adjust"/> is a test's own services and configuration, over the program's.</summary>
  public static WebApplication Build(DirectoryInfo data, string url, Action<WebApplicationBuilder>? adjust = null) {
    // the name finds the list of static assets, whichever program hosts it
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "porchlight" });
    builder.WebHost.UseUrls(url);
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    builder.Logging.ClearProviders().AddJsonConsole(o => o.UseUtcTimestamp = true);
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Porchlight", LogLevel.Information);
    builder.Services.AddHouse(new DataFolder(data.FullName));
    builder.Services.AddUi();
    builder.Services.AddRazorComponents();
    builder.Services.AddHealthChecks().AddCheck<DatabaseAnswers>("database");
    builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedIsNotFound>();
    adjust?.Invoke(builder);
    var app = builder.Build();
    app.UseUi();
    app.UseRouting();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapStaticAssets().AllowAnonymous();
    app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).WithMetadata(new HttpMethodMetadata(Reading)).AllowAnonymous();
    app.MapHealthChecks("/health/ready").WithMetadata(new HttpMethodMetadata(Reading)).AllowAnonymous();
    app.MapUi();
    foreach (var module in ModuleList.All) module.MapRoutes(app);
    return app;
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
