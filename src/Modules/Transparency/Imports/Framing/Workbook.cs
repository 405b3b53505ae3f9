using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>An .xlsx file, opened after its zip archive was looked over: sheets, number formats and shared strings.</summary>
internal sealed class Workbook : IDisposable {
  // a sheet of a million rows and thirty columns unfolds to about 2 GB; its XML packs 10 to 60 times, a bomb 1,000 times
  private const long LargestSheet = 4L << 30, LargestStrings = 512L << 20, LargestOther = 64L << 20, SmallEnough = 16L << 20;
  private const int MostEntries = 10_000, HighestRatio = 300;
  private readonly SpreadsheetDocument _document;
  private readonly WorkbookPart _part;
  private readonly string _path;
  private readonly List<SheetEntry> _sheets = [];
  private SharedStrings? _strings;

  private Workbook(string path, SpreadsheetDocument document, WorkbookPart part) {
    (_path, _document, _part) = (path, document, part);
    foreach (var sheet in part.Workbook.Sheets?.Elements<Sheet>() ?? []) {
      // a chart or a macro sheet has another kind of part
      if (sheet.Name?.Value is { } name && sheet.Id?.Value is { } id && part.TryGetPartById(id, out var found) && found is WorksheetPart)
        _sheets.Add(new(name, id, sheet.State?.Value is SheetStateValues.Hidden or SheetStateValues.VeryHidden));
    }
    Formats = CellFormat.Read(part.WorkbookStylesPart?.Stylesheet);
    From1904 = part.Workbook.WorkbookProperties?.Date1904?.Value ?? false;
  }

  /// <summary>A sheet in the order of its tabs.</summary>
  public sealed record SheetEntry(string Name, string Id, bool IsHidden);

  /// <summary>The sheets that hold cells.</summary>
  public IReadOnlyList<SheetEntry> Sheets => _sheets;
  /// <summary>What a cell's style makes of its number, by the style's index.</summary>
  public IReadOnlyList<CellFormat> Formats { get; }
  /// <summary>Whether days are counted from 1904 (old Macintosh files).</summary>
  public bool From1904 { get; }
  /// <summary>The texts that cells name by number; read when a cell asks first.</summary>
  public SharedStrings Strings => _strings ??= SharedStrings.Read(_part.SharedStringTablePart?.GetStream(FileMode.Open, FileAccess.Read));

  /// <summary>Opens a file, which stays the caller's. Refuses what is no .xlsx, or unfolds to more than a sheet can need.</summary>
  public static Workbook Open(FileStream file) => Guard(file.Name, () => {
    LookOver(file, Path.GetFileName(file.Name));
    var document = SpreadsheetDocument.Open(file, isEditable: false);
    return new Workbook(file.Name, document, document.WorkbookPart ?? throw new InvalidDataException());
  });

  /// <summary>The rows of a sheet, from the first.</summary>
  public SheetRows Rows(SheetEntry sheet) =>
    Guard(_path, () => new SheetRows(this, _part.GetPartById(sheet.Id).GetStream(FileMode.Open, FileAccess.Read)));

  /// <summary>Runs what reads the archive; whatever the libraries throw over damaged bytes becomes a refusal.</summary>
  public static T Guard<T>(string path, Func<T> read) {
    try {
      return read();
    } catch (Exception e) when (e is InvalidDataException or XmlException or OpenXmlPackageException or FormatException or ArgumentException
        or InvalidOperationException or NotSupportedException or OverflowException or KeyNotFoundException or EndOfStreamException
        or NullReferenceException) {
      throw new RefusedException($"{Path.GetFileName(path)} is damaged or no workbook that we can read. "
          + "Open it in Excel, save it again as .xlsx or CSV, and import that. Nothing was imported.");
    }
  }

  private static void LookOver(FileStream file, string name) {
    using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
    if (zip.Entries.Count > MostEntries) throw TooLarge(name);
    var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
    if (names.Contains("xl/workbook.bin"))
      throw new RefusedException($"{name} is a binary Excel workbook (.xlsb). "
          + "Open it in Excel, save it as .xlsx or CSV, and import that. Nothing was imported.");
    if (names.Contains("mimetype"))
      throw new RefusedException($"{name} is an OpenDocument file. Save it as .xlsx or CSV, and import that. Nothing was imported.");
    if (!names.Contains("[Content_Types].xml"))
      throw new RefusedException($"{name} is a zip archive. Unpack it and import the file in it. Nothing was imported.");
    if (!names.Any(n => n.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
      throw new RefusedException($"{name} is an Office file without sheets. Export the table as CSV or .xlsx. Nothing was imported.");
    foreach (var entry in zip.Entries) {
      // reading stops at the size that the archive declares, so a false one cannot be used to get past this
      var most = entry.FullName.Contains("/worksheets/", StringComparison.OrdinalIgnoreCase) ? LargestSheet
          : entry.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase) ? LargestStrings : LargestOther;
      var ratio = entry.Length / Math.Max(1, entry.CompressedLength);
      if (entry.Length > most || entry.Length > SmallEnough && ratio > HighestRatio) throw TooLarge(name);
    }
    file.Position = 0;
  }

  private static RefusedException TooLarge(string name) =>
    new($"{name} unfolds to more than a workbook of records can need. Export the table as CSV and import that. Nothing was imported.");

  public void Dispose() => _document.Dispose();
}
