using System.CommandLine;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Host.Verbs;

internal static class ServeVerb {
  public static Command Make(VerbHost host) {
    var port = new Option<int>("--port") { Description = "The port of plain HTTP on localhost; TLS is the reverse proxy's", DefaultValueFactory = _ => 5080, HelpName = "N" };
    var serve = new Command("serve", "Serves the portal until it is told to stop (Ctrl+C, or SIGTERM).") { port };
    serve.SetAction(async (words, ct) => {
      var url = $"http://localhost:{words.GetRequiredValue(port)}";
      await using var app = WebHouse.Build(words.GetRequiredValue(host.Data), url);
      await WebHouse.PrepareAsync(app, ct);
      await app.StartAsync(ct);
      Console.Out.WriteLine($"Ready: {url}");
      await app.WaitForShutdownAsync(ct);
      return ExitCodes.Done;
    });
    return serve;
  }
}
