using System.Buffers;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>How a record ended.</summary>
internal enum FrameKind {
  /// <summary>The bytes at hand stop before the record does.</summary>
  NeedsMore,
  Whole,
  /// <summary>Something other than a delimiter or an end of line follows a closing quote.</summary>
  TextAfterQuote,
  /// <summary>A quote opened and was not closed: by the end of the file, within the longest record, or (in lines read one by one) on its
  /// own line.</summary>
  QuoteNeverClosed,
}

/// <summary>
/// One record's place in a span that begins with it. This is the one place that says what a record is; <see cref="FastRecords"/> only
/// walks faster over those that leave nothing to decide.
/// <para>
/// RFC 4180, read as a person would: a line ends with LF, CR LF or CR; a quote that is not the first thing in a cell is text (5" pipe);
/// spaces around a quoted cell are dropped. Where quotes do not pair up, the frame is the record's first line only, whatever the quotes
/// say: what follows is read again as records of its own, so one lost quote costs one line and not the rest of the file.
/// </para>
/// </summary>
/// <param name="Kind">How it ended.</param>
/// <param name="End">Where its text ends.</param>
/// <param name="Next">Where the next record begins.</param>
/// <param name="Fields">How many fields it has, when whole.</param>
/// <param name="Breaks">Line breaks inside its quoted cells.</param>
/// <param name="IsPadded">Whether spaces stand around a quoted cell: it must be written again without them.</param>
/// <param name="BadField">The field (from 0) where the quotes went wrong.</param>
/// <param name="QuoteBreaks">How many line breaks before the quote in question.</param>
/// <param name="ShownAt">The beginning of the line where the record ended, or where it showed that its quotes do not pair up.</param>
internal readonly record struct RecordFrame(
    FrameKind Kind, int End = 0, int Next = 0, int Fields = 0, int Breaks = 0, bool IsPadded = false,
    int BadField = 0, int QuoteBreaks = 0, int ShownAt = 0) {
  private const byte Quote = (byte)'"', Lf = (byte)'\n', Cr = (byte)'\r', Space = (byte)' ';
  private static readonly SearchValues<byte> QuoteOrBreak = SearchValues.Create("\"\n\r"u8);

  /// <summary>Frames the record at the beginning of <paramref name="data"/>.</summary>
  /// <param name="data">Not empty.</param>
  /// <param name="delimiter">ASCII.</param>
  /// <param name="isLast">Whether the file ends where the data does.</param>
  /// <param name="oneLine">Whether quotes may not reach over the end of a line.</param>
  /// <param name="longest">How far a closing quote is looked for beyond the first line.</param>
  public static RecordFrame Of(ReadOnlySpan<byte> data, byte delimiter, bool isLast, bool oneLine, int longest) {
    int at = 0, fields = 1, breaks = 0, firstEnd = -1, firstNext = -1, lastLine = 0;
    var padded = false;
    while (true) {
      var cell = at;
      while (at < data.Length && data[at] == Space) at++;
      if (at == data.Length && !isLast) return default;
      if (at < data.Length && data[at] == Quote) {
        padded |= at > cell;
        var quoteBreaks = breaks;
        at++;
        while (true) {
          var found = data[at..].IndexOfAny(QuoteOrBreak);
          at = found < 0 ? data.Length : at + found;
          if (at >= longest && firstEnd >= 0 || at == data.Length && isLast) return Bad(data, FrameKind.QuoteNeverClosed, quoteBreaks);
          if (at == data.Length) return default;
          if (data[at] == Quote) {
            if (at + 1 == data.Length && !isLast) return default;
            if (at + 1 == data.Length || data[at + 1] != Quote) break;
            at += 2;
          } else {
            var next = AfterBreak(data, at, isLast);
            if (next < 0) return default;
            if (firstEnd < 0) (firstEnd, firstNext) = (at, next);
            if (oneLine || at >= longest) return Bad(data, FrameKind.QuoteNeverClosed, quoteBreaks);
            breaks++;
            at = lastLine = next;
          }
        }
        var closed = ++at;
        while (at < data.Length && data[at] == Space) at++;
        if (at == data.Length && !isLast) return default;
        padded |= at > closed;
        if (at < data.Length && data[at] != delimiter && data[at] is not (Lf or Cr))
          return Bad(data, FrameKind.TextAfterQuote, quoteBreaks);
      } else {
        var found = data[at..].IndexOfAny(delimiter, Lf, Cr);
        if (found < 0 && !isLast) return default;
        at = found < 0 ? data.Length : at + found;
      }
      if (at < data.Length && data[at] == delimiter) {
        at++;
        fields++;
        continue;
      }
      var after = at == data.Length ? at : AfterBreak(data, at, isLast);
      return after < 0 ? default : new RecordFrame(FrameKind.Whole, at, after, fields, breaks, padded, ShownAt: lastLine);
    }

    RecordFrame Bad(ReadOnlySpan<byte> data, FrameKind kind, int quoteBreaks) {
      if (firstEnd < 0) {
        var found = data[at..].IndexOfAny(Lf, Cr);
        if (found < 0 && !isLast) return default;
        firstEnd = found < 0 ? data.Length : at + found;
        firstNext = found < 0 ? data.Length : AfterBreak(data, firstEnd, isLast);
        if (firstNext < 0) return default;
      }
      return new RecordFrame(kind, firstEnd, firstNext, BadField: fields - 1, QuoteBreaks: quoteBreaks,
          ShownAt: at == data.Length && isLast ? data.Length : lastLine);
    }
  }

  /// <summary>Frames a line, whatever quotes it holds.</summary>
  public static RecordFrame Line(ReadOnlySpan<byte> data, bool isLast) {
    var end = data.IndexOfAny(Lf, Cr);
    if (end < 0) return isLast ? new(FrameKind.Whole, data.Length, data.Length) : default;
    var next = AfterBreak(data, end, isLast);
    return next < 0 ? default : new(FrameKind.Whole, end, next);
  }

  /// <summary>Where the line after the break at <paramref name="at"/> begins; -1 when the next byte must be seen first.</summary>
  private static int AfterBreak(ReadOnlySpan<byte> data, int at, bool isLast) {
    if (data[at] == Lf) return at + 1;
    if (at + 1 < data.Length) return data[at + 1] == Lf ? at + 2 : at + 1;
    return isLast ? at + 1 : -1;
  }
}
