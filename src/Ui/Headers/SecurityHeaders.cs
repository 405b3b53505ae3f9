using Microsoft.AspNetCore.Http;
using Porchlight.Ui.Assets;

namespace Porchlight.Ui.Headers;

/// <summary>
/// What every answer says to the browser. No inline script or style anywhere. Headers are written last, so an error page keeps them,
/// and only where an endpoint has not written its own.
/// </summary>
internal static class SecurityHeaders {
  public const string Policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  public static Task Add(HttpContext context, RequestDelegate next) {
    context.Response.OnStarting(() => {
      var headers = context.Response.Headers;
      headers.TryAdd("Content-Security-Policy", Policy);
      headers.TryAdd("X-Content-Type-Options", "nosniff");
      headers.TryAdd("X-Frame-Options", "DENY");
      headers.TryAdd("Referrer-Policy", "strict-origin-when-cross-origin");
      headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
      headers.TryAdd("Permissions-Policy", "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()");
      if (context.Response.StatusCode is 200 or 206 or 304 && AssetNames.IsHashed(context.Request.Path))
        headers.CacheControl = "public, max-age=31536000, immutable";
      return Task.CompletedTask;
    });
    return next(context);
  }
}
