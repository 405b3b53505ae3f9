using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>What a number format makes of a number.</summary>
internal enum NumberKind { Number, DateTime, Time, Elapsed }

/// <summary>
/// How the number in a cell is written: as it is, or as the date or time that its style shows. A number is written without noise (12.0 is
/// 12, 0.1+0.2 is 0.3: fifteen digits, as Excel shows), a date as <c>yyyy-MM-dd HH:mm:ss</c>, a time without a day as <c>HH:mm:ss</c>, a
/// length of time in hours as <c>36:00:00</c>, rounded to whole seconds.
/// </summary>
/// <param name="Kind">Number or date.</param>
/// <param name="Zeros">For a format of zeros only (beat 0912 kept as 912): how many digits it shows, else 0.</param>
internal readonly record struct CellFormat(NumberKind Kind, int Zeros = 0) {
  private static readonly DateTime Excel = new(1899, 12, 30), Macintosh = new(1904, 1, 1);
  private static readonly CultureInfo Plainly = CultureInfo.InvariantCulture;
  private const double LastDay = 2_958_466;

  /// <summary>The formats by a cell's style index.</summary>
  public static IReadOnlyList<CellFormat> Read(Stylesheet? styles) {
    Dictionary<uint, CellFormat> custom = [];
    foreach (var format in styles?.NumberingFormats?.Elements<NumberingFormat>() ?? []) {
      if (format.NumberFormatId?.Value is { } id && format.FormatCode?.Value is { } code) custom[id] = Of(code);
    }
    return [.. (styles?.CellFormats?.Elements<DocumentFormat.OpenXml.Spreadsheet.CellFormat>() ?? [])
        .Select(f => f.NumberFormatId?.Value is { } id ? custom.TryGetValue(id, out var known) ? known : BuiltIn(id) : default)];
  }

  // ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates in East Asian Excels
  private static CellFormat BuiltIn(uint id) => id switch {
    >= 14 and <= 17 or 22 or >= 27 and <= 31 or 36 or >= 50 and <= 58 => new(NumberKind.DateTime),
    >= 18 and <= 21 or >= 32 and <= 35 or 45 or 47 => new(NumberKind.Time),
    46 => new(NumberKind.Elapsed),
    _ => default,
  };

  /// <summary>Reads a format code: what stands in quotes, behind a backslash or in brackets is no date, but [h] is hours beyond a
  /// day.</summary>
  public static CellFormat Of(string code) {
    var letters = new StringBuilder();
    for (var i = 0; i < code.Length && code[i] != ';'; i++) {
      switch (code[i]) {
        case '"':
          i = code.IndexOf('"', i + 1) is >= 0 and var quote ? quote : code.Length;
          break;
        case '\\' or '_' or '*':
          i++;
          break;
        case '[':
          var end = code.IndexOf(']', i) is >= 0 and var bracket ? bracket : code.Length;
          var inside = code[(i + 1)..end];
          if (inside.Length > 0 && inside.All(c => c is 'h' or 'H' or 'm' or 'M' or 's' or 'S')) return new(NumberKind.Elapsed);
          i = end;
          break;
        default:
          letters.Append(char.ToLowerInvariant(code[i]));
          break;
      }
    }
    var shown = letters.ToString();
    if (shown.Contains("general", StringComparison.Ordinal)) return default;
    if (shown.AsSpan().ContainsAny('y', 'd')) return new(NumberKind.DateTime);
    if (shown.AsSpan().ContainsAny('h', 's')) return new(NumberKind.Time);
    if (shown.Contains('m')) return new(NumberKind.DateTime);
    return new(NumberKind.Number, shown.Length > 1 && shown.All(c => c == '0') ? shown.Length : 0);
  }

  /// <summary>The text of a cell's number.</summary>
  public string Write(string value, bool from1904) {
    if (Kind != NumberKind.Number && double.TryParse(value, NumberStyles.Float, Plainly, out var days) && days is >= 0 and < LastDay) {
      var seconds = (long)Math.Round(days * 86_400, MidpointRounding.AwayFromZero);
      if (Kind == NumberKind.Elapsed) return $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}";
      if (Kind == NumberKind.Time && days < 1 && seconds < 86_400) return $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}";
      // Excel counts a 29 February 1900 that never was: day 60; the days before it are one further from its epoch
      var epoch = from1904 ? Macintosh : days < 60 ? Excel.AddDays(1) : Excel;
      if (from1904 || days is < 60 or >= 61) return epoch.AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", Plainly);
    }
    var plain = Plain(value);
    return Zeros > plain.Length && plain.All(char.IsAsciiDigit) ? plain.PadLeft(Zeros, '0') : plain;
  }

  /// <summary>A number without noise: its digits when it is whole, else at most fifteen of them.</summary>
  public static string Plain(string value) {
    if (value.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0) return value;
    if (!double.TryParse(value, NumberStyles.Float, Plainly, out var number) || !double.IsFinite(number)) return value;
    var shown = number.ToString("G15", Plainly);
    if (!shown.Contains('E')) return shown == "-0" ? "0" : shown;
    var isExact = decimal.TryParse(shown, NumberStyles.Float, Plainly, out var exact) && exact != 0;
    return isExact ? exact.ToString("0.############################", Plainly) : shown;
  }
}
