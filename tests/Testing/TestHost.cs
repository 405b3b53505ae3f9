using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Porchlight.Host;
using Porchlight.Kernel.Storage;

namespace Porchlight.Testing;

/// <summary>
/// The program itself on a new data folder and a new, migrated database: its services, its verbs, and once <see cref="Client"/> is asked for, its web
/// server on a free port of this machine. One a test.
/// </summary>
public sealed class TestHost : IAsyncDisposable {
  private readonly TestFolder _folder;
  private readonly TestDatabase _database;
  private readonly bool _ownsDatabase;
  private readonly Action<WebApplicationBuilder>? _adjust;
  private readonly Action<IEndpointRouteBuilder>? _map;
  private readonly Lazy<WebApplication> _app;
  private HttpClient? _client;

  private TestHost(TestFolder folder, TestDatabase database, Action<WebApplicationBuilder>? adjust, Action<IEndpointRouteBuilder>? map, bool ownsDatabase = true) {
    (_folder, _database, _adjust, _map, _ownsDatabase) = (folder, database, adjust, map, ownsDatabase);
    _app = new(Build);
  }

  /// <summary>Makes the folder and the database. Services and server start when first asked for.</summary>
  /// <param name="provider">Which database.</param>
  /// <param name="adjust">Configuration and services of the test's own, over the program's.</param>
  /// <param name="map">Routes of the test's own, beside the program's.</param>
  public static async Task<TestHost> StartAsync(
      Provider provider = Provider.Sqlite, Action<WebApplicationBuilder>? adjust = null, Action<IEndpointRouteBuilder>? map = null) {
    var folder = new TestFolder();
    try {
      return new(folder, await TestDatabase.MakeAsync(provider, folder.Path), adjust, map);
    } catch {
      folder.Dispose();
      throw;
    }
  }

  /// <summary>Another machine: the same PostgreSQL, and an empty data folder of its own. Dispose it before this one.</summary>
  public TestHost SecondNode() {
    if (DatabaseSetting is null) throw new InvalidOperationException("SQLite is one machine's.");
    var second = new TestFolder();
    // placed on each machine by hand
    if (Directory.Exists(_folder["secrets"])) {
      Directory.CreateDirectory(second["secrets"]);
      File.Copy(_folder["secrets/house.key"], second["secrets/house.key"]);
    }
    return new(second, _database, _adjust, _map, ownsDatabase: false);
  }

  /// <summary>What the program's <c>Database</c> setting says: null for SQLite.</summary>
  public string? DatabaseSetting => _database.Setting;

  /// <summary>The program's clock, verbs included.</summary>
  public TestClock Clock { get; } = new();

  /// <summary>The data folder.</summary>
  public DataFolder Folder => Services.GetRequiredService<DataFolder>();

  /// <summary>The web server's services.</summary>
  public IServiceProvider Services => _app.Value.Services;

  /// <summary>Every endpoint that the program maps.</summary>
  public IReadOnlyList<Endpoint> Endpoints => [.. ((IEndpointRouteBuilder)_app.Value).DataSources.SelectMany(source => source.Endpoints)];

  /// <summary>A client of the running web server. It follows no redirect and keeps no cookie.</summary>
  public HttpClient Client => _client ??= NewClient();

  /// <summary>Another client, as another visitor; <paramref name="cookies"/> where it keeps cookies as a browser does.</summary>
  public HttpClient NewClient(bool cookies = false) {
    var app = _app.Value;
    // it has no address before it starts
    if (app.Urls.Count == 0) app.Start();
    return new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies }) { BaseAddress = new(app.Urls.Single()) };
  }

  /// <summary>Works with one service in a scope of its own, as a request would.</summary>
  public async Task<T> UseAsync<TService, T>(Func<TService, Task<T>> use) where TService : notnull {
    await using var scope = Services.CreateAsyncScope();
    return await use(scope.ServiceProvider.GetRequiredService<TService>());
  }

  /// <summary>Works with one service in a scope of its own.</summary>
  public Task UseAsync<TService>(Func<TService, Task> use) where TService : notnull =>
    UseAsync<TService, bool>(async service => { await use(service); return true; });

  /// <summary>Gets a page, whatever its status.</summary>
  public async Task<HtmlPage> GetAsync(string path) {
    using var answer = await Client.GetAsync(path);
    return await HtmlPage.ReadAsync(answer);
  }

  /// <summary>Runs <c>porchlight</c> verbs as at a shell, on this folder and database, beside the web server if it runs.</summary>
  public Task<VerbResult> RunVerbAsync(params string[] args) => RunVerbAsync(null, args);

  /// <summary>Runs a verb with a person at the shell, who answers its questions in order.</summary>
  public Task<VerbResult> RunVerbAnsweringAsync(IEnumerable<string> answers, params string[] args) => RunVerbAsync(new StringReader(string.Join('\n', answers)), args);

  private async Task<VerbResult> RunVerbAsync(TextReader? input, string[] args) {
    var output = new StringWriter();
    var error = new StringWriter();
    var line = new CommandLine(Configuration, output, error, services => services.AddSingleton<TimeProvider>(Clock), input);
    var exit = await line.RunAsync([.. args, "--data", _folder.Path]);
    return new(exit, output.ToString(), error.ToString());
  }

  /// <inheritdoc/>
  public async ValueTask DisposeAsync() {
    _client?.Dispose();
    if (_app.IsValueCreated) {
      await _app.Value.StopAsync();
      await _app.Value.DisposeAsync();
    }
    Microsoft.Data.Sqlite.SqliteConnection.ClearPool(new(DatabaseChoice.From(null, _folder.Path).ConnectionString));
    if (_ownsDatabase) await _database.DisposeAsync();
    _folder.Dispose();
  }

  private IConfiguration Configuration =>
    new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Database"] = _database.Setting }).Build();

  private WebApplication Build() {
    var app = WebHouse.Build(new(_folder.Path), "http://127.0.0.1:0", builder => {
      builder.WebHost.UseStaticWebAssets();
      builder.Logging.ClearProviders();
      builder.Configuration["Database"] = _database.Setting;
      builder.Services.AddSingleton<TimeProvider>(Clock);
      _adjust?.Invoke(builder);
    });
    _map?.Invoke(app);
    return app;
  }
}

/// <summary>What a verb said and how it ended.</summary>
/// <param name="Exit">One of <see cref="Kernel.Verbs.ExitCodes"/>.</param>
/// <param name="Out">Its results.</param>
/// <param name="Error">Its refusal, usage or progress.</param>
public sealed record VerbResult(int Exit, string Out, string Error) {
  /// <summary>Fails the test, showing what was said, unless the verb was done.</summary>
  public VerbResult Done() {
    Assert.True(Exit == 0, $"The verb ended with {Exit}: {Error}{Out}");
    return this;
  }

  /// <summary>Fails the test unless the verb refused, saying <paramref name="what"/> among other things.</summary>
  public VerbResult Refused(string what) {
    Assert.Equal(Kernel.Verbs.ExitCodes.Refused, Exit);
    Assert.Contains(what, Error, StringComparison.Ordinal);
    return this;
  }
}
