namespace Porchlight.Transparency.Demonstration;

/// <summary>
/// The words of the dispatch system. Response times leave sensitive calls out, so those have a table of their own, and a count beside the
/// mock's.
/// </summary>
internal static class CallTable {
  public const string Own = "Port Alder Police", Fire = "Port Alder Fire", Sheriff = "Alder County Sheriff";

  public static readonly Weighted<string> Urgent = Weighted.Of(
    ("Fight", 20), ("Assault in progress", 13), ("Crash with injury", 19), ("Person with a weapon", 12), ("Medical emergency", 11),
    ("Burglary in progress", 9), ("Shots heard", 6), ("Robbery", 5), ("Hit and run with injury", 3), ("Officer needs help", 1));
  public static readonly Weighted<string> UrgentSensitive = Weighted.Of(
    ("Domestic violence", 55), ("Suicidal person", 18), ("Overdose", 15), ("Mental health crisis", 12), ("Missing child", 6));
  public static readonly Weighted<string> Soon = Weighted.Of(
    ("Disturbance", 24), ("Suspicious person", 20), ("Alarm", 15), ("Crash without injury", 14), ("Welfare check", 12),
    ("Unwanted person", 10), ("Drunk driver", 5), ("Threats", 6));
  public static readonly Weighted<string> Reporting = Weighted.Of(
    ("Theft report", 30), ("Noise", 16), ("Car theft report", 9), ("Vandalism report", 12), ("Burglary report", 8), ("Fraud report", 8),
    ("Abandoned vehicle", 9), ("Animal problem", 5), ("Runaway child", 2));
  public static readonly Weighted<string> Waiting = Weighted.Of(
    ("Parking complaint", 30), ("Found property", 18), ("Information", 22), ("Extra patrol request", 14), ("Lost property", 8));

  public static readonly Weighted<string> Stops = Weighted.Of(("Traffic stop", 8), ("Person stop", 2));
  public static readonly Weighted<string> Patrols = Weighted.Of(("Extra patrol", 4), ("Foot patrol", 3), ("Community contact", 3));
  public static readonly Weighted<string> FireCalls = Weighted.Of(
    ("Medical emergency", 30), ("Fire alarm", 8), ("Crash with injury", 5), ("Structure fire", 2));
  public static readonly Weighted<string> SheriffCalls = Weighted.Of(
    ("Civil papers", 5), ("Prisoner transport", 4), ("Assist other agency", 3));

  /// <summary>Kinds of call that must never be shown by place.</summary>
  public static readonly IReadOnlyList<string> Sensitive = [.. UrgentSensitive.Items, "Runaway child"];

  /// <summary>How calls that an officer reached ended.</summary>
  public static readonly Weighted<string> Dispositions = Weighted.Of(
    ("Report taken", 34), ("Advised", 26), ("No report needed", 22), ("Gone on arrival", 10), ("Arrest made", 6), ("Citation issued", 3));
}

/// <summary>
/// A kind of work and how much of it a year brings in January to September. Priority 1 is the mock's (see <see cref="CityFigures"/>); the
/// rest is invented, in the size of a city of 212,000.
/// </summary>
/// <param name="Reached">Calls of people that someone reached, in the whole city.</param>
/// <param name="OnView">Started by officers themselves.</param>
/// <param name="Missing">Ended without a time of arrival.</param>
/// <param name="Cancelled">Cancelled before anyone arrived.</param>
/// <param name="City">How fast the whole city was reached.</param>
/// <param name="LindenReached">Of them in beat B12, where the mock says.</param>
/// <param name="Linden">How fast beat B12 was.</param>
internal sealed record CallPlan(
    int Priority, string Agency, LocalTimes.Rhythm Rhythm, Weighted<string> Types, Weighted<string> OnViewTypes,
    int Reached, int OnView, int Missing, int Cancelled, Arrival City, int LindenReached = 0, Arrival? Linden = null) {
  public static IEnumerable<CallPlan> Of(UrgentCalls urgent) {
    var scale = urgent.Reached / 11_862.0;                     // other work grew and shrank with the urgent
    int Scaled(int count) => (int)Math.Round(count * scale);
    return [
      new(1, CallTable.Own, LocalTimes.Night, CallTable.Urgent, CallTable.Urgent,
        urgent.Reached, urgent.OnView, urgent.Missing, Scaled(140), urgent.City, urgent.LindenReached, urgent.Linden),
      new(1, CallTable.Own, LocalTimes.Night, CallTable.UrgentSensitive, CallTable.UrgentSensitive,
        Scaled(760), Scaled(14), Scaled(6), Scaled(9), new(395, 870)),
      new(2, CallTable.Own, LocalTimes.Night, CallTable.Soon, CallTable.Soon,
        Scaled(10_600), Scaled(620), Scaled(160), Scaled(280), new(705, 1830)),
      new(3, CallTable.Own, LocalTimes.Day, CallTable.Reporting, CallTable.Stops,
        Scaled(8_300), Scaled(2_400), Scaled(200), Scaled(330), new(1640, 5100)),
      new(4, CallTable.Own, LocalTimes.Day, CallTable.Waiting, CallTable.Patrols,
        Scaled(3_700), Scaled(1_500), Scaled(90), Scaled(120), new(2750, 8200)),
      new(1, CallTable.Fire, LocalTimes.Night, CallTable.FireCalls, CallTable.FireCalls,
        Scaled(2_700), 0, Scaled(30), Scaled(60), new(318, 560)),
      new(3, CallTable.Sheriff, LocalTimes.Day, CallTable.SheriffCalls, CallTable.SheriffCalls,
        Scaled(520), Scaled(160), Scaled(12), 0, new(1500, 4200)),
    ];
  }
}
