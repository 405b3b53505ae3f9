using System.IO.Compression;
using Porchlight.Kernel;
using Porchlight.Transparency.Imports.Framing;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>Workbooks as departments save them.</summary>
public sealed class SheetTests {
  private static string Staged(Received received, FramingChoice? choice = null) => File.ReadAllText(received.Frame(choice: choice).CsvPath);

  [Fact]
  public void Texts_numbers_and_booleans_come_out_as_the_sheet_shows_them() {
    var book = new Book {
      Strings = """
          <si><t>id</t></si><si><t>what</t></si><si><r><t>Theft, </t></r><r><t xml:space="preserve"> petty</t></r><rPh><t>no</t></rPh></si>
          """ + "<si><t>a_x000D_\nb</t></si><si><t/></si>",
    }.Sheet("Calls", """
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>n</t></is></c></row>
            <row r="2"><c r="A2"><v>12.0</v></c><c r="B2" t="s"><v>2</v></c><c r="C2"><v>0.30000000000000004</v></c></row>
            <row r="3"><c r="A3"><v>20240001234567890</v></c><c r="B3" t="s"><v>3</v></c><c r="C3"><v>1.2E-5</v></c></row>
            <row r="4"><c r="A4" t="b"><v>1</v></c><c r="B4" t="str"><f>A1&amp;B1</f><v>say "hi"</v></c><c r="C4"><f>1/0</f></c></row>
            <row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="B5" t="s"><v>4</v></c><c r="C5"><f>2*3</f><v>6</v></c></row>
            """);
    using var received = new Received(book.ToBytes(), "calls.xlsx");
    Assert.Equal(
        "id,what,n\n12,\"Theft,  petty\",0.3\n20240001234567890,\"a\r\nb\",0.000012\ntrue,\"say \"\"hi\"\"\",=1/0\n#N/A,,6\n",
        Staged(received));
  }

  [Theory]
  [InlineData(0, "45352.60416667", "2024-03-01 14:30:00")]
  [InlineData(1, "45352.60416667", "2024-03-01 14:30:00")]
  [InlineData(1, "0.60416667", "14:30:00")]
  [InlineData(2, "1.5", "36:00:00")]
  [InlineData(3, "912", "0912")]
  [InlineData(4, "45352.5", "45352.5")]
  [InlineData(5, "45352", "2024-03-01 00:00:00")]
  [InlineData(0, "59", "1900-02-28 00:00:00")]
  [InlineData(0, "60", "60")]
  [InlineData(0, "61", "1900-03-01 00:00:00")]
  [InlineData(0, "-1", "-1")]
  [InlineData(0, "45352.99999999", "2024-03-02 00:00:00")]
  [InlineData(9, "7", "7")]
  public void A_number_is_written_by_its_style(int style, string value, string expected) {
    var book = new Book {
      Styles = """
          <numFmts><numFmt numFmtId="164" formatCode="[$-409]h:mm AM/PM"/><numFmt numFmtId="165" formatCode="0000"/>
          <numFmt numFmtId="166" formatCode="&quot;day&quot; 0.00\d"/><numFmt numFmtId="167" formatCode="mmmm"/></numFmts>
          <cellXfs><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="46"/>
          <xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>
          """,
    }.Sheet("S", Book.Rows(["a", "b"]) + $"""<row r="2"><c><v>1</v></c><c s="{style}"><v>{value}</v></c></row>""");
    using var received = new Received(book.ToBytes());
    Assert.Equal($"a,b\n1,{expected}\n", Staged(received));
  }

