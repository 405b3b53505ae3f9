using FsCheck;
using FsCheck.Fluent;
using Porchlight.Transparency.Imports.Framing;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>Records taken out by number, and the lines they stood on.</summary>
public sealed class RecordCopierTests {
  [Fact]
  public void Records_are_copied_with_their_lines_fields_and_reasons_cell_for_cell() {
    using var received = new Received("id,story\r\n0,a\r\n1,\"b\r\nc \"\"d\"\"\"\r\n\r\n2,e,f\r\n3,\"g, h\"\r\n4,i\r\n");
    var framed = received.Frame();
    (long, string, string)[] wrong = [(1, "story", "too long"), (2, "id", "not known"), (3, "id", "twice, \"again\"")];
    RecordCopier.Copy(framed, wrong, received.Aside, TestContext.Current.CancellationToken);
    Assert.Equal(
        [["6", "", "expected 2 fields, found 3", "2", "e", "f"], ["3", "story", "too long", "1", "b\r\nc \"d\""],
         ["7", "id", "not known", "3", "g, h"], ["8", "id", "twice, \"again\"", "4", "i"]],
        received.AsideRows().Skip(1));
  }

  [Fact]
  public void Any_records_of_a_large_file_are_found() {
    static string Record(int i) => i % 1000 == 7 ? $"{i},\"two\nlines\"\n" : i % 777 == 3 ? $"{i},5\" pipe\n" : $"{i},MAIN ST\n";
    var text = string.Concat(Enumerable.Range(0, 400_000).Select(Record));
    using var received = new Received("id,place\n" + text);
    var framed = received.Frame();
    Assert.Equal((400_000L, false), (framed.Passed, framed.IsStaged));
    long[] wanted = [0, 3, 7, 8, 9, 1006, 1007, 1008, 250_000, 399_998, 399_999];
    RecordCopier.Copy(framed, wanted.Select(n => (n, "id", "wrong")), received.Aside, TestContext.Current.CancellationToken);
    var rows = received.AsideRows().Skip(1).ToList();
    Assert.Equal(wanted, rows.Select(r => long.Parse(r[3])));
    // the header's line, and one more for each cell of two lines before
    Assert.Equal(wanted.Select(n => n + 2 + (n + 992) / 1000), rows.Select(r => long.Parse(r[0])));
  }

  [Fact]
  public void A_number_the_file_does_not_have_is_a_bug() {
    using var received = new Received("id\n1\n");
    var framed = received.Frame();
    Assert.Throws<ArgumentOutOfRangeException>(() => RecordCopier.Copy(framed, [(1, "", "")], received.Aside, default));
    Assert.Throws<ArgumentException>(() => RecordCopier.Copy(framed, [(0, "", ""), (0, "", "")], received.Aside, default));
  }

  [Fact]
  public void Cancelling_stops_before_a_block() {
    using var received = new Received("id\n1\n");
    var framed = received.Frame();
    var stopped = new CancellationToken(canceled: true);
    Assert.Throws<OperationCanceledException>(() => RecordCopier.Copy(framed, [(0, "", "")], received.Aside, stopped));
  }

  private static readonly Arbitrary<int[]> ExtraLines =
    Gen.ArrayOf(Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Choose(1, 300)), (1, Gen.Choose(1, 1 << 20)))).Resize(2000).ToArbitrary();

  [Fact]
  public void A_line_map_gives_back_every_line() => Prop.ForAll(ExtraLines, extra => {
    var map = new LineMap();
    var line = 2L;
    List<long> lines = [];
    for (var i = 0; i < extra.Length; i++) {
      line += extra[i];
      lines.Add(line);
      map.Add(i, line++);
    }
    Assert.Equal(lines, Enumerable.Range(0, extra.Length).Select(i => map.LineOf(i)));
    if (extra.Length > 0) Assert.InRange(map.Count, 1, 1 + extra.Count(e => e > 0));
  }).Check(Config.QuickThrowOnFailure);
}
