using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Porchlight.Ui.Language;

/// <summary>
/// Answers in English or Spanish. A first segment "es" or "en" decides and moves to the path base, so that every link made keeps it.
/// Without one the page answers in place by Accept-Language, English when neither fits. No cookie, no redirect.
/// </summary>
internal static class PageLanguage {
  private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
  private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es");

  public static Task Choose(HttpContext context, RequestDelegate next) {
    var request = context.Request;
    var prefix = Prefix(request.Path, out var rest);
    if (prefix is not null) (request.PathBase, request.Path) = (request.PathBase.Add(prefix), rest.HasValue ? rest : "/");
    var language = prefix?[1..] ?? Accepted(request);
    CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language == "es" ? Spanish : English;
    context.Response.OnStarting(() => {
      context.Response.Headers.ContentLanguage = language;
      if (prefix is null) context.Response.Headers.Append("Vary", "Accept-Language");
      return Task.CompletedTask;
    });
    return next(context);
  }

  /// <summary>The language this request is answered in.</summary>
  public static string Current => Words.IsSpanish ? "es" : "en";

  private static string? Prefix(PathString path, out PathString rest) =>
    path.StartsWithSegments("/es", StringComparison.Ordinal, out rest) ? "/es" : path.StartsWithSegments("/en", StringComparison.Ordinal, out rest) ? "/en" : null;

  private static string Accepted(HttpRequest request) => request.Headers.AcceptLanguage.Count == 0 ? "en" : request.GetTypedHeaders().AcceptLanguage
    .Where(l => l.Quality is not 0)
    .OrderByDescending(l => l.Quality ?? 1)
    .Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant())
    .FirstOrDefault(l => l is "es" or "en") ?? "en";
}
