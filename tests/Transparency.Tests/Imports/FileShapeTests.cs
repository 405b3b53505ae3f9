using System.Text;
using Porchlight.Transparency.Tests.Imports.Framing;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>One table in every form a department may send it: what is published is the same.</summary>
public sealed class FileShapeTests {
  private static readonly string Table = MadeFile.Of(MadeFile.Reports(120).Select((r, i) => i % 10 == 0 ? r.Replace("MAIN", "PEÑA", StringComparison.Ordinal).Replace(",A1,", ",Ñ1,", StringComparison.Ordinal) : r));

  [Fact]
  public async Task What_is_published_does_not_depend_on_how_the_table_was_written() {
    await using var shell = await Shell.OpenAsync();
    var latin = Encoding.Latin1.GetBytes(Table);
    (string Name, byte[] Bytes)[] forms = [
      ("plain.csv", Shell.Utf8(Table)),
      ("packed.csv.gz", Shell.Gzip(Shell.Utf8(Table))),
      ("marked.csv", [0xEF, 0xBB, 0xBF, .. Shell.Utf8(Table)]),
      ("windows.csv", latin),
      ("wide.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Table)]),
      ("wide-big.csv", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Table)]),
      ("semicolons.csv", Shell.Utf8(Table.Replace(',', ';'))),
      ("tabs.txt", Shell.Utf8(Table.Replace(',', '\t'))),
      ("pipes.txt", Shell.Utf8(Table.Replace(',', '|'))),
      ("lines.csv", Shell.Utf8(Table.Replace("\n", "\r\n", StringComparison.Ordinal))),
      ("quoted.csv", Shell.Utf8(string.Join('\n', Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"\"{l.Replace(",", "\",\"", StringComparison.Ordinal)}\"")))),
      ("titled.csv", Shell.Utf8("Port Alder Police\nExported 2026-03-01\n\n" + Table)),
      ("blank-lines.csv", Shell.Utf8(Table.Replace("\n26-0004", "\n\n26-0004", StringComparison.Ordinal) + "\n\n")),
    ];
    List<string>? expected = null;
    foreach (var (name, bytes) in forms) {
      var import = await shell.ImportedAsync(shell.Write(name, bytes), source: "records", more: ["--cover", "whole"]);
      Assert.True((120, 0) == (import.In, import.Aside), $"{name}: {import.Said}");
      if (expected is null) {
        await shell.PublishedAsync();
        expected = shell.AskRows("SELECT to_json(r)::VARCHAR FROM rows r ORDER BY ALL", r => r.Text(0)!);
        Assert.Contains(expected, r => r.Contains("Ñ1", StringComparison.Ordinal));
      }
      // every other form says of each row what the first said
      else Assert.True((0, 0, 120) == (import.New, import.Changed, import.Unchanged), $"{name}: {import.Said}");
    }
    await shell.PublishedAsync();
    Assert.Equal(expected!, shell.AskRows("SELECT to_json(r)::VARCHAR FROM rows r ORDER BY ALL", r => r.Text(0)!));
  }

  [Fact]
  public async Task A_workbook_is_read_as_the_table_in_it_and_another_sheet_by_its_name() {
    await using var shell = await Shell.OpenAsync();
    await shell.ImportedAsync(shell.Write("plain.csv", Table));
    var rows = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToArray();
    var first = await shell.ImportedAsync(shell.Write("reports.xlsx", new Book().Sheet("Reports", Book.Rows(rows)).ToBytes()));
    Assert.Equal((0, 0, 120), (first.New, first.Changed, first.Unchanged));
    var behind = new Book().Sheet("Read me", Book.Rows(["Made by"], ["the records desk"])).Sheet("Reports", Book.Rows(rows)).ToBytes();
    var second = await shell.ImportedAsync(shell.Write("behind.xlsx", behind), more: ["--sheet", "Reports"]);
    Assert.Equal((0, 0, 120), (second.New, second.Changed, second.Unchanged));
    (await shell.ImportAsync(shell.Write("behind.xlsx", behind), more: ["--sheet", "Nothing"])).Refused("Reports");
  }
}
