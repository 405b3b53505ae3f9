using System.IO.Compression;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>A workbook written by hand, so that a test says exactly which XML is in it.</summary>
internal sealed class Book {
  private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private const string Package = "http://schemas.openxmlformats.org/package/2006/";
  private readonly List<(string Name, string State, string Rows)> _sheets = [];
  public string Styles { get; set; } = "";
  public string Strings { get; set; } = "";
  public string Properties { get; set; } = "";

  /// <summary>Adds a sheet: the inside of its <c>sheetData</c>.</summary>
  public Book Sheet(string name, string rows, string state = "visible") {
    _sheets.Add((name, state, rows));
    return this;
  }

  public byte[] ToBytes() {
    using var to = new MemoryStream();
    using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true)) {
      Write(zip, "[Content_Types].xml", $"""
          <Types xmlns="{Package}content-types"><Default Extension="xml" ContentType="application/xml"/>
          <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
          """ + Part("workbook", "sheet.main") + Part("styles", "styles") + Part("sharedStrings", "sharedStrings")
          + Each((i, _) => Part($"worksheets/sheet{i}", "worksheet")) + "</Types>");
      Write(zip, "_rels/.rels", $"""<Relationships xmlns="{Package}relationships">"""
          + Relation("r1", "officeDocument", "xl/workbook") + "</Relationships>");
      Write(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}">{Properties}<sheets>"""
          + Each((i, s) => $"""<sheet name="{s.Name}" sheetId="{i}" state="{s.State}" r:id="s{i}"/>""") + "</sheets></workbook>");
      Write(zip, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}relationships">"""
          + Relation("st", "styles", "styles") + Relation("ss", "sharedStrings", "sharedStrings")
          + Each((i, _) => Relation($"s{i}", "worksheet", $"worksheets/sheet{i}")) + "</Relationships>");
      Write(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}">{Styles}</styleSheet>""");
      Write(zip, "xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{Strings}</sst>""");
      foreach (var (i, sheet) in _sheets.Index())
        Write(zip, $"xl/worksheets/sheet{i + 1}.xml", $"""<worksheet xmlns="{Main}"><sheetData>{sheet.Rows}</sheetData></worksheet>""");
    }
    return to.ToArray();
  }

  private string Each(Func<int, (string Name, string State, string Rows), string> write) =>
    string.Concat(_sheets.Index().Select(s => write(s.Index + 1, s.Item)));

  private static string Part(string name, string kind) =>
    $"""<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>""";

  private static string Relation(string id, string kind, string target) =>
    $"""<Relationship Id="{id}" Type="{Relations}/{kind}" Target="{target}.xml"/>""";

  private static void Write(ZipArchive zip, string name, string text) {
    using var writer = new StreamWriter(zip.CreateEntry(name).Open());
    writer.Write(text);
  }

  /// <summary>Rows of inline strings.</summary>
  public static string Rows(params string[][] rows) =>
    string.Concat(rows.Index().Select(r => $"<row r=\"{r.Index + 1}\">{string.Concat(r.Item.Select(Cell))}</row>"));

  private static string Cell(string text) => text.Length == 0 ? "<c/>"
      : $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(text)}</t></is></c>";
}
