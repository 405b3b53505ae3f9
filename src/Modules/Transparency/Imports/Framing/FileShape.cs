namespace Porchlight.Transparency.Imports.Framing;

/// <summary>What kind of file was received.</summary>
internal enum FileKind { Csv, GzipCsv, Xlsx }

/// <summary>How the text of a file is written. A byte order mark decides; without one this is read off the beginning, or a mapping says
/// it.</summary>
internal enum TextEncoding { Utf8, Utf16LittleEndian, Utf16BigEndian, Windows1252 }

/// <summary>What a saved mapping settles about a source's files, so that nothing of it is guessed again. Null: found out.</summary>
/// <param name="Encoding">The encoding of files without a byte order mark.</param>
/// <param name="Delimiter">Comma, tab, pipe or semicolon.</param>
/// <param name="Sheet">The sheet of an .xlsx file; the first visible one with data unless named.</param>
internal sealed record FramingChoice(TextEncoding? Encoding = null, char? Delimiter = null, string? Sheet = null);

/// <summary>What the beginning of a file shows. <see cref="Framer"/> reads the whole file by it.</summary>
/// <param name="Kind">Text, compressed text or a sheet.</param>
/// <param name="Encoding">For a sheet always UTF-8.</param>
/// <param name="HasMark">Whether the file begins with a byte order mark.</param>
/// <param name="Delimiter">For a sheet a comma: it is staged as comma-separated.</param>
/// <param name="Sheet">The name of the sheet, for .xlsx.</param>
/// <param name="HeaderLine">The line (or sheet row) of the header, from 1.</param>
/// <param name="Skipped">Title and blank lines above the header, as they are.</param>
/// <param name="Header">The columns' names, trimmed, one for every field; an empty one is "column 7".</param>
/// <param name="Sample">The first records that have as many fields as the header; an empty cell is null.</param>
/// <param name="HeaderDoubt">Why the header looks like a record, for a person to judge; null when it is plausible.</param>
/// <param name="IsAside">Whether this is a file of records we set aside, coming back: its first three columns are then not the source's,
/// and not in <see cref="Header"/>.</param>
/// <param name="FirstColumn">For a sheet: the column, from 0, where the table begins.</param>
/// <param name="Sheets">For a sheet: the names of all that can be seen, for a person to choose another.</param>
internal sealed record FileShape(
    FileKind Kind, TextEncoding Encoding, bool HasMark, char Delimiter, string? Sheet, int HeaderLine, IReadOnlyList<string> Skipped,
    IReadOnlyList<string> Header, IReadOnlyList<string?[]> Sample, string? HeaderDoubt, bool IsAside,
    int FirstColumn = 0, IReadOnlyList<string>? Sheets = null) {
  /// <summary>The encoding's name in messages.</summary>
  public string EncodingName => Encoding switch {
    TextEncoding.Utf8 => "UTF-8",
    TextEncoding.Windows1252 => "Windows-1252",
    _ => "UTF-16",
  };
}
