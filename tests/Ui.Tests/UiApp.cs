using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Porchlight.Kernel.Settings;
using Porchlight.Testing;

namespace Porchlight.Ui.Tests;

/// <summary>A small program around the look: its middleware in the Host's order, and the routes of a test. It has no database, so no department either.</summary>
internal sealed class UiApp : IAsyncDisposable {
  private readonly WebApplication _app;
  private readonly HttpClient _client;

  private UiApp(WebApplication app) {
    _app = app;
    _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(app.Urls.Single()) };
  }

  public static async Task<UiApp> Start(Action<WebApplication> map) {
    var builder = WebApplication.CreateBuilder();
    builder.WebHost.UseUrls("http://127.0.0.1:0");
    builder.Logging.ClearProviders();
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddAuthorization();
    builder.Services.AddSingleton<SettingsOnHand>();
    builder.Services.AddUi();
    builder.Services.AddSingleton(Rendered.Assets);
    var app = builder.Build();
    app.UseUi();
    app.UseRouting();
    app.UseAuthorization();
    app.UseResponseCompression();
    app.UseAntiforgery();
    map(app);
    app.MapUi();
    await app.StartAsync();
    return new(app);
  }

  public async Task<HtmlPage> Get(string path, params (string Name, string Value)[] headers) => await Send(new(HttpMethod.Get, path), headers);

  public async Task<HtmlPage> Send(HttpRequestMessage request, params (string Name, string Value)[] headers) {
    foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
    using var answer = await _client.SendAsync(request);
    return await HtmlPage.ReadAsync(answer);
  }

  public async ValueTask DisposeAsync() {
    _client.Dispose();
    await _app.DisposeAsync();
  }
}
