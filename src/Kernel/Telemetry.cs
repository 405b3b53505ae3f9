using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Porchlight.Kernel;

/// <summary>What the house says of itself to OpenTelemetry, where an endpoint for it is configured. Names of code only, never of people.</summary>
public static class Telemetry {
  /// <summary>The name of its traces and its metrics.</summary>
  public const string Name = "Porchlight";

  /// <summary>The metrics of the Kernel: its own and its database's.</summary>
  public static readonly IReadOnlyList<string> Meters = [Name, "Npgsql"];

  internal static readonly ActivitySource Source = new(Name);
  private static readonly Meter Meter = new(Name);
  internal static readonly Counter<long> Handled = Meter.CreateCounter<long>("porchlight.outbox.handled", description: "Messages handled");
  internal static readonly Counter<long> Failed = Meter.CreateCounter<long>("porchlight.outbox.failed", description: "Tries of messages that failed");
  internal static readonly Counter<long> JobRuns = Meter.CreateCounter<long>("porchlight.jobs.runs", description: "Runs of jobs, by how they ended");
}