  [Fact]
  public void Days_counted_from_1904_are_told() {
    var book = new Book { Properties = "<workbookPr date1904=\"1\"/>", Styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>" }
        .Sheet("S", """<row><c t="inlineStr"><is><t>when</t></is></c></row><row><c s="0"><v>0.5</v></c></row>""");
    using var received = new Received(book.ToBytes());
    Assert.Equal("when\n1904-01-01 12:00:00\n", Staged(received));
  }

  [Fact]
  public void Titles_empty_rows_and_columns_and_hidden_sheets_are_passed_over_and_rows_keep_their_numbers() {
    var book = new Book().Sheet("Old", Book.Rows(["x", "y"], ["1", "2"]), "hidden").Sheet("Empty", "")
        .Sheet("Data", """
            <row r="1"><c r="B1" t="inlineStr"><is><t>Calls in March</t></is></c></row>
            <row r="4"><c r="B4" t="inlineStr"><is><t>id</t></is></c><c r="C4" t="inlineStr"><is><t>what</t></is></c>
            <c r="D4" t="inlineStr"><is><t>where</t></is></c></row>
            <row r="5"><c r="B5"><v>1</v></c><c r="C5" t="inlineStr"><is><t>Theft</t></is></c></row>
            <row r="6"><c r="B6" s="3"/></row>
            <row r="8"><c r="B8"><v>2</v></c><c r="D8" t="inlineStr"><is><t>Main St</t></is></c></row>
            <row r="9"><c r="B9"><v>3</v></c><c r="F9" t="inlineStr"><is><t>see file</t></is></c></row>
            <row r="10"><c r="A10" t="inlineStr"><is><t>Total</t></is></c><c r="B10"><v>3</v></c></row>
            <row r="500"/>
            """);
    using var received = new Received(book.ToBytes());
    var shape = received.Look();
    Assert.Equal(("Data", 4, 1), (shape.Sheet, shape.HeaderLine, shape.FirstColumn));
    Assert.Equal(["Empty", "Data"], shape.Sheets!);
    Assert.Equal(["Calls in March"], shape.Skipped);
    Assert.Equal([["1", "Theft", null], ["2", null, "Main St"]], shape.Sample);
    var framed = received.Frame();
    Assert.Equal("id,what,where\n1,Theft,\n2,,Main St\n", File.ReadAllText(framed.CsvPath));
    Assert.Equal([5L, 8L], [framed.Lines.LineOf(0), framed.Lines.LineOf(1)]);
    Assert.Equal(
        [["9", "", "expected 3 fields, found 5", "3", "", "", "", "see file"],
         ["10", "", "expected 3 fields, found 4", "Total", "3", "", ""]],
        received.AsideRows().Skip(1));
  }

  [Fact]
  public void Rows_are_counted_as_the_sheet_counts_them_whatever_their_cells_hold() {
    var book = new Book().Sheet("S", Book.Rows(["id", "story"], ["1", "a\nb\nc"], ["2", "x"], ["3", "y\n"]));
    using var received = new Received(book.ToBytes());
    var framed = received.Frame();
    Assert.Equal([2L, 3L, 4L], Enumerable.Range(0, 3).Select(i => framed.Lines.LineOf(i)));
    Assert.Equal(["a\nb\nc", "x", "y\n"], Received.Rows(framed).Skip(1).Select(r => r[1]));
  }

  [Fact]
  public void A_sheet_is_chosen_by_name() {
    var book = new Book().Sheet("One", Book.Rows(["a", "b"], ["1", "2"])).Sheet("Two", Book.Rows(["c", "d"], ["3", "4"]));
    using var received = new Received(book.ToBytes());
    Assert.Equal("c,d\n3,4\n", Staged(received, new(Sheet: "two")));
    Assert.Equal("The workbook has no sheet \"Three\". It has: \"One\", \"Two\".",
        Assert.Throws<RefusedException>(() => received.Look(new(Sheet: "Three"))).Problem.English);
  }

  [Fact]
  public void A_sheet_of_records_set_aside_is_imported_without_the_three_columns() {
    var book = new Book().Sheet("aside", Book.Rows(["line", "field", "reason", "id", "n"], ["7", "", "short", "1", "2"]));
    using var received = new Received(book.ToBytes());
    Assert.Equal("id,n\n1,2\n", Staged(received));
  }

  [Fact]
  public void A_zip_bomb_is_refused_before_it_unfolds() {
    using var to = new MemoryStream();
    using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true)) {
      using (var types = new StreamWriter(zip.CreateEntry("[Content_Types].xml").Open())) types.Write("<Types/>");
      using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml").Open();
      for (var i = 0; i < 20; i++) sheet.Write(new byte[1 << 20]);
    }
    using var received = new Received(to.ToArray(), "bomb.xlsx");
    Assert.StartsWith("bomb.xlsx unfolds to more than a workbook of records can need.", received.Refusal());
  }

  [Fact]
  public void Entities_that_unfold_are_refused() {
    var book = new Book().Sheet("S", Book.Rows(["a", "b"], ["1", "2"]));
    var bytes = Replace(book.ToBytes(), "xl/sharedStrings.xml", "<!DOCTYPE sst [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>");
    bytes = Replace(bytes, "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>");
    using var received = new Received(bytes, "a.xlsx");
    Assert.StartsWith("a.xlsx is damaged", received.Refusal());
  }

  private static byte[] Replace(byte[] book, string name, string text) {
    using var bytes = new MemoryStream();
    bytes.Write(book);
    using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true)) {
      zip.GetEntry(name)!.Delete();
      using var writer = new StreamWriter(zip.CreateEntry(name).Open());
      writer.Write(text);
    }
    return bytes.ToArray();
  }

  [Theory]
  [InlineData("data.csv", "is a zip archive. Unpack it")]
  [InlineData("xl/workbook.bin", "is a binary Excel workbook (.xlsb).")]
  [InlineData("mimetype", "is an OpenDocument file.")]
  public void Other_archives_are_refused_saying_what_they_are(string entry, string words) {
    using var to = new MemoryStream();
    using (var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry(entry);
    using var received = new Received(to.ToArray());
    Assert.Contains(words, received.Refusal());
  }

  [Fact]
  public void A_workbook_damaged_anywhere_is_read_or_refused_in_words() {
    var whole = new Book { Strings = "<si><t>x</t></si>" }.Sheet("S", Book.Rows(["a", "b"], ["1", "2"], ["3", "4"])).ToBytes();
    var random = new Random(4);
    for (var i = 0; i < 400; i++) {
      var bytes = whole.ToArray();
      for (var k = 0; k < 3; k++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
      using var received = new Received(i % 4 == 0 ? whole[..random.Next(4, whole.Length)] : bytes, "damaged.xlsx");
      try {
        Assert.InRange(received.Frame().Passed, 0, 10);
      } catch (RefusedException refused) {
        Assert.EndsWith(".", refused.Problem.English);
      }
    }
  }

  [Fact]
  public void A_real_workbook_is_read() {
    Assert.SkipUnless(RealFileTests.Data is not null, "shared/data is not here");
    var ct = TestContext.Current.CancellationToken;
    var path = Path.Combine(RealFileTests.Data!, "nibrs/NIBRSEditRules.xlsx");
    using var received = new Received(File.ReadAllBytes(path));
    var framed = received.Frame();
    Assert.True(framed.Passed > 100);
    Assert.Equal(framed.Passed + 1, Received.Rows(framed).Count);
  }
}
