using System.Text;
using System.Text.Unicode;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>
/// Looks at the beginning of a file, at most <see cref="SampleBytes"/> of text, and says how to read it. It only proposes: a person sees
/// the sample, and a saved mapping settles what it would guess. Nothing here is trusted later: <see cref="Framer"/> judges every record
/// itself.
/// </summary>
internal static class Sniffer {
  /// <summary>Records in a sample, at most.</summary>
  public const int SampleRecords = 2000;
  /// <summary>Lines above a header, at most.</summary>
  public const int MostTitleLines = 30;
  private const int SampleBytes = 4 << 20;
  private static readonly char[] Delimiters = [',', '\t', ';', '|'];

  /// <summary>Looks at a file. Refuses what cannot be read, saying what to do.</summary>
  public static FileShape Look(string path, FramingChoice? choice, CancellationToken ct) {
    choice ??= new();
    if (choice.Delimiter is { } named && !Delimiters.Contains(named))
      throw new RefusedException($"A file cannot be divided by \"{named}\". Name a comma, a tab, a pipe or a semicolon in the mapping.");
    if (Directory.Exists(path)) throw new RefusedException($"{path} is a folder. Name the file in it.");
    if (!File.Exists(path)) throw new RefusedException($"There is no file {path}. Check the name.");
    using var file = Open(path);
    var start = Peek(file, 4);
    if (start is [0x50, 0x4B, 0x03 or 0x05, ..]) return SheetSniffer.Look(file, choice.Sheet, ct);
    if (start is not [0x1F, 0x8B, ..]) return LookAtText(FileKind.Csv, file, choice, ct);
    using var text = new Gunzip(file);
    return LookAtText(FileKind.GzipCsv, text, choice, ct);
  }

  private static FileStream Open(string path) {
    try {
      return TextSource.OpenFile(path);
    } catch (UnauthorizedAccessException) {
      throw new RefusedException($"{path} may not be read by this user. Change its permissions, or copy it where they allow it.");
    } catch (IOException) {
      throw new RefusedException($"{path} cannot be opened; another program may be using it. Close it there, then import again.");
    }
  }

  private static byte[] Peek(FileStream file, int length) {
    var bytes = new byte[length];
    var read = file.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
    file.Position = 0;
    return bytes[..read];
  }

  private static FileShape LookAtText(FileKind kind, Stream raw, FramingChoice choice, CancellationToken ct) {
    var bytes = new byte[SampleBytes + 1];
    var length = raw.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
    ct.ThrowIfCancellationRequested();
    var isWhole = length < bytes.Length;
    var sample = bytes.AsSpan(0, length);
    if (kind == FileKind.GzipCsv && sample is [0x1F, 0x8B, ..] or [0x50, 0x4B, 0x03, 0x04, ..])
      throw new RefusedException("Inside the gzip file is another compressed file. Unpack it once and import what is in it.");
    if (ForeignFiles.WordsFor(sample) is { } words) throw new RefusedException(words + " Nothing was imported.");

    var (encoding, mark) = EncodingOf(sample, isWhole, choice.Encoding);
    using var text = Transcoder.Read(new MemoryStream(bytes, mark, length - mark), encoding);
    var utf8 = new MemoryStream();
    text.CopyTo(utf8);
    var records = utf8.GetBuffer().AsSpan(0, (int)utf8.Length);
    if (records.IsEmpty) throw new RefusedException("The file is empty. Send it again.");
    return LookAtRecords(kind, encoding, mark > 0, records, isWhole, AsideDelimiter(records) ?? SepHint(records) ?? choice.Delimiter, ct);
  }

