using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Porchlight.Kernel;
using Porchlight.Transparency.Imports.Framing;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>Every trap of the imports' specification, and a few its neighbours.</summary>
public sealed class FramerTests {
  [Fact]
  public void A_clean_file_is_read_where_it_lies() {
    using var received = new Received("id,offense\n1,Theft\n2,\"Fraud, by wire\"\n");
    var framed = received.Frame();
    Assert.Equal((false, received.File, 2L, 0L), (framed.IsStaged, framed.CsvPath, framed.Passed, framed.SetAside));
    Assert.Equal(["id", "offense"], framed.Header);
    Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(received.File))), framed.Sha256);
    Assert.Equal([["line", "field", "reason", "id", "offense"]], received.AsideRows());
  }

  [Fact]
  public void A_last_line_without_an_end_is_a_record_like_any_other() {
    using var received = new Received("id,offense\n1,Theft\n2,Fraud");
    var framed = received.Frame();
    Assert.Equal((false, 2L), (framed.IsStaged, framed.Passed));
  }

  [Fact]
  public void The_first_quoted_cell_may_come_after_twenty_thousand_rows() {
    var text = new StringBuilder("id,place\n");
    for (var i = 0; i < 21_731; i++) text.Append(i).Append(",MAIN ST\n");
    using var received = new Received(text + "21731,\"MAIN ST, REAR\"\n");
    var framed = received.Frame();
    Assert.Equal((false, 21_732L, 0L), (framed.IsStaged, framed.Passed, framed.SetAside));
    Assert.Equal("MAIN ST, REAR", Received.Rows(framed)[^1][1]);
  }

  [Theory]
  [InlineData("x y", false)]
  [InlineData("\"x, y\"", false)]
  [InlineData("á", false)]
  [InlineData(" x", true)]
  [InlineData("x ", true)]
  [InlineData("\"x, y \"", true)]
  [InlineData("x\u00a0", true)]
  public void It_is_known_whether_a_cell_may_begin_or_end_with_a_space(string cell, bool hasPadding) {
    var plain = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},MAIN ST\n"));
    foreach (var text in (string[])[$"id,place\n{plain}7,{cell}\n{plain}", $"id,place\n{plain}{cell},8\n{plain}", $"id,place\n{plain}9,{cell}"]) {
      using var received = new Received(text);
      Assert.Equal(hasPadding, received.Frame().Cells!.HasPadding);
    }
  }

  [Fact]
  public void A_quote_never_closed_is_set_aside_with_the_line_where_it_opened() {
    using var received = new Received("id,place,n\n1,A,1\n2,\"B,2\n3,C,3\n4,\"D, E\",4\n5,F,5\n");
    var framed = received.Frame();
    Assert.Equal(["1", "3", "4", "5"], Received.Rows(framed).Skip(1).Select(r => r[0]));
    Assert.Equal(["3", "place", "text after a closing quote", "2,\"B,2"], received.AsideRows()[1]);
  }

  [Fact]
  public void A_quote_never_closed_to_the_end_of_the_file_costs_one_line() {
    var rest = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},C,3\n"));
    using var received = new Received("id,place,n\n1,A,1\n2,\"B,2\n" + rest);
    var framed = received.Frame();
    Assert.Equal((5001L, 1L), (framed.Passed, framed.SetAside));
    Assert.Equal(["3", "place", "a quote opens on line 3 and is never closed", "2,\"B,2"], received.AsideRows()[1]);
    Assert.Equal([(AsideReason.QuoteNeverClosed, 1L)], framed.Reasons.Select(r => (r.Key, r.Value)));
    Assert.Equal(2, framed.Lines.LineOf(0));
    Assert.Equal(4, framed.Lines.LineOf(1));
    Assert.Equal(5003, framed.Lines.LineOf(5000));
  }

  [Fact]
  public void A_quote_not_closed_within_the_longest_record_costs_one_line() {
    var rest = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i},C,3\n"));
    using var received = new Received("id,place,n\n2,\"B,2\n" + rest + "9,\"end\",9\n");
    var framed = received.Frame(new FramingLimits { LongestRecord = 1000, BlockBytes = 4096 });
    Assert.Equal((2001L, 1L), (framed.Passed, framed.SetAside));
  }

  [Fact]
  public void A_lost_quote_that_swallows_lines_up_to_a_quoted_cell_gives_them_back() {
    // the quote of line 2 "closes" at the empty end of line 6: one record of five fields by the letter
    using var received = new Received("id,place,n\n2,\"B,2\n3,C,3\n4,D,4\n5,E,5\n6,F,\"\n7,G,7\n");
    var framed = received.Frame();
    Assert.Equal(["3", "4", "5", "7"], Received.Rows(framed).Skip(1).Select(r => r[0]));
    Assert.Equal(
        [["2", "place", "a quote opens on line 2 and is never closed", "2,\"B,2"],
         ["6", "n", "a quote opens on line 6 and is never closed", "6,F,\""]],
        received.AsideRows().Skip(1));
  }

  [Fact]
  public void Text_after_a_closing_quote_is_set_aside_whole() {
    using var received = new Received("id,place,n\n1,\"un\"q,1\n2,B,2\n");
    var framed = received.Frame();
    Assert.Equal([["id", "place", "n"], ["2", "B", "2"]], Received.Rows(framed));
    Assert.Equal(["2", "place", "text after a closing quote", "1,\"un\"q,1"], received.AsideRows()[1]);
  }

  [Fact]
  public void A_short_and_a_long_record_are_set_aside_saying_how_many_fields() {
    using var received = new Received("id,place,n\n1,A\n2,B,2\n3,C,3,\"x, y\"\n");
    var framed = received.Frame();
    Assert.Equal([["id", "place", "n"], ["2", "B", "2"]], Received.Rows(framed));
    Assert.Equal(
        [["2", "", "expected 3 fields, found 2", "1", "A"], ["4", "", "expected 3 fields, found 4", "3", "C", "3", "x, y"]],
        received.AsideRows().Skip(1));
  }

  [Fact]
  public void A_record_of_several_lines_with_a_field_too_many_is_set_aside_whole() {
    using var received = new Received("id,story,n\n1,\"first\nthen, he\nsaid\",1,2\n2,B,2\n");
    var framed = received.Frame();
    Assert.Equal((1L, 1L), (framed.Passed, framed.SetAside));
    Assert.Equal(["2", "", "expected 3 fields, found 4", "1", "first\nthen, he\nsaid", "1", "2"], received.AsideRows()[1]);
    Assert.Equal(5, framed.Lines.LineOf(0));
  }

  [Theory]
  [InlineData("id,place\r\n1,A\r\n2,\"B\r\nC\"\r\n")]
  [InlineData("id,place\r1,A\r2,\"B\r\nC\"\r")]
  [InlineData("id,place\n1,A\r2,\"B\r\nC\"\r\n")]
  [InlineData("\uFEFFid,place\n1,A\n2,\"B\r\nC\"\n")]
  [InlineData("id,place\n\n1,A\n   \n2,\"B\r\nC\"\n\n\n")]
  [InlineData("id,place\n1,A\n2,\"B\r\nC\"\n\u001A")]
  [InlineData("id,place\n1,A\n2,  \"B\r\nC\" \n")]
  [InlineData("Incident report\n\nid,place\n1,A\n2,\"B\r\nC\"")]
  public void Line_ends_marks_and_blank_lines_are_staged_away_and_a_cells_own_line_breaks_stay(string text) {
    using var received = new Received(text);
    var framed = received.Frame();
    Assert.Equal((true, 2L, 0L), (framed.IsStaged, framed.Passed, framed.SetAside));
    Assert.Equal("id,place\n1,A\n2,\"B\r\nC\"\n", File.ReadAllText(framed.CsvPath));
  }

  [Fact]
  public void Lines_are_told_as_an_editor_counts_them() {
    using var received = new Received("Report\n\nid,story\n1,\"a\r\nb\nc\"\r\n\r\n2,x\r3,y\n");
    var framed = received.Frame();
    Assert.Equal([4L, 8L, 9L], Enumerable.Range(0, 3).Select(i => framed.Lines.LineOf(i)));
  }

  [Fact]
  public void Latin_1_in_a_utf_8_file_is_set_aside_and_shown_readably() {
    using var received = new Received([.. "id,name,n\n1,Ren"u8, 0xE9, .. ",1\n2,José,2\n3,Zoë,3\n"u8]);
    var framed = received.Frame(choice: new(TextEncoding.Utf8));
    Assert.Equal([["id", "name", "n"], ["2", "José", "2"], ["3", "Zoë", "3"]], Received.Rows(framed));
    Assert.Equal(["2", "name", "not valid UTF-8; shown here as Windows-1252", "1", "René", "1"], received.AsideRows()[1]);
  }

  [Fact]
  public void Windows_1252_is_offered_and_staged_as_utf_8() {
    using var received = new Received([.. "id;name\n1;Ren"u8, 0xE9, .. "\n2;"u8, 0x93, .. "Q"u8, 0x94, 0x80, .. "\n3;"u8, 0x81, .. "\n"u8]);
    Assert.Equal(TextEncoding.Windows1252, received.Look().Encoding);
    var framed = received.Frame();
    Assert.Equal([["id", "name"], ["1", "René"], ["2", "“Q”€"]], Received.Rows(framed));
    Assert.Equal(["4", "name", "not valid Windows-1252", "3", "\u0081"], received.AsideRows(';')[1]);
  }

  [Theory]
  [InlineData(false, true)]
  [InlineData(true, true)]
  [InlineData(false, false)]
  [InlineData(true, false)]
  public void Utf_16_is_staged_as_utf_8_with_or_without_its_mark(bool bigEndian, bool mark) {
    var encoding = new UnicodeEncoding(bigEndian, mark);
    using var received = new Received([.. encoding.GetPreamble(), .. encoding.GetBytes("id\tname\r\n1\tJosé 🚓\r\n2\t\"a\tb\"\r\n")]);
    var framed = received.Frame(new FramingLimits { BlockBytes = 3 });
    Assert.Equal(('\t', true), (framed.Delimiter, framed.IsStaged));
    Assert.Equal([["id", "name"], ["1", "José 🚓"], ["2", "a\tb"]], Received.Rows(framed));
  }

  [Fact]
  public void Half_a_character_of_utf_16_is_set_aside() {
    var utf16 = Encoding.Unicode;
    using var received = new Received([0xFF, 0xFE, .. utf16.GetBytes("id,name\n1,"), 0x3D, 0xD8, .. utf16.GetBytes("\n2,B\n3,C"), 0x41]);
    var framed = received.Frame();
    Assert.Equal([["id", "name"], ["2", "B"]], Received.Rows(framed));
    Assert.Equal(
        [["2", "name", "not valid UTF-16", "1", "\\uD83D"], ["4", "name", "not valid UTF-16", "3", "Cÿ"]],
        received.AsideRows().Skip(1));
  }

  [Fact]
  public void A_nul_byte_is_set_aside_and_kept() {
    using var received = new Received("id,name\n1,a\0b\n2,B\n");
    var framed = received.Frame();
    Assert.Equal([["id", "name"], ["2", "B"]], Received.Rows(framed));
    Assert.Equal(["2", "name", "holds a NUL byte (0x00)", "1", "a\0b"], received.AsideRows()[1]);
  }

  [Fact]
  public void An_enormous_record_is_set_aside_and_the_next_one_passes() {
    var story = new string('x', 3 << 20);
    using var received = new Received($"id,story\n1,{story}\n2,B\n");
    var framed = received.Frame();
    Assert.Equal([["id", "story"], ["2", "B"]], Received.Rows(framed));
    Assert.Equal(["2", "", "longer than 1,024 KB", "1", story], received.AsideRows()[1]);
  }

  [Fact]
  public void A_line_without_an_end_is_given_up() {
    using var received = new Received("id,story\n1,A\n2," + new string('x', 40_000));
    var refusal = received.Refusal(new() { BlockBytes = 1024, LongestRecord = 1024, GiveUp = 16 << 10 });
    Assert.Contains("What begins on line 3 does not end within", refusal);
  }

  [Fact]
  public void A_quote_inside_an_unquoted_cell_is_text() {
    using var received = new Received("id,item\n1,5\" pipe\n2,\"6\"\" pipe\"\n");
    var framed = received.Frame();
    Assert.Equal((false, 2L), (framed.IsStaged, framed.Passed));
  }

  [Theory]
  [InlineData("5\",z\n6\",w\n", 2, 0)]
  [InlineData("\"un\"q,1\n", 0, 1)]
  [InlineData("\"a\"\"\"q,1\n", 0, 1)]
  [InlineData("a\rb,1\n", 1, 1)]
  [InlineData("\"a\rb\nc\",\"\"\"\"\n\"d\n\",e\n", 2, 0)]
  [InlineData("a,b\r\nc,\"d\"\r\n", 2, 0)]
  [InlineData(" \"a\",b\n", 1, 0)]
  [InlineData("\"a\" ,b\n", 1, 0)]
  [InlineData("\"a\",b,\n", 0, 1)]
  [InlineData("\"a,b\n", 0, 1)]
  [InlineData(",\n\n", 0, 0)]
  public void A_record_is_judged_alike_wherever_it_falls_in_a_step_of_the_fast_walk(string records, int passed, int setAside) {
    // 64 bytes are a step: what is carried from one to the next is tried at every place
    var more = string.Concat(Enumerable.Repeat("7,a\n", 40));
    for (var shift = 0; shift < 130; shift++) {
      var before = $"id,item\n{new string('x', shift)},1\n";
      using var received = new Received(before + records + more);
      var framed = received.Frame();
      Assert.Equal((passed + 41L, (long)setAside), (framed.Passed, framed.SetAside));
      var lines = Regex.Count(before + records, "\r\n|\r|\n", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
      Assert.Equal(lines + 40, framed.Lines.LineOf(framed.Passed - 1));
    }
  }

  [Fact]
  public void Lines_that_each_leave_a_quote_open_are_not_read_over_and_over() {
    const int Lines = 150_000;
    using var received = new Received("id,item\n" + string.Concat(Enumerable.Repeat("a\",\"c\n", Lines)));
    var watch = Stopwatch.StartNew();
    var framed = received.Frame();
    Assert.Equal((0L, (long)Lines), (framed.Passed, framed.SetAside));
    // looked for from every line to the end, the closing quote takes minutes
    Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
  }

  [Fact]
  public void Gzip_is_unpacked_and_hashed_as_received() {
    var bytes = Received.Gzip("id,place\n1,A\n"u8.ToArray());
    using var received = new Received(bytes);
    var framed = received.Frame();
    Assert.Equal([["id", "place"], ["1", "A"]], Received.Rows(framed));
    Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), framed.Sha256);
  }

  [Fact]
  public void Gzip_of_several_members_is_read_to_its_end() {
    using var received = new Received(
        [.. Received.Gzip("id,place\n1,A\n2,"u8.ToArray()), .. Received.Gzip([]), .. Received.Gzip("B\n3,C\n"u8.ToArray())]);
    Assert.Equal(["1", "2", "3"], Received.Rows(received.Frame()).Skip(1).Select(r => r[0]));
  }

  [Fact]
  public void A_gzip_file_cut_anywhere_is_refused_as_such() {
    var text = "id,place\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i * 7919 % 1000},{i}\n"));
    var whole = Received.Gzip(Encoding.UTF8.GetBytes(text));
    for (var length = 2; length < whole.Length; length++) {
      using var received = new Received(whole[..length]);
      Assert.Equal("The compressed file ends in the middle; send it again. Nothing was imported.", received.Refusal());
    }
  }

  [Fact]
  public void A_gzip_file_cut_in_its_second_member_is_refused() {
    byte[] first = Received.Gzip("id,place\n1,A\n"u8.ToArray()), second = Received.Gzip("2,B\n"u8.ToArray());
    for (var length = 1; length < second.Length; length++) {
      using var received = new Received([.. first, .. second[..length]]);
      Assert.StartsWith("The compressed file ends in the middle", received.Refusal());
    }
  }

  [Theory]
  [InlineData(-5)]
  [InlineData(-1)]
  public void A_damaged_gzip_file_is_refused(int fromEnd) {
    var bytes = Received.Gzip("id,place\n1,A\n"u8.ToArray());
    bytes[bytes.Length + fromEnd] ^= 1;
    // the trailer in the middle of a file, so that it is not taken for an end that is missing
    using var received = new Received([.. bytes, .. Received.Gzip("2,B\n"u8.ToArray())]);
    Assert.StartsWith("The compressed file is damaged", received.Refusal());
  }

  [Fact]
  public void Bytes_after_compressed_data_are_refused() {
    using var received = new Received([.. Received.Gzip("id,place\n1,A\n"u8.ToArray()), 1, 2, 3]);
    Assert.StartsWith("After its compressed data the file has other bytes.", received.Refusal());
  }

  [Fact]
  public void A_small_file_that_unfolds_beyond_the_disk_is_refused() {
    var text = "id,place\n" + string.Concat(Enumerable.Repeat("1,A\n", 500_000));
    using var received = new Received(Received.Gzip(Encoding.ASCII.GetBytes(text)));
    var asked = new List<long>();
    var limits = new FramingLimits {
      BlockBytes = 64 << 10, BytesBetweenSpaceChecks = 256 << 10,
      NeedSpace = (_, bytes) => {
        asked.Add(bytes);
        if (bytes > 1 << 20) throw new RefusedException("no room");
      },
    };
    Assert.Equal("no room", received.Refusal(limits));
    Assert.InRange(asked[^1], 1 << 20, 3 << 19);
  }

  [Fact]
  public void A_file_of_records_set_aside_and_repaired_is_imported_without_the_three_columns() {
    using var first = new Received("id,place,n\n1,A\n2,\"un\"q,2\n3,C,3\n");
    first.Frame();
    first.Aside.Dispose();
    var aside = File.ReadAllText(first.Aside.Path);
    Assert.Equal(
        "line,field,reason,id,place,n\n2,,\"expected 3 fields, found 2\",1,A\n3,place,text after a closing quote,\"2,\"\"un\"\"q,2\"\n",
        aside);

    using var again = new Received(aside.Replace("1,A\n", "1,A,1\n"));
    Assert.True(again.Look().IsAside);
    var framed = again.Frame();
    Assert.Equal(["id", "place", "n"], framed.Header);
    Assert.Equal([["id", "place", "n"], ["1", "A", "1"]], Received.Rows(framed));
    Assert.Equal(
        [["line", "field", "reason", "id", "place", "n"], ["3", "", "expected 3 fields, found 1", "2,\"un\"q,2"]],
        again.AsideRows());
  }

  [Fact]
  public void Cancelling_stops_within_a_block() {
    using var stop = new CancellationTokenSource();
    using var received = new Received("id,place\n" + string.Concat(Enumerable.Repeat("1,A\n", 100_000)));
    var progress = new Stopping(stop);
    var shape = received.Look();
    var limits = new FramingLimits { BlockBytes = 1024 };
    Assert.Throws<OperationCanceledException>(
        () => Framer.Run(received.File, shape, received.Folder, received.Aside, progress, limits, stop.Token));
    Assert.Equal(1, progress.Reports);
    // nothing holds the file any more
    File.Open(received.File, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
  }

  private sealed class Stopping(CancellationTokenSource stop) : IProgress<FramingProgress> {
    public int Reports { get; private set; }
    public void Report(FramingProgress value) {
      Reports++;
      stop.Cancel();
    }
  }

  [Fact]
  public void A_file_written_to_while_it_is_read_is_refused() {
    using var received = new Received("id,place\n1,A\n");
    var framed = received.Frame();
    framed.RefuseIfChanged();
    File.AppendAllText(received.File, "2,B\n");
    var refused = Assert.Throws<RefusedException>(framed.RefuseIfChanged);
    Assert.StartsWith("export.csv changed while it was being read.", refused.Problem.English);
  }
}
