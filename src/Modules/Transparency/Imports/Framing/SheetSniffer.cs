using System.Text;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Looks at the first rows of a workbook's sheet, as <see cref="Sniffer"/> does at text.</summary>
internal static class SheetSniffer {
  private sealed record Row(int Number, int FirstColumn, string?[] Cells) {
    public int Filled => Cells.Count(c => !string.IsNullOrWhiteSpace(c));
  }

  public static FileShape Look(FileStream file, string? wanted, CancellationToken ct) {
    using var workbook = Workbook.Open(file);
    var visible = workbook.Sheets.Where(s => !s.IsHidden).ToList();
    var names = string.Join(", ", visible.Select(s => $"\"{s.Name}\""));
    bool IsWanted(Workbook.SheetEntry sheet) =>
      wanted is null ? !sheet.IsHidden : string.Equals(sheet.Name, wanted.Trim(), StringComparison.OrdinalIgnoreCase);
    var candidates = workbook.Sheets.Where(IsWanted).ToList();
    if (candidates.Count == 0 && wanted is null) throw new RefusedException("The workbook has no visible sheet. Nothing was imported.");
    if (candidates.Count == 0) throw new RefusedException($"The workbook has no sheet \"{wanted}\". It has: {names}.");
    foreach (var sheet in candidates) {
      ct.ThrowIfCancellationRequested();
      var rows = Workbook.Guard(file.Name, () => FirstRows(workbook, sheet));
      if (rows.Count > 0) return Shape(sheet.Name, [.. visible.Select(s => s.Name)], rows);
    }
    throw new RefusedException(wanted is null
        ? "The workbook's sheets are empty. Send it again." : $"The sheet \"{wanted}\" is empty. The workbook has: {names}.");
  }

  private static List<Row> FirstRows(Workbook workbook, Workbook.SheetEntry sheet) {
    using var rows = workbook.Rows(sheet);
    List<Row> found = [];
    while (found.Count < Sniffer.SampleRecords + Sniffer.MostTitleLines && rows.Next()) {
      if (rows.Count == 0) continue;
      var first = rows.Column(0);
      var cells = new string?[rows.Column(rows.Count - 1) + 1 - first];
      for (var i = 0; i < rows.Count; i++) cells[rows.Column(i) - first] = Encoding.UTF8.GetString(rows.Text(i));
      found.Add(new(rows.Number, first, cells));
    }
    return found;
  }

  private static FileShape Shape(string sheet, IReadOnlyList<string> sheets, List<Row> rows) {
    // titles are short: the header is the first row with at least half as many cells as rows usually have
    var usual = rows.Select(r => r.Filled).Order().ElementAt(rows.Count / 2);
    var at = rows.FindIndex(0, Math.Min(rows.Count, Sniffer.MostTitleLines), r => r.Filled * 2 > usual && (r.Filled > 1 || usual <= 2));
    if (at < 0)
      throw new RefusedException($"No header was found in the first {Sniffer.MostTitleLines} rows of \"{sheet}\". "
          + "A sheet needs a row that names its columns, then one record a row.");
    var header = rows[at];
    var (drop, isAside) = Header.AsideColumns(header.Cells);
    var names = Header.Names(header.Cells[drop..]);
    var doubt = Header.Doubt(header.Cells[drop..]);
    Header.RefuseTwins(names, header.Number, doubt);
    List<string?[]> sample = [];
    foreach (var row in rows.Skip(at + 1).Take(Sniffer.SampleRecords)) {
      var left = row.FirstColumn - header.FirstColumn;
      if (left < 0 || left + row.Cells.Length > header.Cells.Length) continue;
      var cells = new string?[header.Cells.Length];
      row.Cells.CopyTo(cells, left);
      sample.Add(cells[drop..]);
    }
    string[] skipped = [.. rows.Take(at).Select(r => string.Join(' ', r.Cells.Where(c => c is not null)))];
    return new(
        FileKind.Xlsx, TextEncoding.Utf8, false, ',', sheet, header.Number, skipped, names, sample, doubt, isAside,
        header.FirstColumn, sheets);
  }
}
