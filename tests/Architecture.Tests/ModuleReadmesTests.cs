using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Host;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>
/// Law 6: each module's README lists exactly its routes, events and tables: under the headings "Routes", "Events" and "Tables", the first code span of each
/// list item or table row. A route is written as its method and pattern: <c>GET /meetings/{meetingId:guid}</c>.
/// </summary>
public sealed class ModuleReadmesTests {
  [Fact]
  public async Task Every_module_s_README_lists_exactly_its_routes_events_and_tables() {
    await using var host = await TestHost.StartAsync();
    await host.UseAsync((PlatformDb db) => {
      foreach (var module in ModuleList.All) {
        var file = Repository.At("src", "Modules", module.GetType().Assembly.GetName().Name!["Porchlight.".Length..], "README.md");
        Assert.True(File.Exists(file), $"There is no {file}.");
        Assert.Empty(ModuleReadme.Broken(File.ReadAllText(file), Routes(module, host.Services), Events(module), Tables(module, db)));
      }
      return Task.CompletedTask;
    });
  }

  [Fact]
  public void What_is_listed_but_gone_and_what_is_there_but_not_listed_are_reported() => Assert.Equal(
    ["Events lacks `RsvpReceived`.", "Routes lacks `POST /meetings`.", "Routes lists `GET /old`, which is not there.", "Tables lists `meetings_old`, which is not there."],
    ModuleReadme.Broken("""
      # Meetings
      ## Routes
      | route | what |
      |---|---|
      | `GET /meetings` | all; see also `GET /elsewhere` |
      | `GET /old` | gone |
      ## Events
      None.
      ## Tables
      - `meetings_meetings`: one row a meeting
      - `meetings_old`
      """, ["GET /meetings", "POST /meetings"], ["RsvpReceived"], ["meetings_meetings"]).Order());

  [Fact]
  public void A_README_without_one_of_the_headings_is_reported() =>
    Assert.Equal(["There is no heading \"Tables\"."], ModuleReadme.Broken("## Routes\n## Events\n", [], [], []));

  private static IReadOnlyList<string> Routes(IModule module, IServiceProvider services) {
    var routes = new Routing(services);
    module.MapRoutes(routes);
    return [.. routes.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().SelectMany(e =>
      (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Where(m => !HttpMethods.IsHead(m))
        .Select(method => $"{method} {Endpoints.Address(e)}")).Distinct()];
  }

  // Contracts hold events and query interfaces; what no interface speaks of is an event
  private static IReadOnlyList<string> Events(IModule module) {
    var ours = Assembly.Load("Porchlight.Contracts").GetExportedTypes().Where(t => t.Namespace == $"Porchlight.Contracts.{module.GetType().Namespace!["Porchlight.".Length..]}").ToList();
    var asked = ours.Where(t => t.IsInterface).SelectMany(t => t.GetMethods()).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
      .SelectMany(Parts).ToHashSet();
    return [.. ours.Where(t => t is { IsInterface: false, IsEnum: false } && !asked.Contains(t)).Select(t => t.Name)];
  }

  private static IEnumerable<Type> Parts(Type type) => [type, .. type.GetGenericArguments().SelectMany(Parts)];

  private static IReadOnlyList<string> Tables(IModule module, PlatformDb db) =>
    [.. db.Model.GetEntityTypes().Select(e => e.GetTableName()!).Where(t => t.StartsWith(module.Name + "_", StringComparison.Ordinal)).Distinct()];

  private sealed class Routing(IServiceProvider services) : IEndpointRouteBuilder {
    public IServiceProvider ServiceProvider => services;
    public ICollection<EndpointDataSource> DataSources { get; } = [];
    public Microsoft.AspNetCore.Builder.IApplicationBuilder CreateApplicationBuilder() => new Microsoft.AspNetCore.Builder.ApplicationBuilder(services);
  }
}

internal static partial class ModuleReadme {
  public static IReadOnlyList<string> Broken(string readme, IReadOnlyCollection<string> routes, IReadOnlyCollection<string> events, IReadOnlyCollection<string> tables) =>
    [.. Section(readme, "Routes", routes), .. Section(readme, "Events", events), .. Section(readme, "Tables", tables)];

  private static IReadOnlyList<string> Section(string readme, string heading, IReadOnlyCollection<string> real) {
    var lines = readme.Split('\n').Select(l => l.TrimEnd()).ToList();
    var start = lines.FindIndex(l => l.StartsWith('#') && l.TrimStart('#').Trim() == heading);
    if (start < 0) return [$"There is no heading \"{heading}\"."];
    var listed = lines.Skip(start + 1).TakeWhile(l => !l.StartsWith('#')).Where(l => l.TrimStart().StartsWith('-') || l.TrimStart().StartsWith('|'))
      .Select(l => FirstCode().Match(l)).Where(m => m.Success).Select(m => m.Groups["code"].Value).ToList();
    return [.. real.Except(listed).Select(x => $"{heading} lacks `{x}`."), .. listed.Except(real).Select(x => $"{heading} lists `{x}`, which is not there.")];
  }

  [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
  private static partial Regex FirstCode();
}
