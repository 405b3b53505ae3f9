using System.CommandLine;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Host.Verbs;

internal static class MigrateVerb {
  public static Command Make(VerbHost host) => host.Verb("migrate", "Makes or upgrades the database of the data folder. Every verb does so first; this does nothing else.",
    (run, _) => {
      run.Out.WriteLine("The database is up to date.");
      return Task.FromResult(ExitCodes.Done);
    });
}