  /// <summary>A mark decides; then the mapping; then whether every second byte is NUL; then whether it is UTF-8 but for some
  /// damage.</summary>
  private static (TextEncoding Encoding, int Mark) EncodingOf(ReadOnlySpan<byte> sample, bool isWhole, TextEncoding? chosen) {
    if (sample is [0xEF, 0xBB, 0xBF, ..]) return (TextEncoding.Utf8, 3);
    if (sample is [0xFF, 0xFE, ..]) return (TextEncoding.Utf16LittleEndian, 2);
    if (sample is [0xFE, 0xFF, ..]) return (TextEncoding.Utf16BigEndian, 2);
    // our own files are UTF-8, whatever their source's mapping says of the source
    if (chosen is { } known && (AsideDelimiter(sample) is null || !LooksLikeUtf8(sample, isWhole))) return (known, 0);
    int even = 0, odd = 0;
    var head = sample[..Math.Min(sample.Length, 4096)];
    for (var i = 0; i < head.Length; i++) {
      if (head[i] != 0) continue;
      if (i % 2 == 0) even++;
      else odd++;
    }
    // Latin letters, digits and delimiters have a NUL for their upper half
    if (odd * 4 > head.Length && odd > even * 8) return (TextEncoding.Utf16LittleEndian, 0);
    if (even * 4 > head.Length && even > odd * 8) return (TextEncoding.Utf16BigEndian, 0);
    return (LooksLikeUtf8(sample, isWhole) ? TextEncoding.Utf8 : TextEncoding.Windows1252, 0);
  }

  /// <summary>The delimiter of a file of records we set aside, by its first three columns; else null.</summary>
  private static char? AsideDelimiter(ReadOnlySpan<byte> text) {
    foreach (var delimiter in Delimiters) {
      var plain = string.Join(delimiter, AsideWriter.Columns) + delimiter;
      var quoted = string.Join(delimiter, AsideWriter.Columns.Select(c => $"\"{c}\"")) + delimiter;
      if (text.StartsWith(Encoding.ASCII.GetBytes(plain)) || text.StartsWith(Encoding.ASCII.GetBytes(quoted))) return delimiter;
    }
    return null;
  }

  /// <summary>The delimiter that a first line "sep=;" names, as some programs write it for Excel; else null.</summary>
  private static char? SepHint(ReadOnlySpan<byte> text) =>
    text.StartsWith("sep="u8) && text is [_, _, _, _, var named, (byte)'\r' or (byte)'\n', ..] && Delimiters.Contains((char)named)
        ? (char)named : null;

  private static bool LooksLikeUtf8(ReadOnlySpan<byte> sample, bool isWhole) {
    if (Utf8.IsValid(sample)) return true;
    int characters = 0, invalid = 0;
    while (!sample.IsEmpty) {
      var ascii = sample.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
      if (ascii < 0) break;
      sample = sample[ascii..];
      var status = Rune.DecodeFromUtf8(sample, out _, out var used);
      if (status == System.Buffers.OperationStatus.Done) characters++;
      else if (status == System.Buffers.OperationStatus.InvalidData || isWhole) invalid++;
      sample = sample[used..];
    }
    return characters >= invalid;
  }

