using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Modules;

namespace Porchlight.Transparency;

/// <summary>Datasets, areas, imports, editions and the public pages made from them.</summary>
public sealed class TransparencyModule : IModule {
  /// <inheritdoc/>
  public string Name => "transparency";

  /// <inheritdoc/>
  public void AddServices(IServiceCollection services) { }

  /// <inheritdoc/>
  public void MapModel(ModelBuilder model) { }

  /// <inheritdoc/>
  public void MapRoutes(IEndpointRouteBuilder routes) => routes.MapGet("/", () => TypedResults.Text("Porchlight")).AllowAnonymous();
}
