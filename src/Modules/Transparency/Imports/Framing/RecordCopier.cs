using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Takes records of a framed file out to aside.csv, by number: those whose values turned out to be wrong.</summary>
internal static class RecordCopier {
  private const int BlockBytes = 4 << 20;

  /// <summary>Copies the named records, each with the line it has in the file as received.</summary>
  /// <param name="file">A framed file.</param>
  /// <param name="records">Numbers from 0, ascending, with the field and the reason.</param>
  /// <param name="aside">The writer that was given to <see cref="Framer"/>.</param>
  /// <param name="ct">Stops between blocks.</param>
  public static void Copy(FramedFile file, IEnumerable<(long Record, string Field, string Reason)> records, AsideWriter aside, CancellationToken ct) {
    using var wanted = records.GetEnumerator();
    if (!wanted.MoveNext()) return;
    file.RefuseIfChanged();
    using var source = TextSource.OpenFile(file.CsvPath);
    var delimiter = (byte)file.Delimiter;
    var fast = new FastRecords(delimiter, file.Header.Count, FramingLimits.Usual.LongestRecord);
    var buffer = new byte[BlockBytes + FramingLimits.Usual.LongestRecord + 64];
    int start = 0, end = 0;
    // the header is not counted
    long number = -1;
    for (var isLast = false; !isLast;) {
      ct.ThrowIfCancellationRequested();
      buffer.AsSpan(start, end - start).CopyTo(buffer);
      (start, end) = (0, end - start);
      var read = source.ReadAtLeast(buffer.AsSpan(end, BlockBytes), BlockBytes, throwOnEndOfStream: false);
      isLast = read < BlockBytes;
      end += read;
      while (start < end) {
        if (number >= 0 && number < wanted.Current.Record) {
          var stop = fast.Walk(buffer.AsSpan(0, end), start, (int)Math.Min(int.MaxValue, wanted.Current.Record - number));
          number += fast.Records;
          if (stop > start) {
            start = stop;
            continue;
          }
        }
        var frame = RecordFrame.Of(buffer.AsSpan(start, end - start), delimiter, isLast, oneLine: false, int.MaxValue);
        if (frame.Kind == FrameKind.NeedsMore) break;
        if (frame.Kind != FrameKind.Whole) throw new RefusedException(FileStamp.Changed(file.CsvPath));
        if (number == wanted.Current.Record) {
          aside.AddRecord(file.Lines.LineOf(number), wanted.Current.Field, wanted.Current.Reason, buffer.AsSpan(start, frame.End));
          if (!wanted.MoveNext()) {
            aside.Flush();
            return;
          }
          if (wanted.Current.Record <= number) throw new ArgumentException("Record numbers ascend.", nameof(records));
        }
        number++;
        start += frame.Next;
      }
    }
    throw new ArgumentOutOfRangeException(nameof(records), $"The file has {number} records; record {wanted.Current.Record} was asked for.");
  }
}
