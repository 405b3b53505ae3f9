namespace Porchlight.Transparency.Mappings;

/// <summary>
/// Reads a time by a strptime pattern as DuckDB 1.5 does, for the few specifiers the proposal uses: what parses here parses there. Numbers
/// may leave out their leading zero; a space in the pattern takes one or more.
/// </summary>
internal static class Strptime {
  private static readonly string[] Months =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
  private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

  /// <summary>Reads the whole text.</summary>
  public static bool TryParse(ReadOnlySpan<char> text, string pattern, out DateTime time) {
    var parts = new TimeParts();
    text = text.Trim();
    time = default;
    return Prefix(text, pattern, ref parts) is { } end && end == text.Length && parts.TryTime(out time);
  }

  /// <summary>Reads as much of the text as the pattern asks for; where that ends, or null where it does not fit.</summary>
  public static int? Prefix(ReadOnlySpan<char> text, string pattern, ref TimeParts parts) {
    var at = 0;
    for (var p = 0; p < pattern.Length; p++) {
      if (pattern[p] == ' ') {
        if (at >= text.Length || text[at] != ' ') return null;
        while (at < text.Length && text[at] == ' ') at++;
        continue;
      }
      if (pattern[p] != '%') {
        if (at >= text.Length || text[at] != pattern[p]) return null;
        at++;
        continue;
      }
      if (!Specifier(text, ref at, pattern[++p], ref parts)) return null;
    }
    return at;
  }

  private static bool Specifier(ReadOnlySpan<char> text, ref int at, char specifier, ref TimeParts parts) {
    switch (specifier) {
      case 'Y': return Number(text, ref at, 4, 4, out parts.Year) && parts.Year is >= 1900 and <= 2100;
      case 'y':
        if (!Number(text, ref at, 2, 2, out parts.Year)) return false;
        parts.Year += parts.Year < 69 ? 2000 : 1900;
        return true;
      case 'm': return Number(text, ref at, 1, 2, out parts.Month) && parts.Month is >= 1 and <= 12;
      case 'd': return Number(text, ref at, 1, 2, out parts.Day) && parts.Day is >= 1 and <= 31;
      case 'H': return Number(text, ref at, 1, 2, out parts.Hour) && parts.Hour <= 23;
      case 'I': return Number(text, ref at, 1, 2, out parts.Hour) && parts.Hour is >= 1 and <= 12;
      case 'M': return Number(text, ref at, 1, 2, out parts.Minute) && parts.Minute <= 59;
      case 'S': return Number(text, ref at, 1, 2, out parts.Second) && parts.Second <= 59;
      case 'f': return Number(text, ref at, 1, 6, out _);
      case 'n': return Number(text, ref at, 1, 9, out _);
      case 'p':
        if (at + 2 > text.Length || char.ToLowerInvariant(text[at + 1]) != 'm') return false;
        if (char.ToLowerInvariant(text[at]) is not ('a' or 'p')) return false;
        parts.Hour = parts.Hour % 12 + (char.ToLowerInvariant(text[at]) == 'p' ? 12 : 0);
        at += 2;
        return true;
      case 'b': return Name(text, ref at, Months, 3, out parts.Month);
      case 'B': return Name(text, ref at, Months, 0, out parts.Month);
      case 'a': return Name(text, ref at, Days, 3, out _);
      case 'A': return Name(text, ref at, Days, 0, out _);
      default: throw new ArgumentException($"no such specifier: %{specifier}");
    }
  }

  private static bool Number(ReadOnlySpan<char> text, ref int at, int least, int most, out int number) {
    number = 0;
    var start = at;
    while (at < text.Length && at - start < most && char.IsAsciiDigit(text[at])) number = number * 10 + (text[at++] - '0');
    return at - start >= least;
  }

  private static bool Name(ReadOnlySpan<char> text, ref int at, string[] names, int letters, out int number) {
    for (number = 1; number <= names.Length; number++) {
      var name = names[number - 1].AsSpan(0, letters == 0 ? names[number - 1].Length : letters);
      if (!text[at..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
      at += name.Length;
      return at == text.Length || !char.IsAsciiLetter(text[at]);
    }
    return false;
  }
}

/// <summary>The parts of a time while it is read.</summary>
internal struct TimeParts {
  public int Year, Month, Day, Hour, Minute, Second;

  /// <summary>The time, unless there is no such day.</summary>
  public readonly bool TryTime(out DateTime time) {
    time = default;
    if (Year == 0 || Month == 0 || Day == 0 || Day > DateTime.DaysInMonth(Year, Month)) return false;
    time = new(Year, Month, Day, Hour, Minute, Second, DateTimeKind.Unspecified);
    return true;
  }
}
