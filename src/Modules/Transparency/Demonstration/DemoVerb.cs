using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency.Demonstration;

/// <summary>
/// <c>porchlight demo</c>: fills an empty folder with the demonstration city, by the same import and publication that a department's own files
/// take. Never touches a folder that holds anything.
/// </summary>
internal static class DemoVerb {
  public static Command Make(VerbHost host) => host.Verb("demo", "Fills an empty data folder with the demonstration city Port Alder, imported and published.", RunAsync);

  private static async Task<int> RunAsync(VerbRun run, CancellationToken ct) {
    var folder = run.Get<DataFolder>();
    foreach (var place in Enum.GetValues<BlobPlace>()) {
      if (!await run.Services.GetRequiredKeyedService<IBlobs>(place).IsEmptyAsync(ct))
        return run.Refuse(new Problem($"{folder.Root} or its database holds data already, so no demonstration was put there. Name an empty folder with --data, and an empty database where you name one."));
    }
    var clock = run.Get<TimeProvider>();
    var progress = new Progress(run.Error, clock);
    using var staging = folder.NewStaging();
    progress.Step("Making Port Alder's records");
    var files = DemoCity.Write(staging.Path, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), DemoCity.UsualSeed, null, ct);
    if (await run.Get<SettingStore>().SetAsync(DemoCity.Settings, ct) is { } problem) return run.Refuse(problem);
    await using (var areas = File.OpenRead(files.Areas)) await run.Get<AreaStore>().ImportAsync(areas, files.AreasHoldFrom, new AreaColumns(null, null, null, null), ct);
    var importer = ActivatorUtilities.CreateInstance<Importer>(run.Services);
    var publisher = ActivatorUtilities.CreateInstance<Publisher>(run.Services);
    foreach (var (name, path) in ((string, string)[])[("incidents", files.Incidents), ("calls", files.Calls)]) {
      var dataset = Catalog.Find(name)!;
      var outcome = await importer.RunAsync(new ImportRequest(dataset, dataset.Main, path, "Port Alder", Accept: true), progress, ct);
      var (edition, _) = await publisher.RunAsync(new(dataset, "Demonstration data. Datos de demostración.", "published from the shell, no second person"), progress, ct);
      run.Out.WriteLine($"{name}: {Amount.Of(outcome.RowsIn, "row")} in, {outcome.SetAside:N0} set aside; edition {edition.Number}, {edition.From:yyyy-MM-dd} to {edition.To:yyyy-MM-dd}");
    }
    return ExitCodes.Done;
  }
}
