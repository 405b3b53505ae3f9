namespace Porchlight.Transparency.Demonstration;

/// <summary>Writes reports as a records system exports them: one row an offense.</summary>
internal static class IncidentFile {
  private static readonly string[] Columns = [
    "IncidentNumber", "OffenseSequence", "ReportedAt", "OccurredAt", "NIBRSCode", "OffenseDescription", "Beat", "BlockAddress",
    "Latitude", "Longitude", "Domestic", "VictimAge", "Status", "LocationType",
  ];

  public static CsvFile Begin(Stream to) => new(to, Columns);

  public static void WriteYear(CsvFile file, IEnumerable<Report> reports, YearSpan span, DateTime exportedAt) {
    var number = 0;
    foreach (var report in reports.Where(r => r.ReportedAt.Month <= span.LastMonth)) {
      var incident = $"{span.CalendarYear % 100:00}-{++number:000000}";
      Row(file, incident, 1, report, exportedAt);
      if (report.Second is { } second) Row(file, incident, 2, second, exportedAt);
    }
  }

  private static void Row(CsvFile file, string incident, int sequence, Report report, DateTime exportedAt) {
    // without a place the records system leaves the columns empty, or holds the zeros of an address it could not find
    var zeros = report.Block is null && incident[^1] is '0' or '5';
    file.Text(incident);
    file.Number(sequence);
    file.Time(report.ReportedAt);
    file.Time(report.OccurredAt);
    file.Text(report.Offense.Code);
    file.Text(report.Offense.Name);
    file.Text(report.Block is null ? null : CityMap.Beats[report.Beat].Code);
    file.Text(report.Block?.Address ?? (zeros ? "UNKNOWN" : null));
    file.Text(report.Block?.Latitude ?? (zeros ? "0" : null));
    file.Text(report.Block?.Longitude ?? (zeros ? "0" : null));
    file.Text(report.Domestic ? "Y" : "N");
    file.Number(report.VictimAge);
    file.Text(report.DecidedAt < exportedAt ? report.Decision : "Open");
    file.Text(report.Location);
    file.EndRow();
  }
}
