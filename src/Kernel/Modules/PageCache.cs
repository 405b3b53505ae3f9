using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Porchlight.Kernel.Settings;

namespace Porchlight.Kernel.Modules;

/// <summary>
/// Public pages, made once for each address, question and language, and kept for as long as what they are made of stands. There is nothing to
/// evict: the version is part of the key, so a new edition, a removal by law or a changed setting is another page from its first second, also
/// when a verb in another process made it.
/// </summary>
public static class PageCache {
  /// <summary>Caches the answers of these routes.</summary>
  /// <param name="routes">Routes or a group of them, open to anyone, the same for everyone.</param>
  /// <param name="version">What the pages are made of, as short text: "incidents 4.0". Asked on every request, so it must be at hand.</param>
  public static TBuilder CachePages<TBuilder>(this TBuilder routes, Func<HttpContext, ValueTask<string>> version) where TBuilder : IEndpointConventionBuilder =>
    routes.CacheOutput(policy => policy.AddPolicy<PagePolicy>(), excludeDefaultPolicy: true).WithMetadata(new PageVersion(version));

  private sealed record PageVersion(Func<HttpContext, ValueTask<string>> Of);

  /// <summary>Which answers are kept, and under what key.</summary>
  internal sealed class PagePolicy : IOutputCachePolicy {
    private static readonly string Program = typeof(PagePolicy).Assembly.ManifestModule.ModuleVersionId.ToString("N");
    private static readonly ConcurrentDictionary<(string Made, string Settings, string Language), string> Tags = [];

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation) {
      var request = context.HttpContext.Request;
      // a visitor who carries a cookie or a credential may be shown what others are not
      var plain = HttpMethods.IsGet(request.Method) && StringValues.IsNullOrEmpty(request.Headers.Cookie) && StringValues.IsNullOrEmpty(request.Headers.Authorization);
      context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = plain;
      if (!plain) return;
      var made = context.HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<PageVersion>();
      var settings = await context.HttpContext.RequestServices.GetRequiredService<SettingsOnHand>().GetAsync(cancellation);
      var tag = TagOf(await made.Of(context.HttpContext), settings.Version, CultureInfo.CurrentUICulture.Name);
      context.CacheVaryByRules.QueryKeys = "*";
      context.CacheVaryByRules.VaryByValues["version"] = tag + Encoding(request.Headers.AcceptEncoding);
      var response = context.HttpContext.Response;
      // browsers keep it too, and ask each time whether it still stands: most answers are then an empty 304. Set before the page is made,
      // because the cache takes the headers at its first byte
      response.Headers.CacheControl = "public, no-cache";
      response.Headers.ETag = tag;
      response.OnStarting(() => {
        if (response.StatusCode != StatusCodes.Status304NotModified && !MayKeep(response)) (response.Headers.CacheControl, response.Headers.ETag) = ("no-store", default);
        return Task.CompletedTask;
      });
    }

    // few versions stand at a time, and a hash costs as much as the rest of an answer from the cache
    private static string TagOf(string made, string settings, string language) {
      if (Tags.Count > 64) Tags.Clear();
      return Tags.GetOrAdd((made, settings, language),
        v => $"W/\"{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Program} {v.Made} {v.Settings} {v.Language}")))[..20]}\"");
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => default;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) {
      context.AllowCacheStorage = MayKeep(context.HttpContext.Response);
      return default;
    }

    private static bool MayKeep(HttpResponse response) => response.StatusCode == StatusCodes.Status200OK && StringValues.IsNullOrEmpty(response.Headers.SetCookie);

    // the compressed answer is what is kept, so that it is compressed once; the spellings of the header are many, the answers three
    private static string Encoding(StringValues accepted) => accepted.ToString() is var a && a.Contains("br", StringComparison.Ordinal) ? "br"
      : a.Contains("gzip", StringComparison.Ordinal) ? "gzip" : "";
  }
}
