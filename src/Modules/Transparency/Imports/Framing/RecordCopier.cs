using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Takes records of a framed file out to aside.csv, by number: those whose values turned out to be wrong.</summary>
internal static class RecordCopier {
  /// <summary>Copies the named records, each with the line it has in the file as received.</summary>
  /// <param name="file">A framed file.</param>
  /// <param name="records">Numbers from 0, ascending, with the field and the reason.</param>
  /// <param name="aside">The writer that was given to <see cref="Framer"/>.</param>
  /// <param name="ct">Stops between blocks.</param>
  public static void Copy(
      FramedFile file, IEnumerable<(long Record, string Field, string Reason)> records, AsideWriter aside, CancellationToken ct) {
    using var wanted = records.GetEnumerator();
    if (!wanted.MoveNext()) return;
    file.RefuseIfChanged();
    using var source = TextSource.OpenFile(file.CsvPath);
    var delimiter = (byte)file.Delimiter;
    var fast = new FastRecords(delimiter, file.Header.Count, FramingLimits.Usual.LongestRecord);
    var text = new TextBlocks(source, FramingLimits.Usual.BlockBytes);
    // the header is not counted
    long number = -1;
    do {
      ct.ThrowIfCancellationRequested();
      text.Read();
      while (!text.Rest.IsEmpty) {
        if (number >= 0 && number < wanted.Current.Record) {
          var walked = fast.Walk(text.Rest, (int)Math.Min(int.MaxValue, wanted.Current.Record - number));
          number += fast.Records;
          text.Take(walked);
          if (walked > 0) continue;
        }
        var frame = RecordFrame.Of(text.Rest, delimiter, text.IsLast, oneLine: false, int.MaxValue);
        if (frame.Kind == FrameKind.NeedsMore) break;
        if (frame.Kind != FrameKind.Whole) throw new RefusedException(FileStamp.Changed(file.CsvPath));
        if (number == wanted.Current.Record) {
          aside.AddRecord(file.Lines.LineOf(number), wanted.Current.Field, wanted.Current.Reason, text.Rest[..frame.End]);
          if (!wanted.MoveNext()) {
            aside.Flush();
            return;
          }
          if (wanted.Current.Record <= number) throw new ArgumentException("Record numbers ascend.", nameof(records));
        }
        number++;
        text.Take(frame.Next);
      }
    } while (!text.IsLast);
    throw new ArgumentOutOfRangeException(nameof(records), $"The file has {number} records; record {wanted.Current.Record} was asked for.");
  }
}
