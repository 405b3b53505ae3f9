using System.IO.Compression;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>A workbook written by hand, so that a test says exactly which XML is in it.</summary>
internal sealed class Book {
  private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
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
      Write(zip, "[Content_Types].xml", """
          <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
          <Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
          <Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
          <Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
          """ + string.Concat(_sheets.Select((_, i) => $"""<Override PartName="/xl/worksheets/sheet{i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""")) + "</Types>");
      Write(zip, "_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
      Write(zip, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}">{Properties}<sheets>"""
          + string.Concat(_sheets.Select((s, i) => $"""<sheet name="{s.Name}" sheetId="{i + 1}" state="{s.State}" r:id="s{i + 1}"/>""")) + "</sheets></workbook>");
      Write(zip, "xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"""
          + $"""<Relationship Id="st" Type="{Relations}/styles" Target="styles.xml"/><Relationship Id="ss" Type="{Relations}/sharedStrings" Target="sharedStrings.xml"/>"""
          + string.Concat(_sheets.Select((_, i) => $"""<Relationship Id="s{i + 1}" Type="{Relations}/worksheet" Target="worksheets/sheet{i + 1}.xml"/>""")) + "</Relationships>");
      Write(zip, "xl/styles.xml", $"""<styleSheet xmlns="{Main}">{Styles}</styleSheet>""");
      Write(zip, "xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{Strings}</sst>""");
      for (var i = 0; i < _sheets.Count; i++)
        Write(zip, $"xl/worksheets/sheet{i + 1}.xml", $"""<worksheet xmlns="{Main}"><sheetData>{_sheets[i].Rows}</sheetData></worksheet>""");
    }
    return to.ToArray();
  }

  private static void Write(ZipArchive zip, string name, string text) {
    using var writer = new StreamWriter(zip.CreateEntry(name).Open());
    writer.Write(text);
  }

  /// <summary>Rows of inline strings.</summary>
  public static string Rows(params string[][] rows) => string.Concat(rows.Select((r, i) =>
      $"<row r=\"{i + 1}\">" + string.Concat(r.Select(c => c.Length == 0 ? "<c/>" : $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{System.Security.SecurityElement.Escape(c)}</t></is></c>")) + "</row>"));
}
