using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Porchlight.Testing;

namespace Porchlight.Host.Tests.Serving;

public sealed class TelemetryTests {
  [Fact]
  public async Task Without_an_endpoint_nothing_is_measured() {
    await using var host = await TestHost.StartAsync();
    Assert.Null(host.Services.GetService<TracerProvider>());
    Assert.Null(host.Services.GetService<MeterProvider>());
  }

  [Fact]
  public async Task With_an_endpoint_traces_and_metrics_name_routes_and_never_people_nor_the_tipline() {
    await using var collector = await Collector.StartAsync();
    await using var host = await TestHost.StartAsync(adjust: builder => {
      builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
      builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
    }, map: routes => {
      routes.MapGet("/cases/{number}", (string number) => number).AllowAnonymous();
      routes.MapGet("/tips/{box}", (string box) => box).AllowAnonymous();
    });
    Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/cases/case-2026-17?who=Rosa")).StatusCode);
    foreach (var language in (string[])["", "/es"]) Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync($"{language}/tips/box-9")).StatusCode);
    Assert.True(host.Services.GetRequiredService<TracerProvider>().ForceFlush(30_000));
    Assert.True(host.Services.GetRequiredService<MeterProvider>().ForceFlush(30_000));
    await Wait.UntilAsync(() => collector.Has("/v1/traces") && collector.Has("/v1/metrics"));
    Assert.Contains("GET /cases/{number}", collector.Text("/v1/traces"), StringComparison.Ordinal);
    Assert.Contains("http.server.request.duration", collector.Text("/v1/metrics"), StringComparison.Ordinal);
    Assert.Contains("/cases/{number}", collector.Text("/v1/metrics"), StringComparison.Ordinal);
    foreach (var sent in (string[])["/v1/traces", "/v1/metrics"]) {
      Assert.Contains("porchlight", collector.Text(sent), StringComparison.Ordinal);
      foreach (var secret in (string[])["case-2026-17", "Rosa", "tips", "box-9", "client.address", "url.path", "url.query"]) Assert.DoesNotContain(secret, collector.Text(sent), StringComparison.Ordinal);
    }
  }

  /// <summary>What a collector is sent: protocol buffers, in which texts stand as they are.</summary>
  private sealed class Collector(WebApplication app, ConcurrentDictionary<string, StringBuilder> got) : IAsyncDisposable {
    public string Address => app.Urls.Single();
    public bool Has(string path) => got.ContainsKey(path);
    public string Text(string path) { lock (got[path]) return got[path].ToString(); }

    public static async Task<Collector> StartAsync() {
      var got = new ConcurrentDictionary<string, StringBuilder>();
      var builder = WebApplication.CreateSlimBuilder();
      builder.WebHost.UseUrls("http://127.0.0.1:0");
      builder.Logging.ClearProviders();
      var app = builder.Build();
      app.MapPost("{**path}", async (HttpContext context) => {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = got.GetOrAdd(context.Request.Path, _ => new());
        lock (text) text.Append(Encoding.Latin1.GetString(body.ToArray()));
      });
      await app.StartAsync();
      return new(app, got);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
  }
}
