using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace Porchlight.Host.Serving;

/// <summary>
/// A page asked for by a method that it does not take answers 405 and says which it takes. The not-found page takes every method, so routing
/// itself would say "not found" of a page that is there.
/// </summary>
internal static class WrongMethod {
  private static readonly string[] Asked = [HttpMethods.Get, HttpMethods.Post];
  private static readonly object OnlyRoute = new();

  /// <summary>Routing, and the answer to a method that a page does not take.</summary>
  public static void UseRoutingByMethod(this WebApplication app) {
    app.Use(AnswerAsync);
    app.UseRouting();
    app.Use((context, next) => context.Items.ContainsKey(OnlyRoute) ? Task.CompletedTask : next(context));
  }

  private static async Task AnswerAsync(HttpContext context, RequestDelegate next) {
    var method = context.Request.Method;
    List<string> allowed = [];
    if (!HttpMethods.IsGet(method) && IsNotFoundPage(await FindAsync(method))) {
      foreach (var other in Asked) {
        // what no one may use does not exist
        if (await FindAsync(other) is not { } page || IsNotFoundPage(page) || !SaysWho(page)) continue;
        allowed.Add(other);
        if (HttpMethods.IsGet(other)) allowed.Add(HttpMethods.Head);
      }
    }
    context.SetEndpoint(null);
    context.Request.Method = method;
    if (allowed.Count == 0) {
      await next(context);
      return;
    }
    context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
    context.Response.Headers[HeaderNames.Allow] = string.Join(", ", allowed);

    async Task<Endpoint?> FindAsync(string asked) {
      context.SetEndpoint(null);
      context.Request.Method = asked;
      context.Items[OnlyRoute] = true;
      await next(context);
      context.Items.Remove(OnlyRoute);
      return context.GetEndpoint();
    }
  }

  private static bool IsNotFoundPage(Endpoint? endpoint) => endpoint is RouteEndpoint { RoutePattern.RawText: "{**path}" };

  private static bool SaysWho(Endpoint page) => page.Metadata.GetMetadata<IAllowAnonymous>() is not null || page.Metadata.GetMetadata<IAuthorizeData>() is not null;
}
