using System.IO.Compression;
using Porchlight.Transparency.Imports.Framing;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>Exports of real departments, where they lie beside the repository.</summary>
public sealed class RealFileTests {
  internal static string? Data {
    get {
      for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) {
        var data = Path.Combine(folder.FullName, "shared", "data");
        if (Directory.Exists(data)) return data;
      }
      return null;
    }
  }

  [Theory]
  [InlineData("crime/chicago_crimes_2011-08_to_2012-12.csv.gz", 483_338, 20)]
  [InlineData("crime/charlottesville_crime_snapshot_2018-07-21.csv.gz", 30_977, 8)]
  [InlineData("crime/charlottesville_crime_snapshot_2018-08-28.csv.gz", 30_352, 8)]
  [InlineData("crime/dc_crime_incidents_2024_ytd.csv.gz", 5_735, 25)]
  [InlineData("cad/san_francisco_police_dispatched_calls_2026-01_part1.csv.gz", 2_549, 30)]
  [InlineData("cad/seattle_spd_calls_one_area_2018-2023.csv", 222, 13)]
  [InlineData("complaints/philadelphia_ppd_complaints_2018-07.csv.gz", 3_786, 5)]
  [InlineData("use_of_force/new_orleans_nopd_uof.csv.gz", 5_750, 33)]
  [InlineData("survey/kcmo_resident_survey_fy2022_q1.csv.gz", 1_033, 160)]
  public void Every_record_of_a_real_export_passes(string name, int records, int fields) {
    Assert.SkipUnless(Data is not null, "shared/data is not here");
    var path = Path.Combine(Data!, name);
    var folder = Directory.CreateTempSubdirectory("framing").FullName;
    try {
      var ct = TestContext.Current.CancellationToken;
      using var aside = new AsideWriter(Path.Combine(folder, "aside.csv"));
      var framed = Framer.Run(path, Sniffer.Look(path, null, ct), folder, aside, null, ct);
      Assert.Equal((records, 0, fields), (framed.Passed, framed.SetAside, framed.Header.Count));
      // counted and read a second time, by the letter
      var rows = Received.Rows(framed);
      Assert.Equal(records + 1, rows.Count);
      var text = ReadAll(path).Replace("\r\n", "\n").TrimStart('\uFEFF');
      Assert.Equal(rows, ReferenceCsv.Read(text, ','), (a, b) => a.AsSpan().SequenceEqual(b));
    } finally {
      Directory.Delete(folder, recursive: true);
    }
  }

  [Fact]
  public void Charlottesvilles_first_quoted_cell_stands_on_line_21733() {
    Assert.SkipUnless(Data is not null, "shared/data is not here");
    var path = Path.Combine(Data!, "crime/charlottesville_crime_snapshot_2018-07-21.csv.gz");
    var lines = ReadAll(path).Split('\n');
    Assert.Equal(21_733, Array.FindIndex(lines, l => l.Contains('"')) + 1);
    Assert.Equal(',', Sniffer.Look(path, null, TestContext.Current.CancellationToken).Delimiter);
  }

  private static string ReadAll(string path) {
    using var file = File.OpenRead(path);
    var isGzip = path.EndsWith(".gz", StringComparison.Ordinal);
    using var text = new StreamReader(isGzip ? new GZipStream(file, CompressionMode.Decompress) : file);
    return text.ReadToEnd();
  }
}
