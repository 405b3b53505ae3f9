using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Porchlight.Kernel.Outbox;

/// <summary>Sends messages for as long as the web server runs: at once when something was published in this process, else within seconds.</summary>
internal sealed class OutboxRunner(OutboxDispatcher dispatcher, OutboxHandlers handlers, ILogger<OutboxRunner> log) : BackgroundService {
  private const int AtOnce = 4;
  private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

  /// <inheritdoc/>
  protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(stoppingToken)));

  private async Task WorkAsync(CancellationToken stopping) {
    while (!stopping.IsCancellationRequested) {
      var rung = handlers.Rung;
      try {
        if (await dispatcher.RunOneAsync(stopping)) continue;
      } catch (OperationCanceledException) when (stopping.IsCancellationRequested) {
        return;
      } catch (Exception silent) {
        log.LogWarning("Outbox: the database does not answer ({Exception}); asked again in {Seconds} s.", silent.GetType().FullName, Poll.TotalSeconds);
      }
      await rung.WaitAsync(Poll, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
  }
}
