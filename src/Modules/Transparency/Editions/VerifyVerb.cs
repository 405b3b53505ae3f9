using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary><c>porchlight verify [DATASET]</c>: every edition is what it was when it was published, and its roll-ups add up.</summary>
internal static class VerifyVerb {
  private static readonly Argument<string?> Dataset = new("DATASET") { Description = "incidents or calls; all unless given", Arity = ArgumentArity.ZeroOrOne };

  public static Command Make(VerbHost host) => host.Verb("verify", "Checks every file of every edition against its SHA-256, and recounts its roll-ups from its rows.", RunAsync, Dataset);

  private static async Task<int> RunAsync(VerbRun run, CancellationToken ct) {
    var name = run.Words.GetValue(Dataset);
    if (name is not null && Catalog.Find(name) is null) return run.Refuse(Catalog.Find(name, out _, out _)!);
    var store = run.Get<PublishedStore>();
    var editions = await run.Get<TransparencyDb>().Editions.AsNoTracking().Where(e => name == null || e.Dataset == name).OrderBy(e => e.Dataset).ThenBy(e => e.Number).ToListAsync(ct);
    if (editions.Count == 0) return run.Refuse(new($"There is no edition{(name is null ? "" : $" of {name}")} in {run.Get<DataFolder>().Root}, so nothing was checked. Check --data."));
    var wrong = 0;
    foreach (var edition in editions) {
      var findings = await Check(store, edition, ct);
      run.Out.WriteLine($"{edition.Dataset} edition {edition.Number}: {(findings.Count == 0 ? "as published" : "NOT as published")}");
      foreach (var finding in findings) run.Out.WriteLine("  " + finding);
      if (findings.Count > 0) wrong++;
    }
    run.Out.WriteLine($"{Amount.Of(editions.Count, "edition")} checked, {wrong} with findings");
    return wrong == 0 ? ExitCodes.Done : ExitCodes.Refused;
  }

  private static async Task<IReadOnlyList<string>> Check(PublishedStore store, Edition edition, CancellationToken ct) {
    if (await store.FetchAsync(edition.Dataset, edition.Number, ct) is not { } folder) return ["all its files are missing. Bring them back from a backup."];
    var manifest = Path.Combine(folder, EditionManifest.FileName);
    if (!File.Exists(manifest)) return ["manifest.json is missing. Bring the folder back from a backup."];
    if (Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(manifest, ct))) != edition.ManifestSha256) return ["manifest.json is not the one that was published: its SHA-256 differs."];
    return await new EditionCheck(folder, Layouts.Of(Catalog.Find(edition.Dataset)!)).Verify((await store.ManifestAsync(edition.Dataset, edition.Number, ct))!.Files, ct);
  }
}
