using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Porchlight.Kernel.People;

/// <summary>Routes that only people on the staff reach.</summary>
public static class StaffRoutes {
  /// <summary>A group of routes for whoever is signed in and has one of these roles; with none named, for all of the staff. Their answers are kept nowhere.</summary>
  public static RouteGroupBuilder MapStaff(this IEndpointRouteBuilder routes, params string[] roles) {
    var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser();
    if (roles.Length > 0) policy.RequireRole(roles);
    return routes.MapGroup("/staff").RequireAuthorization(policy.Build()).KeptNowhere();
  }

  /// <summary>Pages of the staff's side that are open: signing in, and links that were given to a person.</summary>
  public static RouteGroupBuilder MapStaffDoor(this IEndpointRouteBuilder routes) => routes.MapGroup("/staff").AllowAnonymous().KeptNowhere();

  private static RouteGroupBuilder KeptNowhere(this RouteGroupBuilder routes) => routes.AddEndpointFilter((context, next) => {
    // a page with a form says so itself, and more
    context.HttpContext.Response.OnStarting(() => {
      context.HttpContext.Response.Headers.TryAdd("Cache-Control", "no-store");
      return Task.CompletedTask;
    });
    return next(context);
  });
}
