using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Logging.Console;
using Porchlight.Host.Serving;
using Porchlight.Kernel.Jobs;
using Porchlight.Kernel.Outbox;
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
    builder.WebHost.ConfigureKestrel(kestrel => {
      kestrel.AddServerHeader = false;
      // forms are small; an endpoint that takes files says so itself
      kestrel.Limits.MaxRequestBodySize = 1 << 20;
      kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    });
    // less than the command line's own patience, so that requests end before the process does
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    // one JSON object a line on the error output; the output says "Ready" and nothing else
    builder.Logging.ClearProviders().AddJsonConsole(o => (o.UseUtcTimestamp, o.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
    builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Porchlight", LogLevel.Information)
      // why a start failed is said by the verb; this would say it first, as a stack trace
      .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    builder.Services.AddHouse(new DataFolder(data.FullName));
    builder.Services.AddOutboxRunner().AddJobRunner();
    builder.Services.AddUi();
    builder.Services.AddRazorComponents();
    builder.Services.AddOutputCache(o => (o.SizeLimit, o.MaximumBodySize, o.DefaultExpirationTimeSpan) = (128 << 20, 2 << 20, TimeSpan.FromHours(1)));
    builder.Services.AddHealthChecks().AddCheck<DatabaseAnswers>("database");
    builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
    builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedIsNotFound>();
    adjust?.Invoke(builder);
    builder.AddTelemetry();
    var app = builder.Build();
    app.UseNamedProxies();
    app.UseTelemetry();
    app.UseMiddleware<RequestWatch>();
    app.Use(HeadRequests.AsGet);
    app.UseUi();
    app.UseRoutingByMethod();
    app.UseAuthentication();
    app.UseAuthorization();
    // inside the cache: a page is compressed when it is made, not each time it is asked for
    app.UseOutputCache();
    app.UseResponseCompression();
    app.UseAntiforgery();
    app.MapStaticAssets().AllowAnonymous();
    app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).WithMetadata(new HttpMethodMetadata(Reading)).AllowAnonymous();
    app.MapHealthChecks("/health/ready").WithMetadata(new HttpMethodMetadata(Reading)).AllowAnonymous();
    app.MapSiteMap();
    app.MapUi();
    foreach (var module in ModuleList.All) module.MapRoutes(app);
    return app;
  }

  /// <summary>A page of the staff's leads to signing in, or says that it is not this person's. Any other that no one may use does not exist.</summary>
  private sealed class RefusedIsNotFound : IAuthorizationMiddlewareResultHandler {
    private readonly AuthorizationMiddlewareResultHandler _usual = new();
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result) {
      if (result.Succeeded || context.Request.Path.StartsWithSegments("/staff", StringComparison.Ordinal)) return _usual.HandleAsync(next, context, policy, result);
      context.Response.StatusCode = StatusCodes.Status404NotFound;
      return Task.CompletedTask;
    }
  }
}
