using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Porchlight.Kernel;
using Porchlight.Transparency.Imports.Framing;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Imports.Framing;

/// <summary>What holds for any file.</summary>
public sealed partial class FramingProperties {
  private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(400);

  // what tables are made of: each cell is a few of these
  private static readonly string[] Bits = [
    "a", "7", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "é", "警", "🚓", "€", "\u001A", "\uFEFF", "=", "w w w w w w", "0", "-", "Unk", "N/A",
  ];

  private sealed record Table(string[][] Rows, char Delimiter, string NewLine, bool QuoteAll, int Encoding, bool Gzip, int Block);

  private static readonly Arbitrary<Table> Tables = (
      from width in Gen.Choose(1, 5)
      from height in Gen.Choose(0, 12)
      from cells in Gen.ArrayOf(Gen.ArrayOf(Gen.Elements(Bits)).Resize(6), width * height)
      from delimiter in Gen.Elements(',', ';', '\t', '|')
      from newLine in Gen.Elements("\n", "\r\n", "\r")
      from quoteAll in Gen.Elements(true, false)
      from encoding in Gen.Choose(0, 4)
      from gzip in Gen.Elements(true, false)
      from block in Gen.OneOf(Gen.Choose(1, 80), Gen.Constant(4 << 20))
      let header = Enumerable.Range(1, width).Select(i => $"h{i}").ToArray()
      select new Table([.. cells.Select(bits => string.Concat(bits)).Chunk(width).Prepend(header)],
          delimiter, newLine, quoteAll, encoding, gzip, block)).ToArbitrary();

