using Porchlight.Kernel;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Why a whole record was set aside.</summary>
internal enum AsideReason { FieldCount, TextAfterQuote, QuoteNeverClosed, Nul, NotValid, TooLong }

/// <summary>How far framing has come.</summary>
/// <param name="BytesRead">Bytes of the file as received.</param>
/// <param name="BytesTotal">Its length.</param>
/// <param name="Records">Records passed so far.</param>
internal readonly record struct FramingProgress(long BytesRead, long BytesTotal, long Records);

/// <summary>
/// A file that can be read strictly: one header record, then records that all have its number of fields; UTF-8 without a mark, LF between
/// records, quotes only as RFC 4180 has them (or inside an unquoted cell, where they are text).
/// </summary>
/// <param name="CsvPath">The file as received where it is like that already, else <c>records.csv</c> in the staging folder.</param>
/// <param name="IsStaged">Whether it is the latter.</param>
/// <param name="Delimiter">The source's own; a sheet's is a comma.</param>
/// <param name="Header">The columns' names, one for every field.</param>
/// <param name="Passed">Records in the file, its header not counted.</param>
/// <param name="SetAside">Records written to aside.csv instead.</param>
/// <param name="Reasons">The same by reason.</param>
/// <param name="Cells">What its cells look like; null: no one has looked, and anything may stand in them.</param>
/// <param name="Sha256">Of the file as received, in lower-case hexadecimal.</param>
/// <param name="Lines">From a record's number in the file, from 0, to its line (or sheet row) in the file as received.</param>
/// <param name="Received">What was read, to be found unchanged when it is read again.</param>
internal sealed record FramedFile(
    string CsvPath, bool IsStaged, char Delimiter, IReadOnlyList<string> Header, long Passed, long SetAside,
    IReadOnlyDictionary<AsideReason, long> Reasons, CellSurvey? Cells, string Sha256, LineMap Lines, FileStamp Received) {
  /// <summary>Refuses when the file as received was written to since it was framed: what was counted is then not what is read.</summary>
  public void RefuseIfChanged() => Received.RefuseIfChanged();
}

/// <summary>A file's length and time of writing.</summary>
internal sealed record FileStamp(string Path, long Length, DateTime Written) {
  public static FileStamp Of(string path) {
    var file = new FileInfo(path);
    return new(path, file.Length, file.LastWriteTimeUtc);
  }

  public void RefuseIfChanged() {
    if (!File.Exists(Path) || Of(Path) != this) throw new RefusedException(Changed(Path));
  }

  /// <summary>What to say then.</summary>
  public static string Changed(string path) =>
    $"{System.IO.Path.GetFileName(path)} changed while it was being read. "
    + "Wait until it is whole, then import it again. Nothing was imported.";
}
