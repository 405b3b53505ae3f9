using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Porchlight.Kernel.Settings;

/// <summary>
/// The department's settings for every request: read again after a second, so that a verb beside the server is heard; the last ones known
/// where the database does not answer.
/// </summary>
public sealed class SettingsOnHand(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SettingsOnHand> log) {
  private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
  private volatile Held? _held;

  /// <summary>The settings, at most a second old unless the database is silent.</summary>
  public async ValueTask<DepartmentSettings> GetAsync(CancellationToken ct) {
    if (_held is { } held && (clock.GetUtcNow() - held.At).Duration() < Fresh) return held.Settings;
    try {
      await using var scope = scopes.CreateAsyncScope();
      var settings = await scope.ServiceProvider.GetRequiredService<SettingStore>().LoadAsync(ct);
      _held = new(settings, clock.GetUtcNow());
      return settings;
    } catch (Exception e) when (e is not OperationCanceledException) {
      log.LogWarning(e, "The department's settings could not be read; pages use the last ones known.");
      return _held?.Settings ?? DepartmentSettings.None;
    }
  }

  private sealed record Held(DepartmentSettings Settings, DateTimeOffset At);
}
