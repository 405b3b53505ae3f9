using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Crime;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Demonstration;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency;

/// <summary>Datasets, areas, imports, editions and the public pages made from them.</summary>
public sealed class TransparencyModule : IModule {
  /// <inheritdoc/>
  public string Name => "transparency";

  /// <inheritdoc/>
  public void AddServices(IServiceCollection services) {
    services.AddScoped<TransparencyDb>();
    services.AddSingleton<Shelf>();
  }

  /// <inheritdoc/>
  public void MapModel(ModelBuilder model) {
    Source.Map(model);
    Edition.Map(model);
  }

  /// <inheritdoc/>
  public IEnumerable<Command> Verbs(VerbHost host) => [ImportVerb.Make(host, AreasVerb.Make(host)), PublishVerb.Make(host), VerifyVerb.Make(host), DemoVerb.Make(host)];

  /// <inheritdoc/>
  public void MapRoutes(IEndpointRouteBuilder routes) {
    var everyone = routes.MapGroup("").AllowAnonymous();
    ShowCrime.Map(everyone);
  }
}
