namespace Porchlight.Host.Serving;

/// <summary>
/// A HEAD is answered as the GET would be, without its body. Routes are mapped for GET alone, and would answer "not found" to whoever asks with
/// HEAD whether a page is there: link checkers, monitors.
/// </summary>
internal static class HeadRequests {
  public static Task AsGet(HttpContext context, RequestDelegate next) => HttpMethods.IsHead(context.Request.Method) ? WithoutBody(context, next) : next(context);

  private static async Task WithoutBody(HttpContext context, RequestDelegate next) {
    var (request, response) = (context.Request, context.Response);
    var body = response.Body;
    request.Method = HttpMethods.Get;
    response.Body = Stream.Null;
    // the server must know that no body follows
    response.OnStarting(() => { request.Method = HttpMethods.Head; return Task.CompletedTask; });
    try {
      await next(context);
    } finally {
      request.Method = HttpMethods.Head;
      response.Body = body;
    }
  }
}
