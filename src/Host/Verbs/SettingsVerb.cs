using System.CommandLine;
using System.Text.Json;
using Porchlight.Kernel;
using Porchlight.Kernel.Mail;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Host.Verbs;

/// <summary>What the department says once: shown, set one by one, or loaded from a file; and the mail relay tried.</summary>
internal static class SettingsVerb {
  public static Command Make(VerbHost host) {
    var key = new Argument<string>("KEY");
    var value = new Argument<string>("VALUE") { Description = "Empty (\"\") takes the setting back" };
    var file = new Argument<FileInfo>("FILE") { Description = "A JSON object of keys and values" };
    var set = host.Verb("set", "Sets one: porchlight settings set time-zone America/Chicago", (run, ct) =>
      Save(run, new Dictionary<string, string> { [run.Words.GetRequiredValue(key)] = run.Words.GetRequiredValue(value) }, ct), key, value);
    var load = host.Verb("load", "Sets many from a JSON file: {\"name\": \"Port Alder Police\", ...}. All or none.", async (run, ct) =>
      ReadFile(run.Words.GetRequiredValue(file), out var values) is { } problem ? run.Refuse(problem) : await Save(run, values, ct), file);
    var to = new Argument<string>("ADDRESS");
    var tryMail = host.Verb("try-mail", "Sends one letter to ADDRESS now and says what the mail relay answered.", async (run, ct) => {
      if (await run.Get<MailTest>().TryAsync(run.Words.GetRequiredValue(to), ct) is { } problem) return run.Refuse(problem);
      run.Out.WriteLine("The relay took the letter.");
      return ExitCodes.Done;
    }, to);
    var settings = host.Verb("settings", "Shows or changes what the department says once: names, phones, time zone, promises.\n\nSettings:\n"
      + string.Join('\n', SettingCatalog.All.Select(s => $"  {s.Key,-22} {s.Help}")), ShowAsync, set, load, tryMail);
    return settings;
  }

  private static async Task<int> ShowAsync(VerbRun run, CancellationToken ct) {
    var said = await run.Get<SettingStore>().LoadAsync(ct);
    foreach (var setting in SettingCatalog.All) run.Out.WriteLine($"{setting.Key,-22} {(said[setting.Key] is not { } value ? "(not set)" : setting.IsSecret ? "(set)" : value)}");
    return ExitCodes.Done;
  }

  private static async Task<int> Save(VerbRun run, IReadOnlyDictionary<string, string> values, CancellationToken ct) {
    if (await run.Get<SettingStore>().SetAsync(values, ct) is { } problem) return run.Refuse(problem);
    run.Out.WriteLine($"{Amount.Of(values.Count, "setting")} saved.");
    return ExitCodes.Done;
  }

  private static Problem? ReadFile(FileInfo file, out Dictionary<string, string> values) {
    values = [];
    if (!file.Exists) return new($"There is no file {file.FullName}. Check the name.");
    try {
      values = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file.FullName)) ?? [];
      return null;
    } catch (JsonException wrong) {
      return new($"{file.Name} is not a JSON object of texts (line {wrong.LineNumber + 1}). Write {{\"name\": \"Port Alder Police\", ...}}.");
    }
  }
}
