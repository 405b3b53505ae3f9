using System.CommandLine;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Kernel.Modules;

/// <summary>
/// A module's one door. The Host holds the list of modules and calls each of these once; nothing else of a module is reached from outside.
/// </summary>
public interface IModule {
  /// <summary>Lower case, one word: the prefix of its tables and the name in its README.</summary>
  string Name { get; }

  /// <summary>Registers what its endpoints and verbs ask for.</summary>
  void AddServices(IServiceCollection services);

  /// <summary>Maps its entities. Table names start with <see cref="Name"/> and an underscore; no foreign key leaves the module.</summary>
  void MapModel(ModelBuilder model);

  /// <summary>Maps its pages. Authorization sits on its route groups; what says nothing is denied.</summary>
  void MapRoutes(IEndpointRouteBuilder routes);

  /// <summary>Its verbs on the command line, if any.</summary>
  IEnumerable<Command> Verbs(VerbHost host) => [];

  /// <summary>What it does before the first request, and says on the error output of <c>serve</c>: the first administrator's link.</summary>
  /// <param name="services">A scope of its own.</param>
  /// <param name="address">Where the program listens.</param>
  /// <param name="ct">Stops it.</param>
  Task<IReadOnlyList<string>> BeforeServingAsync(IServiceProvider services, string address, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);

  /// <summary>
  /// Addresses of its public pages whose route has something to fill in (an area, a dataset), from what is published now, without a language prefix.
  /// They are asked before the program says it is ready, and the browser tests walk them.
  /// </summary>
  Task<IReadOnlyList<string>> PublicPagesAsync(IServiceProvider services, CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>([]);
}
