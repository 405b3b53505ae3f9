using System.Globalization;
using System.Text;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests;

/// <summary>
/// The program with three beats, a year and nine months of reports and calls, imported and published as a department would: N1 in the
/// north, S1 in the south, X9 whose ground was drawn anew in March 2025. Made once for all tests of pages; they only read.
/// </summary>
public class SmallCity : IAsyncLifetime {
  private static readonly DateTime First = new(2024, 1, 1, 8, 0, 0);
  private const int Months = 21;

  private TestHost? _host;
  private readonly TestFolder _files = new();

  public TestHost Host => _host!;
  public Task<HtmlPage> GetAsync(string path) => Host.GetAsync(path);

  public async ValueTask InitializeAsync() {
    _host = await TestHost.StartAsync();
    Host.Clock.Set(new(2025, 10, 9, 14, 0, 0, TimeSpan.Zero));
    await Verb("settings", "set", "web-address", "https://police.portalder.example");
    await Verb("import", "areas", _files.Write("old.geojson", Map(0.010)));
    await Verb("import", "areas", _files.Write("new.geojson", Map(0.014)), "--from", "2025-03-01");
    await Verb("import", "incidents", _files.Write("incidents.csv", Incidents()), "--source", "records", "--accept-proposed-mapping");
    await Verb("import", "calls", _files.Write("calls.csv", Calls()), "--source", "dispatch", "--accept-proposed-mapping");
    await Verb("publish", "incidents", "--reason", "September is here.", "--unattended");
    await Verb("publish", "incidents", "--reason", "A second look.", "--unattended", "--even-if-unchanged");
    await Verb("publish", "calls", "--reason", "September is here.", "--unattended");
  }

  public async ValueTask DisposeAsync() {
    await Host.DisposeAsync();
    _files.Dispose();
    GC.SuppressFinalize(this);
  }

  private async Task Verb(params string[] args) => (await Host.RunVerbAsync(args)).Done();

  // three squares side by side; X9 grows to the east
  private static string Map(double width) {
    string Area(string code, string name, string district, int residents, double west, double wide) {
      var east = west + wide;
      var ring = string.Create(CultureInfo.InvariantCulture, $"[[{west},40],[{east},40],[{east},40.01],[{west},40.01],[{west},40]]");
      var properties = $$"""{"BEAT":"{{code}}","NAME":"{{name}}","DISTRICT":"{{district}}","POPULATION":{{residents}} }""";
      return $$$"""{"type":"Feature","properties":{{{properties}}},"geometry":{"type":"Polygon","coordinates":[{{{ring}}}]}}""";
    }
    string[] areas = [
      Area("N1", "Northtown", "Upper", 4000, -100, 0.01), Area("S1", "Southtown", "Lower", 6000, -99.99, 0.01),
      Area("X9", "Corner", "Lower", 900, -99.98, width),
    ];
    return $$"""{"type":"FeatureCollection","features":[{{string.Join(',', areas)}}]}""";
  }

  protected static IEnumerable<DateTime> EachMonth => Enumerable.Range(0, Months).Select(m => First.AddMonths(m));

  protected static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

  // N1: 20 thefts a month, 12 from 2025 on. S1: 4 burglaries. X9: 2 thefts. One assault in the home in N1 a month, on its last day
  protected virtual string Incidents() {
    var csv = new StringBuilder("IncidentNumber,ReportedAt,NIBRSCode,Beat,Domestic\n");
    var number = 0;
    void Row(DateTime at, string code, string beat, string domestic = "N") =>
      csv.Append(CultureInfo.InvariantCulture, $"R{++number:000000},{Time(at)},{code},{beat},{domestic}\n");
    foreach (var month in EachMonth) {
      for (var i = 0; i < (month.Year == 2024 ? 20 : 12); i++) Row(month.AddDays(i).AddMinutes(13 * i), "23H", "N1");
      for (var i = 0; i < 4; i++) Row(month.AddDays(i * 3).AddMinutes(7), "220", "S1");
      for (var i = 0; i < 2; i++) Row(month.AddDays(i * 5).AddMinutes(29), "23F", "X9");
      Row(month.AddMonths(1).AddDays(-1).AddMinutes(41), "13B", "N1", "Y");
    }
    return csv.ToString();
  }

  // Priority 1: 20 a month in N1, reached after 300 to 490 s (180 s more before 2025), one in S1, and one started by an officer.
  // Priority 2: half are never reached
  private static string Calls() {
    var csv = new StringBuilder("CallNumber,ReceivedAt,DispatchedAt,OnSceneAt,ClosedAt,CallType,Priority,OnView,Beat\n");
    var number = 0;
    void Row(DateTime at, int? dispatched, int? there, int priority, string onView, string beat) {
      var (sent, arrived) = (dispatched is { } d ? at.AddSeconds(d) : (DateTime?)null, there is { } t ? at.AddSeconds(t) : (DateTime?)null);
      csv.Append(CultureInfo.InvariantCulture, $"C{++number:000000},{Time(at)},{Time(sent)},{Time(arrived)},{Time(at.AddHours(2))},");
      csv.Append(CultureInfo.InvariantCulture, $"Alarm,{priority},{onView},{beat}\n");
    }
    foreach (var month in EachMonth) {
      var more = month.Year == 2024 ? 180 : 0;
      for (var i = 0; i < 20; i++) Row(month.AddDays(i).AddMinutes(3 + i), 60, 300 + 10 * i + more, 1, "N", "N1");
      Row(month.AddDays(25), 5, 5, 1, "Y", "N1");
      for (var i = 0; i < 4; i++) Row(month.AddDays(26).AddMinutes(i), i % 2 == 0 ? 90 : null, i % 2 == 0 ? 900 : null, 2, "N", "S1");
      Row(month.AddMonths(1).AddDays(-1), 60, 400 + more, 1, "N", "S1");
    }
    return csv.ToString();
  }
}
