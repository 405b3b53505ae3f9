using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Porchlight.Ui.Errors;

/// <summary>A whole page for every refusal and every fault: whose fault, what is safe, what next, whom to call.</summary>
internal static class ErrorPages {
  /// <summary>The page for the status an endpoint or the pipeline set without writing anything.</summary>
  public static async Task Show(HttpContext context) {
    var status = context.Response.StatusCode;
    var wantsPage = context.Request.GetTypedHeaders().Accept is { Count: > 0 } accept && accept.Any(a => a.MediaType == "text/html" || a.MediaType == "application/xhtml+xml");
    var kind = ErrorPageModel.KindOf(status);
    context.Response.Headers[HeaderNames.CacheControl] = "no-store";
    if (!wantsPage || HttpMethods.IsHead(context.Request.Method)) {
      context.Response.ContentType = "text/plain; charset=utf-8";
      if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.WriteAsync(Wording.Texts.Of(typeof(ErrorPages))[$"error.{kind}.title"] + "\n");
      return;
    }
    await Pages.Of<ErrorPage, ErrorPageModel>(new(kind), status).ExecuteAsync(context);
  }

  /// <summary>The page for an exception nobody caught: our fault. The framework has logged it and set 500 (or 4xx for a bad request).</summary>
  public static Task ShowFault(HttpContext context) => Show(context);
}

/// <summary>Which error page.</summary>
/// <param name="Kind">The word in its texts: missing, refused, many, unclear, fault.</param>
public sealed record ErrorPageModel(string Kind) {
  internal static string KindOf(int status) => status switch {
    404 or 410 => "missing",
    401 or 403 => "refused",
    429 => "many",
    >= 500 => "fault",
    _ => "unclear",
  };
}