  private static FileShape LookAtRecords(
      FileKind kind, TextEncoding encoding, bool hasMark, ReadOnlySpan<byte> text, bool isWhole, char? chosen, CancellationToken ct) {
    List<Found>? best = null;
    var delimiter = chosen ?? ',';
    var (bestFields, bestScore) = (1, -1.0);
    foreach (var candidate in chosen is { } settled ? [settled] : Delimiters) {
      ct.ThrowIfCancellationRequested();
      var records = Frame(text, candidate, isWhole);
      // how many records agree on a number of fields; the more fields, the less this is chance
      var (fields, score) = records.Where(r => r.IsWhole).GroupBy(r => r.Fields)
          .Select(g => (Fields: g.Key, Score: (1 - 1.0 / g.Key) * g.Count() / records.Count))
          .DefaultIfEmpty((Fields: 1, Score: 0.0)).MaxBy(g => g.Score);
      if (score > bestScore) (best, delimiter, bestFields, bestScore) = (records, candidate, fields, score);
    }
    if (best is null or []) throw new RefusedException("The file holds only blank lines. Send it again.");

    var header = HeaderOf(text, best, bestFields, delimiter);
    var line = best[header].Line;
    var record = text[best[header].Place];
    if (Lenient.FirstInvalid(record) >= 0 || record.Contains((byte)0))
      throw new RefusedException($"The names in the header on line {line} cannot be read in this encoding. "
          + "Import it with --encoding windows-1252, or repair the names.");
    var cells = Cells.Split(record, (byte)delimiter);
    var (drop, isAside) = Header.AsideColumns(cells);
    var names = Header.Names(cells[drop..]);
    var doubt = Header.Doubt(cells[drop..]);
    Header.RefuseTwins(names, line, doubt);
    List<string?[]> sample = [];
    foreach (var found in best.Skip(header + 1)) {
      if (!found.IsWhole || found.Fields != cells.Length || sample.Count == SampleRecords) continue;
      var values = Cells.Split(text[found.Place], (byte)delimiter);
      if (values.Any(v => v is not null)) sample.Add(values[drop..]);
    }
    List<string> skipped = [];
    for (var at = 0; at < best[header].Place.Start.Value;) {
      var above = RecordFrame.Line(text[at..], isLast: true);
      skipped.Add(Lenient.Decode(text.Slice(at, above.End)));
      at += above.Next;
    }
    return new(kind, encoding, hasMark, delimiter, null, line, skipped, names, sample, doubt, isAside);
  }

  private readonly record struct Found(Range Place, int Line, bool IsWhole, int Fields);

  private static List<Found> Frame(ReadOnlySpan<byte> text, char delimiter, bool isWhole) {
    List<Found> records = [];
    int line = 1, oneLineTo = 0;
    for (var at = 0; at < text.Length && records.Count < SampleRecords + MostTitleLines;) {
      var frame = RecordFrame.Of(text[at..], (byte)delimiter, isWhole, oneLine: at < oneLineTo, FramingLimits.Usual.LongestRecord);
      if (frame.Kind == FrameKind.NeedsMore) break;
      if (frame.Kind != FrameKind.Whole) oneLineTo = Math.Max(oneLineTo, at + frame.ShownAt);
      if (frame.End > 0) records.Add(new(at..(at + frame.End), line, frame.Kind == FrameKind.Whole, frame.Fields));
      line += 1 + frame.Breaks;
      at += frame.Next;
    }
    if (records.Count == 0 && !isWhole)
      throw new RefusedException($"The first line does not end within {SampleBytes >> 20} MB: this is not a table with one record a line. "
          + "Export it again. Nothing was imported.");
    return records;
  }

  /// <summary>The first record that is no title: a title has one cell with something in it, or at most half the usual number of
  /// cells.</summary>
  private static int HeaderOf(ReadOnlySpan<byte> text, List<Found> records, int usual, char delimiter) {
    for (var i = 0; i < Math.Min(records.Count, MostTitleLines); i++) {
      var (place, line, isWhole, fields) = records[i];
      if (!isWhole)
        throw new RefusedException($"The quotes on line {line}, before any record, do not pair up. Repair the header, then import again.");
      if (i == 0 && SepHint(text) is not null) continue;
      // here most records may still be a single cell of text that no one has repaired
      if (i == 0 && AsideDelimiter(text) is not null) return i;
      var filled = Cells.Split(text[place], (byte)delimiter).Count(c => !string.IsNullOrWhiteSpace(c));
      if (filled == 0 || fields * 2 <= usual || filled == 1 && usual > 2) continue;
      if (fields == usual || records.Count == i + 1) return i;
      throw new RefusedException(
          $"The header on line {line} names {fields} columns, but most records have {usual} fields. "
          + "Give every column a name in the export, then import again.");
    }
    throw new RefusedException($"No header was found in the first {MostTitleLines} lines. "
        + "A file needs a line that names its columns, then one record a line.");
  }
}
