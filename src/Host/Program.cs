using System.CommandLine;
using Porchlight.Host;
using Porchlight.Host.Verbs;
using Porchlight.Kernel.Verbs;

// One program: `porchlight serve` is the web server, every other verb works on the same data folder, beside a server or without one.
ServiceProvider? opened = null;
var host = new VerbHost(data => opened ??= HouseServices.OpenAsync(data).GetAwaiter().GetResult());
var root = new RootCommand("Porchlight: what a police department runs with and for its residents.");
root.Options.Add(host.Data);
root.Subcommands.Add(ServeVerb.Make(host));
root.Subcommands.Add(MigrateVerb.Make(host));
root.Subcommands.Add(SettingsVerb.Make(host));
foreach (var verb in ModuleList.All.SelectMany(module => module.Verbs(host))) root.Subcommands.Add(verb);

var exit = await root.Parse(args).InvokeAsync();
if (opened is not null) await opened.DisposeAsync();
return exit;

/// <summary>Named so that tests can start the program.</summary>
public partial class Program;
