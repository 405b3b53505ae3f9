using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.StaticAssets;
using Porchlight.Kernel.Modules;

namespace Porchlight.Host;

/// <summary>Every page that anyone may open: what is asked once before the program says it is ready, and what the browser tests walk.</summary>
public static class PublicPages {
  private static readonly string[] Languages = ["", "/en", "/es"];
  private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

  /// <summary>Addresses without a language prefix: the routes that need nothing filled in, then what each module fills in from what is published.</summary>
  public static async Task<IReadOnlyList<string>> ListAsync(IServiceProvider services, CancellationToken ct) => [.. (await FindAsync(services, ct)).Keys];

  // each address, and whether it may be missing: a page without anything to fill in may have nothing to show before something is published
  private static async Task<SortedDictionary<string, bool>> FindAsync(IServiceProvider services, CancellationToken ct) {
    var pages = new SortedDictionary<string, bool>(StringComparer.Ordinal);
    foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsPlainPage))
      pages["/" + endpoint.RoutePattern.RawText!.TrimStart('/')] = true;
    await using var scope = services.CreateAsyncScope();
    foreach (var module in services.GetRequiredService<IReadOnlyList<IModule>>())
      foreach (var filled in await module.PublicPagesAsync(scope.ServiceProvider, ct)) pages[filled] = false;
    return pages;
  }

  private static bool IsPlainPage(RouteEndpoint endpoint) =>
    endpoint.RoutePattern.Parameters.Count == 0
    && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
    && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true
    && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
    // health is for machines, and the staff's door for no search engine
    && endpoint.RoutePattern.RawText?.TrimStart('/').Split('/')[0] is not ("health" or "staff");

  /// <summary>
  /// Asks every page in both languages, until each answers: 200, or "not found" where nothing is published yet. What does not is named on
  /// <paramref name="error"/> and asked again. Returns false only when told to stop.
  /// </summary>
  internal static async Task<bool> AllAnswerAsync(WebApplication app, Uri url, TextWriter error, CancellationToken ct) {
    using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, app.Lifetime.ApplicationStopping);
    using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = url };
    try {
      for (; ; await Task.Delay(BetweenTries, stop.Token)) {
        var silent = 0;
        foreach (var (page, mayBeMissing) in await FindAsync(app.Services, stop.Token)) {
          foreach (var address in Languages.Select(language => language + page)) {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            if (answer.StatusCode == HttpStatusCode.OK || (mayBeMissing && answer.StatusCode == HttpStatusCode.NotFound)) continue;
            silent++;
            await error.WriteLineAsync($"Not ready: {address} answers {(int)answer.StatusCode}.");
          }
        }
        if (silent == 0) return true;
      }
    } catch (OperationCanceledException) when (stop.IsCancellationRequested) {
      return false;
    }
  }
}
