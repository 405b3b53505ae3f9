using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Editions;

/// <summary><c>porchlight publish DATASET --reason TEXT --unattended</c>.</summary>
internal static class PublishVerb {
  private static readonly Argument<string> Dataset = new("DATASET") { Description = "incidents or calls, always as a whole: with all its record types" };
  private static readonly Option<string> Reason = new("--reason") { Description = "Why, in a sentence residents will read", HelpName = "TEXT", Required = true };
  private static readonly Option<bool> Unattended = new("--unattended") { Description = "Publish without asking: whoever holds the shell holds the data, and the edition says so" };
  private static readonly Option<bool> EvenIfUnchanged = new("--even-if-unchanged") { Description = "Make a new edition though nothing has changed since the last" };

  public static Command Make(VerbHost host) => host.Verb("publish",
    "Publishes what is live as the dataset's next numbered edition. Editions are never changed, only followed.", RunAsync, Dataset, Reason, Unattended, EvenIfUnchanged);

  private static async Task<int> RunAsync(VerbRun run, CancellationToken ct) {
    if (Catalog.Find(run.Words.GetRequiredValue(Dataset), out var dataset, out _) is { } unknown) return run.Refuse(unknown);
    var reason = run.Words.GetRequiredValue(Reason).Trim();
    if (reason.Length is 0 or > 1000) return run.Refuse(new Problem("Say why in --reason, in a sentence of up to 1,000 characters: residents will read it."));
    var request = new PublishRequest(dataset, reason, "published from the shell, no second person", run.Words.GetValue(EvenIfUnchanged),
      run.Words.GetValue(Unattended) ? null : run.Ask);
    var (edition, isNew) = await ActivatorUtilities.CreateInstance<Publisher>(run.Services).RunAsync(request, new Progress(run.Error, run.Get<TimeProvider>()), ct);
    if (!isNew) {
      run.Out.WriteLine($"Nothing has changed since edition {edition.Number} of {dataset.Name}, so there is no new one. To publish all the same, say --even-if-unchanged.");
      return ExitCodes.Done;
    }
    foreach (var (why, rows) in edition.LeftOut.Where(l => l.Value > 0)) run.Out.WriteLine($"{Amount.Of(rows, "row")} left out: {why}.");
    if (edition.CityOnly + edition.CityOnlyWithheld > 0)
      run.Out.WriteLine($"{Amount.Of(edition.CityOnly, "row")} counted for the city only, {edition.CityOnlyWithheld:N0} more until their period closes or reaches {dataset.CityOnlyThreshold}.");
    run.Out.WriteLine($"{dataset.Name} edition {edition.Number}: {Amount.Of(edition.Rows, "row")}, {edition.From:yyyy-MM-dd} to {edition.To:yyyy-MM-dd}, {edition.How}");
    return ExitCodes.Done;
  }
}
