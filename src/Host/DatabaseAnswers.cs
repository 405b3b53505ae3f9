using Microsoft.Extensions.Diagnostics.HealthChecks;
using Porchlight.Kernel.Storage;

namespace Porchlight.Host;

/// <summary>Ready means: the database answers.</summary>
internal sealed class DatabaseAnswers(PlatformDb db) : IHealthCheck {
  public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
    await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database does not answer.");
}
