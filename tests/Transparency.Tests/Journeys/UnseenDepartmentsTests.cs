using System.Globalization;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>Six departments that do not exist, each with an export in a style of its own: from the file to the page's rows, and counted again from what made them.</summary>
public sealed class UnseenDepartmentsTests {
  private const int Count = 300;
  private static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
  private static string Mountain(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Denver).ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture);
  private static string Hour(DateTime time) => time.ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture);
  private static string Line(FormattableString line) => FormattableString.Invariant(line);
  private static string Table(string header, Func<int, string> row) => $"{header}\n{string.Join('\n', Enumerable.Range(1, Count).Select(row))}\n";
  private static long Epoch(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds();

  [Fact]
  public async Task Days_before_months_a_column_for_the_time_pipes_and_abbreviations() {
    string[] offenses = ["BURGLARY - RESIDENTIAL", "ROBBERY - STRONGARM", "LARCENY - SHOPLIFTING", "STOLEN VEHICLE", "VANDALISM TO PROPERTY", "FOUND PROPERTY"], ages = ["25", "17", "44", "", "61"];
    await using var shell = await OpenAsync("incidents", Table("Inc #|Rpt Dt|Rpt Tm|UCR Desc|Patrol Zone|Hundred Block|Vic Age|DV?",
      n => Line($"HC26-{n:00000}|{MadeFile.At(n):dd/MM/yyyy}|{MadeFile.At(n):HHmm}|{offenses[n % 6]}|Zone {n % 4 + 1}|{n % 90}00 BLK OCEAN DR|{ages[n % 5]}|{(n % 25 == 0 ? "Y" : "N")}")));
    var shown = Enumerable.Range(1, Count).Where(n => ages[n % 5] != "17" && n % 25 != 0).ToList();
    Assert.Equal(shown.Select(n => $"{Hour(MadeFile.At(n))} ZONE {n % 4 + 1}").Order(StringComparer.Ordinal), Placed(shell, "incidents", "event_hour"));
    Assert.Equal(shown.Count(n => n % 6 == 2), shell.Rows("type = '23C'"));
    Assert.Equal(shown.Count(n => n % 6 == 5), shell.Rows("type = 'not-an-offense'"));
    await PageAddsUpAsync(shell, shown.Count(n => n % 6 != 5));
  }

  [Fact]
  public async Task Seconds_since_1970_points_as_text_and_semicolons() {
    string[] offenses = ["Theft from Motor Vehicle", "Aggravated Assault", "Fraud", "Arson", "Robbery"], beats = ["B-11", "B-12", "B-21"];
    await using var shell = await OpenAsync("incidents", Table("created_epoch;case_ref;crime_nm;beat_cd;geom",
      n => Line($"{Epoch(MadeFile.At(n))};MS-{n:000000};{offenses[n % 5]};{beats[n % 3]};POINT (-104.{800 + n % 50} 38.{820 + n % 40})")));
    // the file says UTC, and the department lives by Denver's clock
    Assert.Equal(Enumerable.Range(1, Count).Select(n => $"{Mountain(MadeFile.At(n))} {beats[n % 3]}").Order(StringComparer.Ordinal), Placed(shell, "incidents", "event_hour"));
    Assert.Equal(Count, shell.Rows("lat_cell BETWEEN 38820 AND 38859 AND lon_cell BETWEEN -104850 AND -104800"));
    await PageAddsUpAsync(shell, Count);
  }

  [Fact]
  public async Task Several_agencies_and_a_row_a_charge() {
    string[] agencies = ["Twin Rivers PD", "Twin Rivers PD", "Union County SO", "Rail Police"], charges = ["SIMPLE BATTERY", "THEFT OF MOTOR VEHICLE", "DUI", "CHILD ABUSE", "CRIMINAL MISCHIEF"];
    await using var shell = await OpenAsync("incidents", Table("Reporting Agency,CaseID,Charge Seq,Occurred From,Reported On,Charge Description,Division",
      n => Line($"{agencies[n / 2 % 4]},TR{n / 2:000000},{n % 2 + 1},\"{MadeFile.At(n).AddHours(-30):MM/dd/yyyy hh:mm tt}\",\"{MadeFile.At(n):MM/dd/yyyy hh:mm tt}\",{charges[n % 5]},D{n / 2 % 3 + 1}")));
    var own = Enumerable.Range(1, Count).Where(n => agencies[n / 2 % 4] == "Twin Rivers PD").ToList();
    // one charge about a child hides its whole report
    var delicate = own.Where(n => n % 5 == 3).Select(n => n / 2).ToHashSet();
    var shown = own.Where(n => !delicate.Contains(n / 2)).ToList();
    Assert.Equal(Count - own.Count, shell.Newest("incidents").LeftOut["other-agency"]);
    Assert.Equal(shown.Select(n => $"{Hour(MadeFile.At(n))} D{n / 2 % 3 + 1}").Order(StringComparer.Ordinal), Placed(shell, "incidents", "event_hour"));
    var crimes = shown.Where(n => charges[n % 5] is "SIMPLE BATTERY" or "THEFT OF MOTOR VEHICLE" or "CRIMINAL MISCHIEF").ToList();
    Assert.Equal(crimes.Select(n => n / 2).Distinct().Count(), shell.Rows("first = 1"));
    await PageAddsUpAsync(shell, crimes.Count);
  }

  [Fact]
  public async Task Calls_by_their_source_with_times_in_UTC() {
    string[] sources = ["911", "ONVIEW", "PHONE"], natures = ["TRAFFIC STOP", "PROWLER", "SUICIDAL SUBJECT", "ALARM"];
    static string Z(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    static int Took(int n) => 200 + n * 7 % 600;
    await using var shell = await OpenAsync("calls", Table("CFS_ID,Call_Source,CallRcvd,FirstDisp,FirstArrive,CallCleared,Nature,Pri,Zone",
      n => Line($"{900000 + n},{sources[n % 3]},{Z(MadeFile.At(n))},{Z(MadeFile.At(n).AddSeconds(60))},{(n % 9 == 0 ? "" : Z(MadeFile.At(n).AddSeconds(Took(n))))},{Z(MadeFile.At(n).AddMinutes(45))},{natures[n % 4]},P{n % 3 + 1},{(n % 2 == 0 ? "N" : "S")}")));
    var shown = Enumerable.Range(1, Count).Where(n => n % 4 != 2).ToList();
    Assert.Equal(shown.Select(n => $"{Mountain(MadeFile.At(n))} {(n % 2 == 0 ? "N" : "S")}").Order(StringComparer.Ordinal), Placed(shell, "calls", "received_hour"));
    Assert.Equal(shown.Count(n => n % 3 == 1), shell.Rows("status = 'on-view'", "calls"));
    await TimesAreAsync(shell, "p1", shown.Where(n => n % 3 == 0 && n % 9 != 0).Select(Took));
  }

  [Fact]
  public async Task Calls_of_police_fire_and_ambulance_in_one_table_with_milliseconds() {
    string[] disciplines = ["POLICE", "FIRE", "EMS", "POLICE"], problems = ["Disturbance", "Fire alarm", "Breathing problem", "Parking complaint"], priorities = ["Emergency", "Urgent", "Routine"];
    static int Took(int n) => 400 + n * 11 % 500;
    static long E(DateTime time) => Epoch(time) * 1000;
    await using var shell = await OpenAsync("calls", Table("Master Incident\tDiscipline\tTime Phone Pickup\tTime First Unit Assigned\tTime First Unit Arrived\tProblem\tPriority Description\tBattalion/Beat",
      n => Line($"{n:0000000}\t{disciplines[n % 4]}\t{E(MadeFile.At(n))}\t{E(MadeFile.At(n).AddSeconds(80))}\t{(n % 7 == 0 ? "" : E(MadeFile.At(n).AddSeconds(Took(n))))}\t{problems[n % 4]}\t{priorities[n % 3]}\t{n % 5 + 1}")));
    Assert.Equal(Count / 2, shell.Rows("status = 'other-agency'", "calls"));
    Assert.Equal(Enumerable.Range(1, Count).Select(n => $"{Mountain(MadeFile.At(n))} {n % 5 + 1}").Order(StringComparer.Ordinal), Placed(shell, "calls", "received_hour"));
    await TimesAreAsync(shell, "emergency", Enumerable.Range(1, Count).Where(n => n % 4 is 0 or 3 && n % 3 == 0 && n % 7 != 0).Select(Took));
  }

  [Fact]
  public async Task Calls_with_months_in_letters_a_day_and_a_time_apart_and_everything_quoted() {
    string[] natures = ["Hold-up alarm", "Barking dog", "Missing juvenile"], initiated = ["Self", "Citizen", "Citizen", "Citizen"];
    static int Took(int n) => 500 + n * 13 % 700;
    await using var shell = await OpenAsync("calls", Table("\"Event No.\",\"Call Date\",\"Call Time\",\"On Scene Date/Time\",\"Call Nature\",\"Urgency\",\"Initiated By\",\"Sector\",\"Disposition Text\"",
      n => Line($"\"{n + 5000}\",\"{MadeFile.At(n):dd-MMM-yyyy}\",\"{MadeFile.At(n):HH:mm:ss}\",\"{MadeFile.At(n).AddSeconds(Took(n)):dd-MMM-yyyy HH:mm:ss}\",\"{natures[n % 3]}\",\"{n / 3 % 2 + 1}\",\"{initiated[n % 4]}\",\"Sector {n % 2 + 1}\",\"{(n % 10 == 0 ? "Cancelled" : "Handled, no report")}\"")));
    var shown = Enumerable.Range(1, Count).Where(n => n % 3 != 2).ToList();
    Assert.Equal(shown.Select(n => $"{Hour(MadeFile.At(n))} SECTOR {n % 2 + 1}").Order(StringComparer.Ordinal), Placed(shell, "calls", "received_hour"));
    Assert.Equal(shown.Count(n => n % 10 == 0), shell.Rows("status = 'cancelled'", "calls"));
    await TimesAreAsync(shell, "1", shown.Where(n => n % 4 != 0 && n % 10 != 0 && n / 3 % 2 == 0).Select(Took));
  }

  private static async Task<Shell> OpenAsync(string dataset, string text) {
    var shell = await Shell.OpenAsync();
    (await shell.RunAsync("settings", "set", "time-zone", "America/Denver")).Done();
    var import = await shell.ImportedAsync(shell.Write("export.txt", text), dataset);
    Assert.True((Count, 0) == (import.In, import.Aside), import.Said);
    await shell.PublishedAsync(dataset);
    await shell.VerifiesAsync();
    return shell;
  }

  /// <summary>Hour and area of every published row.</summary>
  private static List<string> Placed(Shell shell, string dataset, string hour) => [.. shell.AskRows($"SELECT strftime({hour}, '%Y-%m-%d %H') || ' ' || area FROM rows", r => r.Text(0)!, dataset).Order(StringComparer.Ordinal)];

  private static async Task PageAddsUpAsync(Shell shell, int shown) {
    var csv = await shell.CsvAsync("/en/data/crime?period=2025-12-01..2026-03-01&format=csv");
    long Sum(string by) => csv.Where(r => r["split_by"] == by && r["code"] != "(city)").Sum(r => long.Parse(r["count"], CultureInfo.InvariantCulture));
    Assert.Equal(shown, Sum("area"));
    Assert.Equal(Sum("total"), csv.Where(r => r["split_by"] == "area").Sum(r => long.Parse(r["count"], CultureInfo.InvariantCulture)));
  }

  private static async Task TimesAreAsync(Shell shell, string priority, IEnumerable<int> seconds) {
    var sorted = seconds.Order().ToArray();
    Assert.True(sorted.Length > 20);
    var csv = await shell.CsvAsync("/en/data/response-times?period=2025-12-01..2026-03-01&format=csv");
    var row = csv.Single(r => r["split_by"] == "priority" && r["priority"] == priority && r["interval"] == "total");
    Assert.Equal(sorted.Length, int.Parse(row["calls"], CultureInfo.InvariantCulture));
    double Quantile(double q) => q * (sorted.Length - 1) is var at && (int)at is var low && low + 1 < sorted.Length ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[^1];
    Assert.Equal(Quantile(0.5), double.Parse(row["median_seconds"], CultureInfo.InvariantCulture), 0.051);
    Assert.Equal(Quantile(0.9), double.Parse(row["ninth_decile_seconds"], CultureInfo.InvariantCulture), 0.051);
  }
}
