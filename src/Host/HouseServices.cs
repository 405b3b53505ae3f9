using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;

namespace Porchlight.Host;

/// <summary>What the web server and the verbs share: one data folder, one database, every module's services.</summary>
public static class HouseServices {
  public static IServiceCollection AddHouse(this IServiceCollection services, DataFolder folder, DatabaseChoice database) {
    services.AddSingleton(TimeProvider.System);
    services.AddSingleton(folder);
    services.AddSingleton(database);
    services.AddSingleton<IReadOnlyList<IModule>>(ModuleList.All);
    services.AddSingleton(s => new WriteGate(database.IsSqlite ? Path.Combine(folder.Root, "write.lock") : null, s.GetRequiredService<TimeProvider>()));
    services.AddDbContext<PlatformDb>(database.Configure);
    services.AddScoped<SettingStore>();
    services.AddScoped<AreaStore>();
    foreach (var module in ModuleList.All) module.AddServices(services);
    return services;
  }

  /// <summary>Opens a data folder for a verb: its database is made or upgraded first.</summary>
  public static async Task<ServiceProvider> OpenAsync(DirectoryInfo data, CancellationToken ct = default) {
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    var folder = new DataFolder(data.FullName);
    StagingFolder.Sweep(folder);
    var services = new ServiceCollection()
      .AddLogging(log => log.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning))
      .AddSingleton<IConfiguration>(configuration)
      .AddHouse(folder, DatabaseChoice.From(configuration["Database"], folder.Root))
      .BuildServiceProvider(validateScopes: true);
    await using var scope = services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<PlatformDb>().MigrateAsync(ct);
    return services;
  }
}
