using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Porchlight.Kernel;

namespace Porchlight.Host.Serving;

/// <summary>
/// The reverse proxies whose word is taken for a visitor's address and for https: the <c>Proxies</c> setting, addresses or networks parted by
/// commas ("10.0.0.5, 10.1.0.0/16"). Without it no forwarded header is believed: anyone could write one.
/// </summary>
internal static class Proxies {
  public static void UseNamedProxies(this WebApplication app) {
    if (Options(app.Configuration["Proxies"]) is { } options) app.UseForwardedHeaders(options);
  }

  /// <summary>Null where no proxy is named. <see cref="RefusedException"/> where one is not an address.</summary>
  public static ForwardedHeadersOptions? Options(string? setting) {
    if (string.IsNullOrWhiteSpace(setting)) return null;
    // a chain of named proxies is followed to its first one that is not named
    var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
    options.KnownProxies.Clear();
    options.KnownIPNetworks.Clear();
    foreach (var named in setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) {
      if (IPAddress.TryParse(named, out var address)) options.KnownProxies.Add(address);
      else if (System.Net.IPNetwork.TryParse(named, out var network)) options.KnownIPNetworks.Add(network);
      else throw new RefusedException($"Proxies: \"{named}\" is not an address or a network. Write 10.0.0.5 or 10.1.0.0/16, several parted by commas.");
    }
    return options;
  }
}
