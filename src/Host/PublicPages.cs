using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.StaticAssets;
using Porchlight.Kernel.Modules;

namespace Porchlight.Host;

/// <summary>Every page that anyone may open: what is asked once before the program says it is ready, and what the browser tests walk.</summary>
public static class PublicPages {
  private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

  /// <summary>Addresses without a language prefix: the routes that need nothing filled in, then what each module fills in from what is published.</summary>
  public static async Task<IReadOnlyList<string>> ListAsync(IServiceProvider services, CancellationToken ct) {
    var plain = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsPlainPage)
      .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'));
    await using var scope = services.CreateAsyncScope();
    var filled = new List<string>();
    foreach (var module in services.GetRequiredService<IReadOnlyList<IModule>>()) filled.AddRange(await module.PublicPagesAsync(scope.ServiceProvider, ct));
    return [.. plain.Concat(filled).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
  }

  private static bool IsPlainPage(RouteEndpoint endpoint) =>
    endpoint.RoutePattern.Parameters.Count == 0
    && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
    && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true
    && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
    && endpoint.RoutePattern.RawText is { } pattern && !pattern.TrimStart('/').StartsWith("health/", StringComparison.Ordinal);

  /// <summary>
  /// Asks every page in both languages, until each answers: a page 200, anything else (a feed, a file) without an error of ours. What does not answer is
  /// named on <paramref name="error"/> and asked again. Returns false only when told to stop.
  /// </summary>
  internal static async Task<bool> AllAnswerAsync(WebApplication app, Uri url, TextWriter error, CancellationToken ct) {
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, app.Lifetime.ApplicationStopping);
    using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url };
    try {
      for (; ; await Task.Delay(BetweenTries, stop.Token)) {
        var silent = 0;
        foreach (var page in await ListAsync(app.Services, stop.Token)) {
          if (await WrongAsync(client, page, stop.Token) is not { } wrong) continue;
          silent++;
          await error.WriteLineAsync($"Not ready: {page} {wrong}.");
        }
        if (silent == 0) return true;
      }
    } catch (OperationCanceledException) when (stop.IsCancellationRequested) {
      return false;
    }
  }

  private static async Task<string?> WrongAsync(HttpClient client, string page, CancellationToken ct) {
    using var answer = await client.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, ct);
    var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
    return isPage ? (answer.StatusCode == System.Net.HttpStatusCode.OK ? null : $"answers {(int)answer.StatusCode}")
      : (int)answer.StatusCode < 400 ? null : $"answers {(int)answer.StatusCode}";
  }
}
