using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency;

/// <summary>Datasets, areas, imports, editions and the public pages made from them.</summary>
public sealed class TransparencyModule : IModule {
  /// <inheritdoc/>
  public string Name => "transparency";

  /// <inheritdoc/>
  public void AddServices(IServiceCollection services) => services.AddScoped<TransparencyDb>();

  /// <inheritdoc/>
  public void MapModel(ModelBuilder model) {
    Source.Map(model);
    Edition.Map(model);
  }

  /// <inheritdoc/>
  public IEnumerable<Command> Verbs(VerbHost host) => [ImportVerb.Make(host), PublishVerb.Make(host), VerifyVerb.Make(host)];

  /// <inheritdoc/>
  public void MapRoutes(IEndpointRouteBuilder routes) => routes.MapGet("/", () => TypedResults.Text("Porchlight")).AllowAnonymous();
}
