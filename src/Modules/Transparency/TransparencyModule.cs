using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Areas;
using Porchlight.Contracts.Accounts;
using Porchlight.Kernel.People;
using Porchlight.Transparency.Approvals;
using Porchlight.Ui;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Areas;
using Porchlight.Transparency.Crime;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Demonstration;
using Porchlight.Transparency.Dictionary;
using Porchlight.Transparency.EditionList;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Home;
using Porchlight.Transparency.Hub;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.ResponseTimes;

namespace Porchlight.Transparency;

/// <summary>Datasets, areas, imports, editions and the public pages made from them.</summary>
public sealed class TransparencyModule : IModule {
  /// <inheritdoc/>
  public string Name => "transparency";

  /// <inheritdoc/>
  public void AddServices(IServiceCollection services) {
    services.AddScoped<TransparencyDb>();
    services.AddSingleton<PublishedStore>();
    services.AddSingleton<Shelf>();
    services.AddPublicMenu();
    services.AddScoped<IWhatWaits, EditionsWait>();
    services.AddStaffMenuItem(new("editions", new("Editions", "Ediciones"), "/staff/numbers/editions", 20, StaffRoles.Steward, StaffRoles.InformationOfficer));
  }

  /// <inheritdoc/>
  public void MapModel(ModelBuilder model) {
    Source.Map(model);
    Edition.Map(model);
    PreparedEdition.Map(model);
  }

  /// <inheritdoc/>
  public IEnumerable<Command> Verbs(VerbHost host) => [ImportVerb.Make(host, AreasVerb.Make(host), ProtectedAddresses.MakeVerb(host)), PublishVerb.Make(host), VerifyVerb.Make(host), DemoVerb.Make(host)];

  /// <inheritdoc/>
  public async Task<IReadOnlyList<string>> PublicPagesAsync(IServiceProvider services, CancellationToken ct) =>
    (await AreaList.ReadAsync(services.GetRequiredService<Shelf>(), ct)).SamplePages;

  /// <inheritdoc/>
  public void MapRoutes(IEndpointRouteBuilder routes) {
    var everyone = routes.MapGroup("").AllowAnonymous()
      .CachePages(context => context.RequestServices.GetRequiredService<Shelf>().VersionAsync(context.RequestAborted));
    ShowHome.Map(everyone);
    ShowHub.Map(everyone);
    ShowCrime.Map(everyone);
    ShowResponseTimes.Map(everyone);
    ListAreas.Map(everyone);
    AreaShapes.Map(everyone);
    ShowArea.Map(everyone);
    ShowDictionary.Map(everyone);
    ListEditions.Map(everyone);
    ApproveEditions.Map(routes.MapStaff(StaffRoles.Steward, StaffRoles.InformationOfficer));
    // files lie on the disk as they are sent, may be large and are asked for in parts
    ServeEditionFile.Map(routes.MapGroup("").AllowAnonymous());
  }
}
