using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using Porchlight.Kernel.Keys;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Host.Verbs;

internal static class ServeVerb {
  public static Command Make(VerbHost host) {
    var port = new Option<int>("--port") { Description = "The port of plain HTTP; TLS is the reverse proxy's", DefaultValueFactory = _ => 5080, HelpName = "N" };
    var listen = new Option<string>("--listen") {
      Description = "The address it listens on: localhost, one of this machine's, or * for all of them", DefaultValueFactory = _ => "localhost", HelpName = "ADDRESS",
    };
    port.Validators.Add(given => {
      if (given.Tokens.Count == 1 && int.TryParse(given.Tokens[0].Value, out var n) && n is < 1 or > 65535) given.AddError("A port is a number from 1 to 65535.");
    });
    return host.Bare("serve", "Serves the portal until it is told to stop (Ctrl+C, or SIGTERM).", async (run, ct) => {
      var number = run.Words.GetRequiredValue(port);
      var address = run.Words.GetRequiredValue(listen);
      await using var app = WebHouse.Build(run.Words.GetRequiredValue(host.Data), $"http://{address}:{number}");
      await HouseServices.PrepareAsync(app.Services, ct);
      try {
        await app.StartAsync(ct);
      } catch (IOException taken) when (taken.InnerException is AddressInUseException) {
        return run.Refuse(new($"Port {number} is taken. Choose another with --port, or stop what listens there."));
      }
      var url = $"http://{(address is "*" or "0.0.0.0" or "[::]" ? "localhost" : address)}:{number}";
      if (await HouseKeys.CheckAsync(app.Services, ct) is { } locked) await run.Error.WriteLineAsync(locked.English);
      else await using (var scope = app.Services.CreateAsyncScope())
        foreach (var module in ModuleList.All)
          foreach (var line in await module.BeforeServingAsync(scope.ServiceProvider, url, ct)) await run.Out.WriteLineAsync(line);
      if (await PublicPages.AllAnswerAsync(app, new(url), run.Error, ct)) await run.Out.WriteLineAsync($"Ready: {url}");
      await app.WaitForShutdownAsync(ct);
      return ExitCodes.Done;
    }, port, listen);
  }
}
