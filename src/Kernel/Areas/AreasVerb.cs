using System.CommandLine;
using System.Globalization;
using Porchlight.Kernel.Verbs;

namespace Porchlight.Kernel.Areas;

/// <summary>The <c>areas</c> under <c>import</c>: boundaries from a GeoJSON file.</summary>
public static class AreasVerb {
  private const string Always = "always";

  /// <summary>Makes the verb; the module that owns <c>import</c> adopts it.</summary>
  public static Command Make(VerbHost host) {
    var file = new Argument<FileInfo>("FILE") { Description = "GeoJSON in WGS84 (longitude and latitude), plain or gzipped: one polygon or several for each area" };
    var from = new Option<string?>("--from") {
      Description = "The first day these boundaries hold (2026-01-01), or always; needed once there are others", HelpName = "DATE",
    };
    var code = Property("--code", "each area's code, as records write it (BEAT_NUM)");
    var name = Property("--name", "each area's name");
    var district = Property("--district", "what each area is part of");
    var population = Property("--population", "each area's residents: rates need them");
    return host.Verb("areas", "Imports the boundaries of beats or districts. Earlier versions stay: a change of boundary must not read as a change in crime.", async (run, ct) => {
      var path = run.Words.GetRequiredValue(file);
      if (!path.Exists) return run.Refuse(new($"There is no file {path.FullName}. Check the name."));
      if (!TryDay(run.Words.GetValue(from), out var day)) return run.Refuse(new("Write the day as 2026-01-01, or always."));
      var columns = new AreaColumns(run.Words.GetValue(code), run.Words.GetValue(name), run.Words.GetValue(district), run.Words.GetValue(population));
      await using var geoJson = path.OpenRead();
      Tell(run.Out, await run.Get<AreaStore>().ImportAsync(geoJson, day, columns, ct));
      return ExitCodes.Done;
    }, file, from, code, name, district, population);
  }

  private static Option<string?> Property(string option, string what) =>
    new(option) { Description = $"The property that holds {what}; proposed when not said, \"\" for none", HelpName = "PROPERTY" };

  private static bool TryDay(string? said, out DateOnly? day) {
    day = said == Always ? DateOnly.MinValue : DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? d : null;
    return said is null || day is not null;
  }

  private static void Tell(TextWriter output, AreaImportResult result) {
    var since = result.HoldsFrom == DateOnly.MinValue ? "for all days" : $"from {result.HoldsFrom:yyyy-MM-dd}";
    output.WriteLine(result.Outcome switch {
      AreaImportOutcome.Unchanged => $"The boundaries {since} already say exactly this. Nothing was changed.",
      AreaImportOutcome.Corrected => $"Corrected: {(result.Areas == 1 ? "this 1 area replaces" : $"these {result.Areas:N0} areas replace")} the boundaries {since}.",
      _ => $"Added: {Amount.Of(result.Areas, "area")} {since}.",
    });
    output.WriteLine($"  features {result.Features}, code {result.Columns.Code}, name {Or(result.Columns.Name)}, district {Or(result.Columns.District)}, "
      + $"population {Or(result.Columns.Population)}");
    foreach (var note in result.Notes) output.WriteLine($"  {note}");
    if (string.IsNullOrEmpty(result.Columns.Population)) output.WriteLine("  Without a population no rate per resident is shown. Name its property with --population.");
  }

  private static string Or(string? property) => string.IsNullOrEmpty(property) ? "(none)" : property;
}
