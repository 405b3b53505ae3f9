using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Porchlight.Ui;

/// <summary>The look's door to the Host: services, middleware in order, and the pages that belong to all.</summary>
public static class UiSetup {
  /// <summary>Registers what layouts and components need.</summary>
  public static IServiceCollection AddUi(this IServiceCollection services) => services;

  /// <summary>Security headers, language, error pages. Before routing.</summary>
  public static WebApplication UseUi(this WebApplication app) => app;

  /// <summary>The not-found page and, in development, the gallery.</summary>
  public static void MapUi(this IEndpointRouteBuilder routes) =>
    routes.Map("{**path}", () => TypedResults.NotFound()).AllowAnonymous();
}
