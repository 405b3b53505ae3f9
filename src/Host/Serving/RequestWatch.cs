using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;

namespace Porchlight.Host.Serving;

/// <summary>
/// Logs what went wrong or took long: method, route, status, time. Never the address asked for (it may hold a case), its question (it may hold
/// a name) or who asked. The reverse proxy has the full log, if the department keeps one.
/// </summary>
internal sealed class RequestWatch(RequestDelegate next, ILogger<RequestWatch> log) {
  private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

  public async Task InvokeAsync(HttpContext context) {
    var began = Stopwatch.GetTimestamp();
    await next(context);
    var took = Stopwatch.GetElapsedTime(began);
    if (context.Response.StatusCode < StatusCodes.Status500InternalServerError && took < Long) return;
    var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
    var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
    log.LogWarning("{Method} {Route} answered {Status} in {Milliseconds:0} ms", context.Request.Method, route, context.Response.StatusCode, took.TotalMilliseconds);
  }
}
