using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Porchlight.Host.Serving;

/// <summary>
/// Traces and metrics over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to whom; without it nothing is measured. They hold routes and
/// never addresses asked for, questions or people, and nothing at all of <c>/tips</c>: the time of a tip may name its source.
/// </summary>
internal static class TelemetrySetup {
  private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
  private static readonly string? Version = typeof(TelemetrySetup).Assembly.GetName().Version?.ToString(3);

  /// <summary>Adds them where they are asked for. The exporter reads the other OTEL_ variables itself.</summary>
  public static void AddTelemetry(this WebApplicationBuilder builder) {
    if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) return;
    builder.Services.AddOpenTelemetry()
      .ConfigureResource(resource => resource.AddService("porchlight", serviceVersion: Version))
      .WithTracing(traces => traces.AddSource(Kernel.Telemetry.Name, "Microsoft.AspNetCore").AddOtlpExporter())
      .WithMetrics(metrics => metrics.AddMeter([.. Kernel.Telemetry.Meters, .. Meters]).AddOtlpExporter());
  }

  /// <summary>Names each request's trace by its route, and leaves out the tipline's.</summary>
  public static void UseTelemetry(this IApplicationBuilder app) => app.Use(static async (context, next) => {
    if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { } activity) {
      await next(context);
      return;
    }
    if (IsTipline(context.Request.Path)) {
      activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
      if (context.Features.Get<IHttpMetricsTagsFeature>() is { } measured) measured.MetricsDisabled = true;
    }
    await next(context);
    var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
    activity.DisplayName = $"{context.Request.Method} {route}";
    activity.SetTag("http.request.method", context.Request.Method);
    activity.SetTag("http.route", route);
    activity.SetTag("http.response.status_code", context.Response.StatusCode);
  });

  // with a language before it, too
  private static bool IsTipline(PathString path) => path.StartsWithSegments("/tips")
    || ((path.StartsWithSegments("/es", out var rest) || path.StartsWithSegments("/en", out rest)) && rest.StartsWithSegments("/tips"));
}
