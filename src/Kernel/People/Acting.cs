using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Porchlight.Kernel.People;

/// <summary>Who acts in a request, and from where: what the trail is told.</summary>
public static class Acting {
  /// <summary>Whoever is signed in. Only for routes of the staff.</summary>
  public static Actor Actor(this HttpContext context) => Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
    ? new(id, context.User.FindFirstValue(ClaimTypes.Name)!) : throw new InvalidOperationException("A route of the staff without a person.");

  /// <summary>The client's address; behind a named proxy, the one that it names.</summary>
  public static string? Address(this HttpContext context) =>
    context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;
}
