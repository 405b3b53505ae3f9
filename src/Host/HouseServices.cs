using Microsoft.Extensions.DependencyInjection.Extensions;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.Jobs;
using Porchlight.Kernel.Keys;
using Porchlight.Kernel.Mail;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Trail;

namespace Porchlight.Host;

/// <summary>What the web server and the verbs share: one data folder, one database, every module's services.</summary>
public static class HouseServices {
  /// <summary>Adds them all. The database is read from the configuration (<c>Database</c>) when it is first asked for.</summary>
  public static IServiceCollection AddHouse(this IServiceCollection services, DataFolder folder) {
    services.TryAddSingleton(TimeProvider.System);
    services.AddSingleton(folder);
    services.AddSingleton(s => DatabaseChoice.From(s.GetRequiredService<IConfiguration>()["Database"], folder.Root));
    services.AddSingleton<IReadOnlyList<IModule>>(ModuleList.All);
    services.AddSingleton(s => s.GetRequiredService<DatabaseChoice>().NewGate(folder, s.GetRequiredService<TimeProvider>()));
    services.AddDbContext<PlatformDb>((s, options) => s.GetRequiredService<DatabaseChoice>().Configure(options));
    services.AddBlobs();
    services.AddHouseKeys();
    services.AddScoped<SettingStore>();
    services.AddSingleton<SettingsOnHand>();
    services.AddAreas();
    services.AddScoped<StaffTrail>();
    services.AddOutbox();
    services.AddMail();
    services.AddJobs();
    foreach (var module in ModuleList.All) module.AddServices(services);
    return services;
  }

  /// <summary>Opens a data folder for a verb: its database is made or upgraded first.</summary>
  internal static async Task<ServiceProvider> OpenAsync(
      DirectoryInfo data, IConfiguration configuration, Action<IServiceCollection>? adjust, CancellationToken ct) {
    var collection = new ServiceCollection()
      .AddLogging(log => log.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning))
      .AddSingleton(configuration)
      .AddHouse(new DataFolder(data.FullName));
    adjust?.Invoke(collection);
    var services = collection.BuildServiceProvider(validateScopes: true);
    try {
      await PrepareAsync(services, ct);
      return services;
    } catch {
      await services.DisposeAsync();
      throw;
    }
  }

  /// <summary>What must be true before the first request or verb: an up-to-date database, nothing half-done in staging.</summary>
  internal static async Task PrepareAsync(IServiceProvider services, CancellationToken ct) {
    StagingFolder.Sweep(services.GetRequiredService<DataFolder>());
    services.GetRequiredService<DatabaseChoice>().MakeFile();
    await using var scope = services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<PlatformDb>().MigrateAsync(ct);
  }
}
