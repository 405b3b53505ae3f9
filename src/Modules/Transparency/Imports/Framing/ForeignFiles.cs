using System.Text;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Knows files that are no table of ours by their first bytes, and says what to do instead.</summary>
internal static class ForeignFiles {
  private static readonly (byte[] Start, string Words)[] Known = [
    ([0xD0, 0xCF, 0x11, 0xE0],
      "This is an old Excel workbook (.xls) or one protected by a password. "
      + "Open it in Excel, save it as .xlsx without a password or as CSV, and import that."),
    ("%PDF"u8.ToArray(), "This is a PDF. Ask for the table itself, as CSV or .xlsx."),
    ("PAR1"u8.ToArray(), "This is a Parquet file. Export it as CSV and import that."),
    ("SQLite format 3"u8.ToArray(), "This is an SQLite database. Export the table as CSV and import that."),
    ("BZh"u8.ToArray(), "This file is compressed by bzip2. Unpack it, or compress it with gzip, and import that."),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "This file is compressed by xz. Unpack it, or compress it with gzip, and import that."),
    ([0x28, 0xB5, 0x2F, 0xFD], "This file is compressed by zstd. Unpack it, or compress it with gzip, and import that."),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "This is a 7-Zip archive. Unpack it and import the file in it."),
    ("Rar!"u8.ToArray(), "This is a RAR archive. Unpack it and import the file in it."),
    ([0xFF, 0xFE, 0, 0], "This text is in UTF-32. Save it as UTF-8 and import that."),
    ([0, 0, 0xFE, 0xFF], "This text is in UTF-32. Save it as UTF-8 and import that."),
  ];

  private static readonly (string Start, string Words)[] KnownText = [
    ("<!doctype", "This is a web page, not a table, whatever its name ends with. Export the table as CSV or .xlsx."),
    ("<html", "This is a web page, not a table, whatever its name ends with. Export the table as CSV or .xlsx."),
    ("<table", "This is a web page, not a table, whatever its name ends with. Export the table as CSV or .xlsx."),
    ("<?xml", "This is an XML file. Export the table as CSV or .xlsx."),
    ("{\\rtf", "This is a text document (RTF). Export the table as CSV or .xlsx."),
    ("{", "This is JSON. Export the table as CSV or .xlsx."),
    ("[{", "This is JSON. Export the table as CSV or .xlsx."),
    ("[[", "This is JSON. Export the table as CSV or .xlsx."),
  ];

  /// <summary>What to do with such a file; null when it may be a table. Zip archives and gzip are the caller's.</summary>
  public static string? WordsFor(ReadOnlySpan<byte> beginning) {
    foreach (var (start, words) in Known) {
      if (beginning.StartsWith(start)) return words;
    }
    if (beginning.Length > 262 && beginning[257..].StartsWith("ustar"u8))
      return "This is a tar archive. Unpack it and import the file in it.";
    var text = Encoding.ASCII.GetString(beginning[..Math.Min(64, beginning.Length)]).TrimStart('?', ' ', '\t', '\r', '\n');
    foreach (var (start, words) in KnownText) {
      if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return words;
    }
    return null;
  }
}
