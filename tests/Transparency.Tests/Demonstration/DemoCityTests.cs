using System.Security.Cryptography;
using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Demonstration;

namespace Porchlight.Transparency.Tests.Demonstration;

public sealed class DemoCityTests : IDisposable {
  private readonly string _folder = Directory.CreateTempSubdirectory("porchlight-demo-").FullName;

  public void Dispose() => Directory.Delete(_folder, recursive: true);

  [Fact]
  public void The_same_seed_and_day_give_the_same_bytes_and_another_seed_others() {
    var once = Hashes(Write("once", new(2026, 11, 24), 3));
    Assert.Equal(once, Hashes(Write("twice", new(2026, 11, 24), 3)));
    var other = Hashes(Write("other", new(2026, 11, 24), 4));
    Assert.Equal(once[0], other[0]);
    Assert.NotEqual(once[1], other[1]);
    Assert.NotEqual(once[2], other[2]);
  }

  [Theory]
  [InlineData("2026-11-24", "2024-01-01", "2026-10-31")]
  [InlineData("2027-01-05", "2024-01-01", "2026-12-31")]
  [InlineData("2027-02-01", "2025-01-01", "2027-01-31")]
  public void Records_run_from_the_year_before_last_to_the_last_whole_month(string today, string first, string last) {
    var files = Write("any", DateOnly.ParseExact(today, "yyyy-MM-dd"), 1);
    Assert.Equal((first, last), ($"{files.FirstDay:yyyy-MM-dd}", $"{files.LastDay:yyyy-MM-dd}"));
    var reported = DemoCityFixture.Read(File.OpenRead(files.Incidents), 14).Select(r => r["ReportedAt"][..7]).ToHashSet();
    Assert.Equal((first[..7], last[..7]), (reported.Min(), reported.Max()));
    Assert.Equal((files.LastDay.Year - files.FirstDay.Year) * 12 + files.LastDay.Month, reported.Count);
  }

  [Fact]
  public void A_later_export_of_the_year_holds_the_earlier_rows_with_some_cases_settled_since() {
    var september = DemoCityFixture.Read(File.OpenRead(Write("september", new(2026, 10, 9), 5).Incidents), 14);
    var october = DemoCityFixture.Read(File.OpenRead(Write("october", new(2026, 11, 9), 5).Incidents), 14);
    Assert.True(october.Count > september.Count);
    var settled = 0;
    foreach (var (before, after) in september.Zip(october)) {
      Assert.Equal(before.Cells[..12], after.Cells[..12]);
      if (before["Status"] == after["Status"]) continue;
      Assert.Equal("Open", before["Status"]);
      settled++;
    }
    Assert.InRange(settled, 100, 2_000);
  }

  [Fact]
  public void Files_are_small_and_counted() {
    var files = Write("sized", new(2026, 11, 24), DemoCity.UsualSeed);
    Assert.InRange(new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length), 1_000_000, 25_000_000);
    Assert.Equal(File.ReadLines(files.Incidents).Count() - 1, files.IncidentRows);
    Assert.InRange(files.IncidentRows, 35_000, 50_000);
    Assert.InRange(files.CallRows, 150_000, 200_000);
  }

  [Fact]
  public void Progress_names_each_year_and_a_stop_is_heeded() {
    List<string> said = [];
    DemoCity.Write(_folder, new(2026, 11, 24), 1, new Told(said.Add), TestContext.Current.CancellationToken);
    Assert.Equal(["Port Alder: reports of 2024", "Port Alder: reports of 2025", "Port Alder: reports of 2026",
      "Port Alder: calls of 2024", "Port Alder: calls of 2025", "Port Alder: calls of 2026"], said);
    Assert.Throws<OperationCanceledException>(() => DemoCity.Write(_folder, new(2026, 11, 24), 1, null, new(canceled: true)));
  }

  [Fact]
  public void Settings_are_known_keys_with_usable_values() =>
    Assert.All(DemoCity.Settings, s => Assert.Null(Assert.IsType<SettingDefinition>(SettingCatalog.Find(s.Key)).Refuses(s.Value)));

  private DemoFiles Write(string name, DateOnly today, int seed) =>
    DemoCity.Write(Path.Combine(_folder, name), today, seed, null, TestContext.Current.CancellationToken);

  private static string[] Hashes(DemoFiles files) =>
    [.. new[] { files.Areas, files.Incidents, files.Calls }.Select(p => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(p))))];

  private sealed class Told(Action<string> tell) : IProgress<string> {
    public void Report(string value) => tell(value);
  }
}
