using System.IO.Compression;

namespace Porchlight.Transparency.Demonstration;

/// <summary>What was written, and what a caller needs to import it.</summary>
/// <param name="Areas">Path of <c>areas.geojson</c>.</param>
/// <param name="AreasHoldFrom">The day the boundaries hold from: before the first record.</param>
/// <param name="Incidents">Path of <c>incidents.csv</c>.</param>
/// <param name="Calls">Path of <c>calls.csv.gz</c>.</param>
/// <param name="FirstDay">The first day of the records: January 1 of the year before last year.</param>
/// <param name="LastDay">The last day of the last whole month.</param>
internal sealed record DemoFiles(
  string Areas, DateOnly AreasHoldFrom, string Incidents, int IncidentRows, string Calls, int CallRows,
  DateOnly FirstDay, DateOnly LastDay);

/// <summary>
/// Port Alder, the city of the look's mock pages, which is nowhere. Writes the files its departments' systems would export; they go
/// through the program's ordinary import. Nothing in them is about a real person or place.
/// </summary>
internal static class DemoCity {
  /// <summary>The seed whose city has the shades of the mock's map (the tests say which).</summary>
  public const int UsualSeed = 7;

  private const string Zone = "America/Los_Angeles";

  /// <summary>The department's settings, by key of the setting catalog.</summary>
  public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string> {
    ["name"] = "Port Alder Police",
    ["name-es"] = "Policía de Port Alder",
    ["full-name"] = "Port Alder Police Department",
    ["full-name-es"] = "Departamento de Policía de Port Alder",
    ["government"] = "City of Port Alder",
    ["government-es"] = "Ciudad de Port Alder",
    ["city"] = "Port Alder",
    ["address"] = "220 Harbor Street; Port Alder",
    ["emergency-phone"] = "911",
    ["non-emergency-phone"] = "555-0142",
    ["crisis-phone"] = "988",
    ["web-address"] = "https://police.portalder.example",
    ["time-zone"] = Zone,
    ["own-agency"] = CallTable.Own,
    ["promise-answer-days"] = "3",
    ["demonstration"] = "yes",
  };

  /// <summary>
  /// Writes <c>areas.geojson</c>, <c>incidents.csv</c> and <c>calls.csv.gz</c> into the folder, which is made if it is not there. The same
  /// seed and day give the same bytes; a later day of the same year adds months and settles cases, and leaves the other rows as they were.
  /// </summary>
  /// <param name="today">The records end with the last whole month before it.</param>
  public static DemoFiles Write(string folder, DateOnly today, int seed, IProgress<string>? progress, CancellationToken ct) {
    var exportedOn = new DateOnly(today.Year, today.Month, 1);
    var lastDay = exportedOn.AddDays(-1);
    var firstYear = lastDay.Year - 2;
    var exportedAt = exportedOn.ToDateTime(TimeOnly.MinValue);

    Directory.CreateDirectory(folder);
    var areas = Path.Combine(folder, "areas.geojson");
    using (var file = File.Create(areas)) CityMap.Write(file);

    var blocks = new CityBlocks(seed);
    var times = new LocalTimes(Zone, firstYear - 1, lastDay.Year);
    var reports = new Reports(blocks, times, seed);
    var incidents = Path.Combine(folder, "incidents.csv");
    var incidentRows = WriteYears("reports", IncidentFile.Begin(File.Create(incidents)), (file, span) =>
      IncidentFile.WriteYear(file, reports.Of(span.CalendarYear, span.Year), span, exportedAt));

    var calls = new Calls(blocks, times, seed);
    var callPath = Path.Combine(folder, "calls.csv.gz");
    var callRows = WriteYears("calls", CallFile.Begin(new GZipStream(File.Create(callPath), CompressionLevel.Fastest)), (file, span) =>
      CallFile.WriteYear(file, calls.Of(span.CalendarYear, span.Year), span, exportedAt));

    return new(areas, new(firstYear - 1, 3, 1), incidents, incidentRows, callPath, callRows, new(firstYear, 1, 1), lastDay);

    int WriteYears(string what, CsvFile to, Action<CsvFile, YearSpan> writeYear) {
      using var file = to;
      for (var year = -2; year <= 0; year++) {
        ct.ThrowIfCancellationRequested();
        progress?.Report($"Port Alder: {what} of {lastDay.Year + year}");
        writeYear(file, new(year, lastDay.Year + year, year == 0 ? lastDay.Month : 12));
      }
      return file.Rows;
    }
  }
}

/// <summary>A year of the export.</summary>
/// <param name="Year">0 is the export's last, -1 the one before, -2 the first.</param>
/// <param name="LastMonth">1 to 12: the export ends with it.</param>
internal readonly record struct YearSpan(int Year, int CalendarYear, int LastMonth);
