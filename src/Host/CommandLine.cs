using System.CommandLine;
using System.CommandLine.Invocation;
using Porchlight.Host.Verbs;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Host;

/// <summary>One program: <c>porchlight serve</c> is the web server, every other verb works on the same data folder, beside a server or without one.</summary>
/// <param name="configuration">The environment: <c>Database</c>, <c>Proxies</c>.</param>
/// <param name="output">Results: what a script may read.</param>
/// <param name="error">Refusals, progress and usage.</param>
/// <param name="adjust">A test's own services, over the program's.</param>
/// <param name="input">Answers of a person; null where no one can be asked.</param>
public sealed class CommandLine(
    IConfiguration configuration, TextWriter output, TextWriter error, Action<IServiceCollection>? adjust = null, TextReader? input = null) {
  // how long a verb may take to put things right after Ctrl+C or SIGTERM; the web server finishes its requests in this time
  private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

  /// <summary>Runs one verb. The result is one of <see cref="ExitCodes"/>.</summary>
  public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken ct = default) {
    ServiceProvider? opened = null;
    var host = new VerbHost(async (data, stop) => opened ??= await HouseServices.OpenAsync(data, configuration, adjust, stop), output, error, input);
    var root = new RootCommand("Porchlight: what a police department runs with and for its residents.");
    root.Options.Add(host.Data);
    root.Subcommands.Add(ServeVerb.Make(host));
    root.Subcommands.Add(MigrateVerb.Make(host));
    root.Subcommands.Add(SettingsVerb.Make(host));
    foreach (var verb in ModuleList.All.SelectMany(module => module.Verbs(host))) root.Subcommands.Add(verb);

    var parsed = root.Parse(args);
    if (parsed.Action is ParseErrorAction words) words.ShowHelp = false;
    try {
      var exit = await parsed.InvokeAsync(new() {
        Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience,
      }, ct);
      if (parsed.Action is not ParseErrorAction) return exit;
      await error.WriteLineAsync($"`{Path(parsed)} --help` says how.");
      return ExitCodes.Usage;
    } catch (Exception bug) {
      await error.WriteLineAsync($"porchlight failed. Please report this:\n{bug}");
      return ExitCodes.Failed;
    } finally {
      if (opened is not null) await opened.DisposeAsync();
    }
  }

  private static string Path(ParseResult parsed) {
    var words = new Stack<string>();
    for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
      words.Push(at.Command is RootCommand ? "porchlight" : at.Command.Name);
    return string.Join(' ', words);
  }
}
