namespace Porchlight.Transparency.Demonstration;

/// <summary>Writes calls as a dispatch system exports them: one row a call. What had not happened by the export is empty.</summary>
internal static class CallFile {
  private static readonly string[] Columns = [
    "CallNumber", "ReceivedAt", "EnteredAt", "DispatchedAt", "EnRouteAt", "OnSceneAt", "ClosedAt", "CallType", "Priority", "Agency",
    "OnView", "Disposition", "Beat", "Latitude", "Longitude",
  ];

  public static CsvFile Begin(Stream to) => new(to, Columns);

  public static void WriteYear(CsvFile file, IEnumerable<Call> calls, YearSpan span, DateTime exportedAt) {
    var number = 0;
    foreach (var call in calls.Where(c => c.ReceivedAt.Month <= span.LastMonth)) {
      file.Text($"C{span.CalendarYear % 100:00}-{++number:000000}");
      file.Time(call.ReceivedAt);
      file.Time(Known(call.EnteredAt));
      file.Time(Known(call.DispatchedAt));
      file.Time(Known(call.EnRouteAt));
      file.Time(Known(call.OnSceneAt));
      file.Time(Known(call.ClosedAt));
      file.Text(call.Type);
      file.Number(call.Plan.Priority);
      file.Text(call.Plan.Agency);
      file.Text(call.OnView ? "Y" : "N");
      file.Text(Known(call.ClosedAt) is null ? "Open" : call.Disposition);
      file.Text(call.Block is null ? null : CityMap.Beats[call.Beat].Code);
      file.Text(call.Block?.Latitude);
      file.Text(call.Block?.Longitude);
      file.EndRow();
    }
    DateTime? Known(DateTime? time) => time < exportedAt ? time : null;
  }
}
