using System.Text;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>Files that are no good, sent to a department that already has an edition out: each is refused or set aside in plain words, and nothing else changes.</summary>
public sealed class BadFileTests {
  private static readonly string Good = MadeFile.Of(MadeFile.Reports(60));
  private static byte[] Packed => Shell.Gzip(Shell.Utf8(Good));

  [Fact]
  public async Task What_cannot_be_read_is_refused_and_leaves_everything_as_it_was() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("good.csv", Good));
    await shell.PublishedAsync();
    var before = Everything(shell);
    var random = new byte[40_000];
    new Random(7).NextBytes(random);
    (string Name, byte[] Bytes, string Says)[] bad = [
      ("cut.csv.gz", Packed[..(Packed.Length / 2)], "The compressed file ends in the middle"),
      ("short.csv.gz", Packed[..^3], "The compressed file ends in the middle"),
      ("damaged.csv.gz", [.. Packed[..^8], 1, 2, 3, 4, .. Packed[^4..]], "The compressed file is damaged"),
      ("more.csv.gz", [.. Packed, .. "and more"u8], "After its compressed data the file has other bytes"),
      ("empty.csv", [], "The file is empty"),
      ("empty.csv.gz", Shell.Gzip([]), "The file is empty"),
      ("header.csv", Shell.Utf8(MadeFile.Header), "The file has a header and no rows"),
      ("blank.csv", "\n\n\n"u8.ToArray(), "The file holds only blank lines"),
      ("twice.csv", Shell.Utf8(Good.Replace(",Block", ",Beat", StringComparison.Ordinal)), "the same name more than once: \"Beat\" in columns 4 and 5"),
      ("endless.csv", Shell.Utf8(MadeFile.Header + "\n" + new string('x', 70 << 20)), "does not end within 64 MB"),
      ("random.csv", random, ""),
      ("picture.csv", [0x89, .. "PNG\r\n\x1a\n"u8, .. random.AsSpan(0, 900)], ""),
      ("book.xlsx", [.. "PK\x03\x04"u8, .. random.AsSpan(0, 900)], "damaged or no workbook"),
      ("old.xls", [0xD0, 0xCF, 0x11, 0xE0, .. random.AsSpan(0, 900)], "old Excel workbook"),
      ("report.pdf", "%PDF-1.7\n"u8.ToArray(), "This is a PDF"),
      ("page.csv", "<!DOCTYPE html><html>"u8.ToArray(), "This is a web page"),
      ("data.csv", "[{\"a\":1}]"u8.ToArray(), "This is JSON"),
      ("future.csv", Shell.Utf8(Good.Replace("2026-01", "2031-01", StringComparison.Ordinal).Replace("2026-02", "2031-02", StringComparison.Ordinal)), "None of the file's 60 rows can be used"),
      ("columns.csv", Shell.Utf8(Good.Replace("Beat", "Ward", StringComparison.Ordinal)), "The columns of this file are not those of records's mapping"),
    ];
    foreach (var (name, bytes, says) in bad) {
      var refused = (await shell.ImportAsync(shell.Write(name, bytes))).Refused(says);
      Assert.DoesNotContain(" at Porchlight.", refused.Error, StringComparison.Ordinal);
      Assert.False(refused.Error.Any(c => char.IsControl(c) && c is not ('\n' or '\r')), $"{name}: the message has control characters");
      Assert.True(refused.Error.Length < 3000, $"{name}: the message has {refused.Error.Length} characters");
      Assert.Equal(before, Everything(shell));
    }
    (await shell.ImportAsync(shell.Restricted)).Refused("is a folder");
    await shell.VerifiesAsync();
    var again = await shell.ImportedAsync(shell.Write("good.csv", Good));
    Assert.True(again.NothingChanged);
  }

  [Fact]
  public async Task A_file_that_may_not_be_read_is_refused() {
    Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "This user may read every file.");
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("good.csv", Good);
    if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.None);
    (await shell.ImportAsync(file)).Refused("Run it as the user who owns");
  }

  [Fact]
  public async Task Records_that_are_no_good_are_set_aside_one_by_one_with_their_line_and_the_reason() {
    await using var shell = await Shell.OpenAsync();
    var rows = MadeFile.Reports(60);
    rows[3] = rows[3][..^12] + new string('x', 3 << 20);
    rows[5] += ",too,many";
    rows[7] = "26-00008,2026-01-01 09:00:00";
    rows[9] = rows[9].Replace("2026-01", "2029-01", StringComparison.Ordinal);
    rows[11] = rows[11].Replace("2026-01", "1776-01", StringComparison.Ordinal);
    rows[13] = "26-00014,,Robbery,A1,1 MAIN ST";
    rows[15] = rows[15].Replace("26-000", "26-\0", StringComparison.Ordinal);
    rows[17] = "26-00018,2026-01-01 09:00:00,\"Robbery\" with force,A1,1 MAIN ST";
    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    Assert.Equal((52, 8), (import.In, import.Aside));
    var aside = File.ReadLines(import.AsideFile!).Select(l => l[..Math.Min(l.Length, 90)]).ToList();
    foreach (var says in (string[])[
      "5,,\"longer than 1,024 KB\"", "7,,\"expected 5 fields, found 7\"", "9,,\"expected 5 fields, found 2\"", "11,reported_at,in the future", "13,reported_at,before 1900", "15,reported_at,empty", "17,Case Number,holds a NUL byte", "19,Offense,text after a closing quote",
    ]) Assert.True(aside.Exists(l => l.StartsWith(says, StringComparison.Ordinal)), $"{says} is not in:\n{string.Join('\n', aside)}");
    Assert.Equal(52, (await shell.PublishedAsync()).Rows);
  }

  [Fact]
  public async Task A_point_that_is_none_leaves_the_row_without_a_place_and_in_the_citys_total() {
    await using var shell = await Shell.OpenAsync();
    string[] points = ["0,0", "0.0,0.0", ",", "999,999", "abc,def", "nan,nan", "NULL,NULL", "1e999,1", "-0.0,0"];
    var rows = MadeFile.Reports(180).Select((r, i) => $"{r},{(i < points.Length ? points[i] : "41.8315,-87.6275")}");
    var import = await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows, MadeFile.Header + ",Latitude,Longitude")));
    Assert.Equal((180, 0), (import.In, import.Aside));
    Assert.Equal(180, (await shell.PublishedAsync()).Rows);
    Assert.Equal(171, shell.Rows("lat_cell IS NOT NULL"));
    Assert.Equal(171, shell.Rows("lat_cell = 41831 AND lon_cell = -87628"));
  }

  [Fact]
  public async Task Formulas_in_cells_run_in_no_download() {
    await using var shell = await Shell.OpenAsync();
    string[] formulas = ["=HYPERLINK(\"\"http://evil.example\"\";\"\"x\"\")", "=1+1", "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1"];
    var rows = MadeFile.Reports(120).Select((r, i) => string.Join(',', r.Split(',')[..3]) + $",\"{formulas[i % formulas.Length]}\",1 MAIN ST");
    await shell.ImportedAsync(shell.Write("1.csv", MadeFile.Of(rows)));
    await shell.PublishedAsync();
    foreach (var page in (string[])["/en/data/crime", "/es/data/crime"]) {
      var csv = await shell.CsvAsync($"{page}?format=csv");
      Assert.Contains(csv, r => r["code"] == "'=1+1");
      foreach (var cell in csv.SelectMany(r => r.Cells)) Assert.False(cell.Length > 0 && "=+@\t\r".Contains(cell[0], StringComparison.Ordinal) || cell.StartsWith("-2", StringComparison.Ordinal), $"{page}: {cell}");
    }
  }

  /// <summary>Every file of the department but its database, with its bytes' hash.</summary>
  private static string Everything(Shell shell) {
    var all = new StringBuilder();
    foreach (var path in Directory.EnumerateFiles(shell.DataFolder, "*", SearchOption.AllDirectories).Where(p => !Path.GetFileName(p).StartsWith("porchlight.db", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
      all.AppendLine($"{Path.GetRelativePath(shell.DataFolder, path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}");
    return all.ToString();
  }
}
