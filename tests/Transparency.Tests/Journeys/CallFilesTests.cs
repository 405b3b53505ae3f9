using System.Globalization;
using Porchlight.Testing;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>Two cities' calls: which count, which are counted beside them, and how long the first officer took.</summary>
public sealed class CallFilesTests {
  // what this test, reading San Francisco's own words, would keep out of every area
  private static readonly string[] Delicate = [
    "MENTALLY DISTURBED", "MISSING JUVENILE", "SUICIDE", " DV", "SEXUAL ASSAULT", "INDECENT EXPOSURE", "PSYCH", "STALKING", "ELDERLY ABUSE", "SENILE PERSON", "WELL BEING CHECK EA", "JUVE ", "RO SERVICE", "OBVIOUS DEATH", "OD ARREST",
  ];

  [Fact]
  public async Task San_Franciscos_police_calls_are_told_from_parking_and_the_times_are_those_of_the_file() {
    string[] path = ["cad", "san_francisco_police_dispatched_calls_2026-01_part1.csv.gz"];
    var raw = RawCsv.Real(path).ToList();
    await using var shell = await Shell.OpenAsync();
    var import = await shell.ImportedAsync(Repository.SharedData(path), "calls", more: ["--time-zone", "America/Los_Angeles"]);
    Assert.Equal((2_549, 0), (import.In, import.Aside));
    Assert.Contains("Police 1,908 (own)", import.Said, StringComparison.Ordinal);
    Assert.Contains("HSOC (77)", import.Said, StringComparison.Ordinal);

    var edition = await shell.PublishedAsync("calls");
    var shown = raw.Where(r => !Sensitive(r)).ToList();
    var police = shown.Where(r => r["agency"] == "Police").ToList();
    Assert.Equal(1_908, raw.Count(r => r["agency"] == "Police"));
    Assert.Equal(shown.Count, edition.Rows);
    // every call of the file is a row, a city total, or said to be in none
    Assert.Equal(raw.Count, edition.Rows + edition.CityOnly + edition.CityOnlyWithheld + edition.LeftOut["sensitive"]);
    Assert.Equal(raw.Count(r => Sensitive(r) && (r["agency"] != "Police" || r["onview_flag"] != "N" || r["disposition"] == "CAN" || Open(r))), edition.LeftOut["sensitive"]);
    Assert.Equal(shown.Count - police.Count, shell.Rows("status = 'other-agency'", "calls"));
    Assert.Equal(police.Count(r => r["onview_flag"] != "N" && r["disposition"] != "CAN"), shell.Rows("status = 'on-view'", "calls"));

    // 87 police calls have neither an officer there nor an end
    Assert.Equal(87, raw.Count(r => r["agency"] == "Police" && Open(r)));
    Assert.Equal(police.Count(r => Open(r) && r["onview_flag"] == "N" && r["disposition"] != "CAN"), shell.Rows("status = 'open'", "calls"));

    foreach (var kind in (string[])["mentally-disturbed", "missing-juvenile"]) Assert.Equal(0, shell.Rows($"type = '{kind}'", "calls"));
    Assert.Equal((21, 2), (raw.Count(r => r["call_type_final_desc"] == "MENTALLY DISTURBED"), raw.Count(r => r["call_type_final_desc"] == "MISSING JUVENILE")));

    var counted = police.Where(r => r["onview_flag"] == "N" && r["disposition"] != "CAN" && !Open(r)).ToList();
    Assert.Equal(counted.Count, shell.Rows("status = 'counted'", "calls"));
    var page = await shell.CsvAsync("/en/data/response-times?format=csv");
    foreach (var priority in (string[])["A", "B", "C"]) {
      var seconds = counted.Where(r => r["priority_final"] == priority && r["onscene_datetime"].Length > 0).Select(r => (At(r["onscene_datetime"]) - At(r["received_datetime"])).TotalSeconds).Order().ToArray();
      Assert.True(seconds.Length > 30);
      var row = page.Single(r => r["split_by"] == "priority" && string.Equals(r["priority"], priority, StringComparison.OrdinalIgnoreCase) && r["interval"] == "total");
      Assert.Equal(seconds.Length, int.Parse(row["calls"], CultureInfo.InvariantCulture));
      Assert.Equal(Quantile(seconds, 0.5), double.Parse(row["median_seconds"], CultureInfo.InvariantCulture), 0.05);
      Assert.Equal(Quantile(seconds, 0.9), double.Parse(row["ninth_decile_seconds"], CultureInfo.InvariantCulture), 0.05);
    }
    await shell.VerifiesAsync();
  }

  [Fact]
  public async Task Seattles_calls_without_an_arrival_are_counted_and_have_no_time() {
    string[] path = ["cad", "seattle_spd_calls_one_area_2018-2023.csv"];
    var raw = RawCsv.Real(path).ToList();
    await using var shell = await Shell.OpenAsync();
    var import = await shell.ImportedAsync(Repository.SharedData(path), "calls");
    Assert.Equal((222, 0), (import.In, import.Aside));
    Assert.Contains("Call to arrival: 36 rows without", import.Said, StringComparison.Ordinal);
    Assert.Equal(36, raw.Count(r => r["Arrived Time"].Length == 0));
    var edition = await shell.PublishedAsync("calls");
    string[] delicate = ["DV", "SUICID", "CRISIS", "LEWD", "SEX", "CHILD", "OVERDOSE", "(OD)", "DOA"];
    var shown = raw.Where(r => !delicate.Any(w => r["Final Call Type"].Contains(w, StringComparison.Ordinal) || r["Initial Call Type"].Contains(w, StringComparison.Ordinal))).ToList();
    Assert.Equal(shown.Count, edition.Rows);
    var counted = shown.Where(r => r["Call Type"] != "ONVIEW" && !r["Event Clearance Description"].Contains("CANCELLED", StringComparison.Ordinal)).ToList();
    Assert.Equal(counted.Count, shell.Rows("status = 'counted'", "calls"));
    Assert.Equal(counted.Count(r => r["Arrived Time"].Length == 0), shell.Rows("status = 'counted' AND s_total IS NULL", "calls"));
    await shell.VerifiesAsync();
  }

  private static bool Sensitive(RawRow r) => r["sensitive_call"] == "true" || Delicate.Any(w => r["call_type_final_desc"].Contains(w, StringComparison.Ordinal) || r["call_type_original_desc"].Contains(w, StringComparison.Ordinal));
  private static bool Open(RawRow r) => r["onscene_datetime"].Length == 0 && r["close_datetime"].Length == 0;
  private static DateTime At(string text) => DateTime.ParseExact(text, "yyyy/MM/dd hh:mm:ss tt", CultureInfo.InvariantCulture);

  // PERCENTILE.INC
  private static double Quantile(double[] sorted, double q) {
    var rank = q * (sorted.Length - 1);
    var low = (int)rank;
    return low + 1 == sorted.Length ? sorted[low] : sorted[low] + (rank - low) * (sorted[low + 1] - sorted[low]);
  }
}