  [Fact]
  public void Any_table_in_any_form_comes_back_cell_by_cell() => Prop.ForAll(Tables, table => {
    Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1];
    var encoding = encodings[table.Encoding];
    var rows = table.Encoding < 4 ? table.Rows
        : [.. table.Rows.Select(r => r.Select(c => string.Concat(c.Where(x => x < 0x80 || x == 'é'))).ToArray())];
    var text = ReferenceCsv.Write(rows, table.Delimiter, table.NewLine, table.QuoteAll);
    byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
    using var received = new Received(table.Gzip ? Received.Gzip(bytes) : bytes);
    var choice = new FramingChoice(table.Encoding == 4 ? TextEncoding.Windows1252 : null, table.Delimiter);
    var framed = received.Frame(new FramingLimits { BlockBytes = table.Block }, choice);
    // a row of nothing but delimiters says nothing
    rows = [.. rows.Where(r => r.Length == 1 || table.QuoteAll || r.Any(c => c.Length > 0))];
    Assert.Equal((rows.Length - 1, 0), (framed.Passed, framed.SetAside));
    Assert.Equal(rows, Received.Rows(framed), (a, b) => a.AsSpan().SequenceEqual(b));
    foreach (var (cell, column) in rows.Skip(1).SelectMany(r => r.Select((c, i) => (c.Trim(' '), i))).Where(c => c.Item1.Length > 0 && Placeholders.All.Contains(c.Item1.ToUpperInvariant())))
      Assert.True(framed.Cells!.HasPadding || framed.Cells.MaySayNothing[column], $"{cell} in column {column}");
    Assert.True(framed.Cells!.HasPadding || !rows.Skip(1).SelectMany(r => r).Any(c => c.StartsWith(' ') || c.EndsWith(' ')));
  }).Check(Often);

  // what garbage is made of; "w" stands for a word that occurs once
  private static readonly string[] Pieces = [
    "w", "w", "w", ",", ",", "w,w\n", "\"", "\"w", "w\"", "\n", "\n", "\r\n", "\r", " ", "\"\"", "\0", "é",
  ];
  private static readonly byte[][] BadBytes = [[0xE9], [0xC3], [0xFF], [0xED, 0xA0, 0x80], [0xF0, 0x9F]];

  private sealed record Garbage(byte[] Bytes, IReadOnlyDictionary<string, int> LineOfWord);

  private static Garbage Make(int[] choices) {
    List<byte> bytes = [.. "h1,h2\n"u8];
    var lines = new Dictionary<string, int>(StringComparer.Ordinal);
    foreach (var choice in choices) {
      var at = Math.Abs((long)choice) % (Pieces.Length + 1);
      if (at == Pieces.Length) {
        bytes.AddRange(BadBytes[Math.Abs((long)choice) / (Pieces.Length + 1) % BadBytes.Length]);
        continue;
      }
      foreach (var c in Pieces[at]) {
        if (c != 'w') {
          bytes.AddRange(Encoding.UTF8.GetBytes(c.ToString()));
          continue;
        }
        var word = $"w{lines.Count}w";
        // an editor counts LF, CR LF and CR
        lines[word] = 1 + bytes.Where((b, i) => b == '\n' && (i == 0 || bytes[i - 1] != '\r') || b == '\r').Count();
        bytes.AddRange(Encoding.ASCII.GetBytes(word));
      }
    }
    return new([.. bytes], lines);
  }

  private static readonly FileShape TwoColumns =
    new(FileKind.Csv, TextEncoding.Utf8, false, ',', null, 1, [], ["h1", "h2"], [], null, false);

  private static FramedFile Frame(Received received, FramingLimits limits) =>
    Framer.Run(received.File, TwoColumns, received.Folder, received.Aside, null, limits, TestContext.Current.CancellationToken);

  [GeneratedRegex("w[0-9]+w", RegexOptions.ExplicitCapture, 1000)]
  private static partial Regex Words();

  private static readonly Arbitrary<int[]> Choices = Gen.ArrayOf(Gen.Choose(0, 10_000)).Resize(120).ToArbitrary();

  [Fact]
  public void Every_word_of_any_garbage_is_passed_or_set_aside_once_and_under_its_line() => Prop.ForAll(Choices, choices => {
    var garbage = Make(choices);
    using var received = new Received(garbage.Bytes);
    var framed = Frame(received, new FramingLimits { LongestRecord = 60, BlockBytes = 1 + choices.Length });
    List<string> found = [];
    var rows = ReferenceCsv.Read(new UTF8Encoding(false, true).GetString(File.ReadAllBytes(framed.CsvPath)), ',');
    Assert.Equal(framed.Passed, rows.Count - 1);
    Assert.All(rows, r => Assert.Equal(2, r.Length));
    for (var i = 1; i < rows.Count; i++) Account(rows[i], framed.Lines.LineOf(i - 1));
    var aside = received.AsideRows();
    Assert.Equal(framed.SetAside, aside.Count - 1);
    foreach (var row in aside.Skip(1)) Account(row[3..], long.Parse(row[0], CultureInfo.InvariantCulture));
    Assert.Equal(garbage.LineOfWord.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));

    void Account(string[] cells, long line) {
      var text = string.Join(' ', cells);
      foreach (Match word in Words().Matches(text)) {
        found.Add(word.Value);
        var breaks = Regex.Count(text[..word.Index], "\r\n|\n|\r", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Equal(garbage.LineOfWord[word.Value], line + breaks);
      }
    }
  }).Check(Often);

  [Fact]
  public void Blocks_of_any_size_give_the_same() => Prop.ForAll(Choices, Gen.Choose(1, 200).ToArbitrary(), (choices, block) => {
    var bytes = Make(choices).Bytes;
    using Received whole = new(bytes), pieces = new(bytes);
    var one = Frame(whole, new FramingLimits { LongestRecord = 60 });
    var two = Frame(pieces, new FramingLimits { LongestRecord = 60, BlockBytes = block });
    Assert.Equal((one.Passed, one.SetAside, one.IsStaged, one.Sha256), (two.Passed, two.SetAside, two.IsStaged, two.Sha256));
    Assert.Equal(File.ReadAllBytes(one.CsvPath), File.ReadAllBytes(two.CsvPath));
    Assert.Equal(File.ReadAllBytes(whole.Aside.Path), File.ReadAllBytes(pieces.Aside.Path));
    for (var i = 0; i < one.Passed; i++) Assert.Equal(one.Lines.LineOf(i), two.Lines.LineOf(i));
  }).Check(Often);

  // nearly every one a record, so that the fast walk does the work
  private static readonly string[] Clean = [
    "w,w\n", "w,w\r\n", "\"w\",w\n", "\"w, w\nw\",\"w\"\"w\"\n", "w\" x,w\"\n", " w,w w\n", "w,\n", ",w\r\n", ",\n", "\"\",w\n",
    "w,\" w\"\n",
    "\"\"\"\",\"\"\"w\"\"\"\n",
    "\",\",\"\n\"\n", "é,\"\r\n\r\"\n", "w w w w w w w w w w w w w w w w w w w w w w w w w,w\n", "\n",
    "w,w,w\n", "w\n", "\"w,w\n", "w,\"w\"w\n", "w,\"w\" \n", "w,w\r",
  ];

  [Fact]
  public void The_fast_walk_and_the_slow_one_say_the_same() => Prop.ForAll(Choices, choices => {
    // the first few pieces most often, so that long runs of them are walked over at once
    var text = "h1,h2\n" + string.Concat(choices.Select(c => Clean[Math.Min(c % Clean.Length, c / Clean.Length % Clean.Length)]));
    using Received fast = new(text), slow = new(text);
    var one = Frame(fast, new FramingLimits { LongestRecord = 120 });
    // with fewer bytes at hand than a step of the fast walk takes, there is none
    var two = Frame(slow, new FramingLimits { LongestRecord = 120, BlockBytes = 1 });
    Assert.Equal((one.Passed, one.SetAside, one.IsStaged), (two.Passed, two.SetAside, two.IsStaged));
    Assert.Equal(File.ReadAllBytes(one.CsvPath), File.ReadAllBytes(two.CsvPath));
    Assert.Equal(File.ReadAllBytes(fast.Aside.Path), File.ReadAllBytes(slow.Aside.Path));
    for (var i = 0; i < one.Passed; i++) Assert.Equal(one.Lines.LineOf(i), two.Lines.LineOf(i));
  }).Check(Often);

  private static readonly Arbitrary<byte[]> Noise = ArbMap.Default.ArbFor<byte[]>();

  [Fact]
  public void Bytes_of_any_kind_are_read_or_refused_in_words() => Prop.ForAll(Noise, Choices, (noise, choices) => {
    byte[][] files = [
      noise, Received.Gzip(noise), [0x1F, 0x8B, .. noise], [0xFF, 0xFE, .. noise], [.. "PK\x03\x04"u8, .. noise], Make(choices).Bytes[6..],
    ];
    foreach (var bytes in files) {
      using var received = new Received(bytes);
      try {
        Assert.InRange(received.Frame().Passed, 0, bytes.Length * 1000);
      } catch (RefusedException refused) {
        Assert.EndsWith(".", refused.Problem.English.TrimEnd(')'));
      }
    }
  }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
