using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;

namespace Porchlight.Kernel.Verbs;

/// <summary>What a verb runs with: the program's services on the chosen data folder, its parsed words, and where to write.</summary>
/// <param name="Services">One scope of the program's services; the database is there and up to date.</param>
/// <param name="Words">The parsed command line.</param>
/// <param name="Out">Results: what a script may read.</param>
/// <param name="Error">Refusals, and progress when no one reads <paramref name="Out"/>.</param>
/// <param name="In">Answers of a person; null where no one can be asked.</param>
public sealed record VerbRun(IServiceProvider Services, ParseResult Words, TextWriter Out, TextWriter Error, TextReader? In) {
  /// <summary>The service, or an exception: a verb that asks for what no module registered is a bug.</summary>
  public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

  /// <summary>Asks a person for a yes. Without a person it is no.</summary>
  public bool Ask(string question) {
    if (In is null) return false;
    Out.Write($"{question} [y/N] ");
    return In.ReadLine()?.Trim() is "y" or "Y" or "yes";
  }

  /// <summary>Says why the verb stopped and what to do next; the verb returns this as its exit code.</summary>
  public int Refuse(Problem problem) {
    Error.WriteLine(problem.English);
    return ExitCodes.Refused;
  }
}

/// <summary>Exit codes of every verb.</summary>
public static class ExitCodes {
  /// <summary>Done, also where rows were set aside.</summary>
  public const int Done = 0;
  /// <summary>Refused: the message says what to do. Nothing was changed.</summary>
  public const int Refused = 1;
  /// <summary>The words of the command are wrong.</summary>
  public const int Usage = 2;
  /// <summary>A bug or a broken machine: the error output has the exception.</summary>
  public const int Failed = 3;
}

/// <summary>Makes verbs that all take <c>--data DIR</c>, report errors alike and get their services from the Host.</summary>
/// <param name="open">Opens a data folder: its database is made or upgraded, and the program's services are on it.</param>
/// <param name="output">Results; the process's own output unless told.</param>
/// <param name="error">Refusals; the process's own unless told.</param>
/// <param name="input">Answers of a person; null where no one can be asked.</param>
public sealed class VerbHost(
    Func<DirectoryInfo, CancellationToken, Task<IServiceProvider>> open, TextWriter? output = null, TextWriter? error = null, TextReader? input = null) {
  private readonly TextWriter _output = output ?? Console.Out, _error = error ?? Console.Error;

  /// <summary>The data folder: <c>./data</c> unless told.</summary>
  public Option<DirectoryInfo> Data { get; } = new("--data") {
    Description = "The data folder (made when missing)", DefaultValueFactory = _ => new DirectoryInfo("data"), HelpName = "DIR", Recursive = true,
  };

  /// <summary>A verb whose action gets an open database. Expected refusals are returned; a <see cref="RefusedException"/> from deep inside is one too.</summary>
  public Command Verb(string name, string help, Func<VerbRun, CancellationToken, Task<int>> run, params Symbol[] words) =>
    Bare(name, help, async (verb, ct) => {
      var services = await open(verb.Words.GetRequiredValue(Data), ct);
      await using var scope = services.CreateAsyncScope();
      return await run(verb with { Services = scope.ServiceProvider }, ct);
    }, words);

  /// <summary>A verb that opens the data folder itself, or not at all: <see cref="VerbRun.Services"/> is empty.</summary>
  public Command Bare(string name, string help, Func<VerbRun, CancellationToken, Task<int>> run, params Symbol[] words) {
    var command = Group(name, help, words);
    command.SetAction(async (parsed, ct) => {
      try {
        return await run(new VerbRun(NoServices, parsed, _output, _error, input), ct);
      } catch (RefusedException refused) {
        return Refuse(refused.Problem.English);
      } catch (OperationCanceledException) when (ct.IsCancellationRequested) {
        return Refuse("Stopped. Nothing was changed.");
      } catch (Exception full) when (Storage.Disk.IsFull(full)) {
        return Refuse("The disk is full. Nothing was changed. Make room, then run the same command again.");
      } catch (UnauthorizedAccessException denied) {
        return Refuse($"{denied.Message} Run it as the user who owns the data folder, or choose another with --data.");
      } catch (DbException silent) when (silent.IsTransient) {
        return Refuse($"The database does not answer ({silent.Message}). Start it, or correct the Database setting, then run it again.");
      }
    });
    return command;
  }

  /// <summary>A word that only gathers verbs under it: <c>import areas</c>, <c>import records</c>.</summary>
  public Command Group(string name, string help, params Symbol[] words) {
    var command = new Command(name, help);
    foreach (var word in words) {
      if (word is Option option) command.Options.Add(option);
      else if (word is Argument argument) command.Arguments.Add(argument);
      else if (word is Command sub) command.Subcommands.Add(sub);
    }
    return command;
  }

  private int Refuse(string why) {
    _error.WriteLine(why);
    return ExitCodes.Refused;
  }

  private static readonly ServiceProvider NoServices = new ServiceCollection().BuildServiceProvider();
}
