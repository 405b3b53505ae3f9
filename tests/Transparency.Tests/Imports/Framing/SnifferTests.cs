using System.Formats.Tar;
using System.Text;
using Porchlight.Kernel;
using Porchlight.Transparency.Imports.Framing;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>What the beginning of a file tells, and what is refused before any of it is read.</summary>
public sealed class SnifferTests {
  private static string Refusal(byte[] bytes) {
    using var received = new Received(bytes);
    return received.Refusal();
  }

  private static string Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));

  [Theory]
  [InlineData("id,name\n1,\"a;b;c\"\n2,x\n", ',')]
  [InlineData("id\tname\tn\n1\tSMITH, J\t1\n2\tROE, R\t2\n", '\t')]
  [InlineData("id;amount\n1;2,50\n2;3,75\n", ';')]
  [InlineData("id|text\n1|a, b, c\n2|d\n", '|')]
  [InlineData("id\n1\n2\n", ',')]
  [InlineData("sep=;\nid;name\n1;x\n", ';')]
  public void The_delimiter_is_the_one_on_which_most_records_agree(string text, char delimiter) {
    using var received = new Received(text);
    var shape = received.Look();
    Assert.Equal(delimiter, shape.Delimiter);
    Assert.Equal("id", shape.Header[0]);
    Assert.Equal(0, received.Frame().SetAside);
  }

  [Fact]
  public void The_sample_holds_records_with_the_headers_number_of_fields_and_null_for_an_empty_cell() {
    using var received = new Received("id,name,n\n1,\"a \"\"b\"\"\",\n2,x\n,,\n3,,\"\"\n");
    Assert.Equal([["1", "a \"b\"", null], ["3", null, null]], received.Look().Sample);
  }

  [Fact]
  public void A_sample_is_bounded() {
    using var received = new Received("id,name\n" + string.Concat(Enumerable.Repeat("1,a\n", 5000)));
    Assert.Equal(Sniffer.SampleRecords, received.Look().Sample.Count);
  }

  [Fact]
  public void Lines_above_the_header_are_passed_over_and_told() {
    using var received = new Received("Crime report, March\n\nPrinted 4/1,,,\nid,what,where,n\n1,a,b,2\n");
    var shape = received.Look();
    Assert.Equal(4, shape.HeaderLine);
    Assert.Equal(["Crime report, March", "", "Printed 4/1,,,"], shape.Skipped);
    var framed = received.Frame();
    Assert.Equal((1L, 0L, 5L), (framed.Passed, framed.SetAside, framed.Lines.LineOf(0)));
  }

  [Fact]
  public void An_empty_name_is_called_by_its_columns_number() {
    using var received = new Received("id, name ,,\"two\nlines\"\n1,a,b,c\n");
    Assert.Equal(["id", "name", "column 3", "two lines"], received.Look().Header);
    Assert.Equal(1, received.Frame().Passed);
  }

  [Fact]
  public void A_name_that_stands_twice_is_refused_with_its_columns() {
    Assert.Equal(
        "The header on line 1 has the same name more than once: \"date\" in columns 2 and 4; \"n\" in columns 3 and 5. "
        + "Give each column its own name in the export, then import again.",
        Refusal("id,date,n,Date,N\n1,2,3,4,5\n"));
  }

  [Fact]
  public void A_first_record_in_the_headers_place_is_doubted() {
    using var received = new Received("24-001,THEFT,2024-03-01 14:00\n24-002,FRAUD,2024-03-02 15:00\n");
    Assert.Equal("\"24-001\" in column 1 looks like a value", received.Look().HeaderDoubt);
    using var questions = new Received("id,q1_01,q2_02,NIBRS 13A\n1,2,3,4\n");
    Assert.Null(questions.Look().HeaderDoubt);
    Assert.EndsWith("A file needs a first line that names its columns.)", Refusal("1,CPD,CPD\n2,CPD,CPD\n"));
  }

  [Fact]
  public void A_header_that_is_short_of_names_is_refused() =>
    Assert.Equal(
        "The header on line 1 names 3 columns, but most records have 4 fields. Give every column a name in the export, then import again.",
        Refusal("a,b,c\n1,2,3,4\n5,6,7,8\n"));

  [Fact]
  public void A_mark_decides_the_encoding_whatever_the_mapping_says() {
    using var unmarked = new Received([.. Encoding.UTF8.GetPreamble(), .. "id,name\n1,é\n"u8]);
    var shape = unmarked.Look(new(TextEncoding.Windows1252));
    Assert.Equal((TextEncoding.Utf8, true), (shape.Encoding, shape.HasMark));
  }

  [Fact]
  public void Utf_8_with_a_little_damage_stays_utf_8_and_a_mapping_may_say_otherwise() {
    using var received = new Received([.. "id,name\n1,José\n2,Zoë\n3,"u8, 0xE9, .. "\n"u8]);
    Assert.Equal(TextEncoding.Utf8, received.Look().Encoding);
    Assert.Equal(TextEncoding.Windows1252, received.Look(new(TextEncoding.Windows1252)).Encoding);
  }

  [Fact]
  public void A_file_we_set_aside_is_utf_8_with_its_own_delimiter_whatever_its_sources_mapping_says() {
    using var received = new Received("line;field;reason;id;;name\n3;;short;1;2;José\n");
    var shape = received.Look(new(TextEncoding.Windows1252, ','));
    Assert.Equal((TextEncoding.Utf8, ';', true), (shape.Encoding, shape.Delimiter, shape.IsAside));
    // the names are those of the source's own file
    Assert.Equal(["id", "column 2", "name"], shape.Header);
    Assert.Equal([["id", "", "name"], ["1", "2", "José"]], Received.Rows(received.Frame(choice: new(TextEncoding.Windows1252, ','))));
  }

  [Theory]
  [InlineData("line,field,reason,id,name,n\n3,,short,\"1,\"\"x\"\n4,,short,2\n5,,short,3,a,1\n")]
  [InlineData("\"line\",\"field\",\"reason\",\"id\",\"name\",\"n\"\r\n3,,short,1\r\n4,,short,2\r\n5,,short,3,a,1\r\n")]
  public void A_file_we_set_aside_is_taken_back_though_most_of_it_is_not_repaired(string text) {
    using var received = new Received(text);
    var framed = received.Frame();
    Assert.Equal(["id", "name", "n"], framed.Header);
    Assert.Equal((1L, 2L), (framed.Passed, framed.SetAside));
  }

  [Fact]
  public void A_mapping_cannot_name_any_delimiter() {
    using var received = new Received("id^n\n1^2\n");
    var refused = Assert.Throws<RefusedException>(() => received.Look(new(Delimiter: '^')));
    Assert.StartsWith("A file cannot be divided by \"^\".", refused.Problem.English);
  }

  [Fact]
  public void A_header_that_cannot_be_read_in_its_encoding_is_refused() {
    Assert.StartsWith(
        "The names in the header on line 1 cannot be read in this encoding. Import it with --encoding windows-1252, or repair the names.",
        Refusal([.. "id,a"u8, 0xF1, .. "o,n\n1,Jos\u00e9,\u00e9\n"u8]));
    Assert.StartsWith("The names in the header on line 1", Refusal("id,a\0,n\n1,2,3\n"));
  }

  [Fact]
  public void A_file_with_nothing_in_it_is_refused() {
    Assert.Equal("The file is empty. Send it again.", Refusal(""));
    Assert.Equal("The file is empty. Send it again.", Refusal(Received.Gzip([])));
    Assert.Equal("The file is empty. Send it again.", Refusal(Encoding.UTF8.GetPreamble()));
    Assert.Equal("The file holds only blank lines. Send it again.", Refusal("\n\r\n\n"));
  }

  [Fact]
  public void A_missing_file_and_a_folder_are_refused() {
    var folder = Path.GetTempPath();
    static string Look(string path) => Assert.Throws<RefusedException>(() => Sniffer.Look(path, null, default)).Problem.English;
    Assert.EndsWith("is a folder. Name the file in it.", Look(folder));
    Assert.StartsWith("There is no file", Look(Path.Combine(folder, "no-such.csv")));
  }

  [Theory]
  [InlineData("%PDF-1.7", "This is a PDF.")]
  [InlineData("PAR1\u0015", "This is a Parquet file.")]
  [InlineData("BZh91AY", "This file is compressed by bzip2.")]
  [InlineData("  <!DOCTYPE html><table>", "This is a web page")]
  [InlineData("\uFEFF<?xml version=\"1.0\"?>", "This is an XML file.")]
  [InlineData("[{\"id\":1}]", "This is JSON.")]
  public void Other_kinds_of_file_are_refused_saying_what_to_do(string text, string words) {
    Assert.StartsWith(words, Refusal(text));
    Assert.StartsWith(words, Refusal(Received.Gzip(Encoding.UTF8.GetBytes(text))));
  }

  [Fact]
  public void Old_workbooks_and_archives_are_refused_saying_what_to_do() {
    Assert.StartsWith("This is an old Excel workbook (.xls) or one protected", Refusal([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]));
    Assert.StartsWith("Inside the gzip file is another compressed file.", Refusal(Received.Gzip(Received.Gzip([1]))));
    using var to = new MemoryStream();
    using (var tar = new TarWriter(to, leaveOpen: true))
      tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "a.csv") { DataStream = new MemoryStream([1]) });
    Assert.StartsWith("This is a tar archive.", Refusal(Received.Gzip(to.ToArray())));
    Assert.StartsWith("This text is in UTF-32.", Refusal([.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("id,n\n1,2\n")]));
  }

  [Fact]
  public void A_line_of_many_megabytes_is_no_table() =>
    Assert.StartsWith("The first line does not end within 4 MB", Refusal(new string('x', 5 << 20)));

  [Fact]
  public void Only_the_beginning_is_read() {
    // the damage lies behind it
    var text = Encoding.ASCII.GetBytes("id,name\n" + string.Concat(Enumerable.Range(0, 800_000).Select(i => $"{i},{i * 7919L % 10007}\n")));
    var bytes = Received.Gzip(text)[..^1000];
    using var received = new Received(bytes);
    Assert.Equal(["id", "name"], received.Look().Header);
    Assert.StartsWith("The compressed file ends in the middle", received.Refusal());
  }
}
