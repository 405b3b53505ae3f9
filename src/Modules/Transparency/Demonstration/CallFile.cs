namespace Porchlight.Transparency.Demonstration;

/// <summary>Writes calls as a dispatch system exports them: one row a call. What had not happened by the export is empty.</summary>
internal static class CallFile {
  private static readonly string[] Columns = [
    "CallNumber", "ReceivedAt", "EnteredAt", "DispatchedAt", "EnRouteAt", "OnSceneAt", "ClosedAt", "CallType", "Priority", "Agency", "OnView", "Disposition",
    "Beat", "Latitude", "Longitude",
  ];

  public static CsvFile Begin(Stream to) => new(to, Columns);

  /// <summary>One year's calls up to and with the last month (1 to 12).</summary>
  public static void WriteYear(CsvFile file, IEnumerable<Call> calls, int calendarYear, int lastMonth, DateTime exportedAt) {
    var number = 0;
    foreach (var call in calls.Where(c => c.ReceivedAt.Month <= lastMonth)) {
      file.Text($"C{calendarYear % 100:00}-{++number:000000}");
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
