using System.Globalization;
using System.Text;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>Times with a zone's name behind them, on the department's own clock; and a file whose names in its header are in another encoding.</summary>
public sealed class NamedZoneTests {
  [Theory]
  [InlineData("EST", "EDT", 13), InlineData("CST", "CDT", 14), InlineData("MST", "MDT", 15), InlineData("PST", "PDT", 16), InlineData("AKST", "AKDT", 17)]
  [InlineData("-0500", "-04:00", 13), InlineData("est", "edt", 13)]
  public async Task A_time_in_a_named_zone_is_moved_to_the_departments_own(string winter, string summer, int hour) {
    await using var shell = await Shell.OpenAsync();
    var rows = Enumerable.Range(0, 100).Select(n => $"25-{n:0000},{(n % 2 == 0 ? $"01/{n % 28 + 1:00}/2025 12:30 {winter}" : $"07/{n % 28 + 1:00}/2025 12:30 {summer}")},Vandalism,A1");
    await Published(shell, "Case Number,Reported At,Offense,Beat", rows, "America/Halifax");
    // an hour before New York; summer time begins and ends with it
    Assert.Equal((100, 100), (shell.Rows(), shell.Rows($"hour(event_hour) = {hour}")));
  }

  [Theory, InlineData("UTC"), InlineData("GMT"), InlineData("Z")]
  public async Task Greenwich_is_read_by_each_of_its_names(string zone) {
    await using var shell = await Shell.OpenAsync();
    await Published(shell, "Case Number,Reported At,Offense,Beat", Enumerable.Range(0, 40).Select(n => $"25-{n:0000},2025-01-{n % 28 + 1:00} 12:30:00 {zone},Vandalism,A1"), "Pacific/Honolulu");
    Assert.Equal(40, shell.Rows("hour(event_hour) = 2"));
  }

  [Theory, InlineData(false), InlineData(true)]
  public async Task Another_column_decides_whether_a_named_zone_is_meant(bool isMeant) {
    await using var shell = await Shell.OpenAsync();
    var rows = Enumerable.Range(0, 200).Select(n => {
      var written = new DateTime(2025, 1, 1 + n % 28, n % 12 + 6, 30, 0);
      var lived = isMeant ? written.AddHours(-3) : written;
      return string.Create(CultureInfo.InvariantCulture, $"25-{n:0000},{written:yyyy-MM-dd HH:mm:ss} EST,{lived:HHmm},Vandalism,A1");
    });
    await Published(shell, "Case Number,DateReported,HourReported,Offense,Beat", rows, "America/Los_Angeles");
    Assert.Equal((200, isMeant ? 0 : 16), (shell.Rows(), shell.Rows("hour(event_hour) = 17")));
  }

  [Fact]
  public async Task A_header_in_another_encoding_is_refused_until_a_person_says_which() {
    await using var shell = await Shell.OpenAsync();
    var header = Encoding.Latin1.GetBytes("Case Number,Date Reported,Offense,Beat,Ca\u00f1on\n");
    var rows = Encoding.UTF8.GetBytes(string.Join('\n', MadeFile.Reports(60).Select(r => r + "\u00e9\u00f1\u00fc")) + "\n");
    var file = shell.Write("1.csv", [.. header, .. rows]);
    (await shell.ImportAsync(file)).Refused("Import it with --encoding windows-1252, or repair the names.");
    Assert.Equal((60, 0), await shell.ImportedAsync(file, more: ["--encoding", "windows-1252"]) is var import ? (import.In, import.Aside) : default);
    Assert.Equal(Porchlight.Kernel.Verbs.ExitCodes.Usage, (await shell.ImportAsync(file, more: ["--encoding", "ebcdic"])).Exit);
    var wide = shell.Write("2.csv", [.. Encoding.Unicode.GetBytes(MadeFile.Of(MadeFile.Reports(60, 100)))]);
    Assert.Equal(60, (await shell.ImportedAsync(wide, source: "county", more: ["--encoding", "utf-16"])).In);
    var help = (await shell.RunAsync("import", "--help")).Done().Out;
    foreach (var word in (string[])["--encoding", "import areas --help", "import protected-addresses --help"]) Assert.Contains(word, help, StringComparison.Ordinal);
  }

  private static async Task Published(Shell shell, string header, IEnumerable<string> rows, string zone) {
    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, header)), more: ["--time-zone", zone]);
    Assert.True(import.Aside == 0, import.Said);
    await shell.PublishedAsync();
  }
}
