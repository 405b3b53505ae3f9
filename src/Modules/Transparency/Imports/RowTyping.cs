using System.Globalization;
using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports.Framing;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// The one pass that turns a source's text into typed rows and says why a row is set aside. Each cast stands once, in the inner select; the
/// reason is "not known now, but something was written". Counting never depends on a sniffer: every column is read as text.
/// </summary>
/// <param name="cells">What the file's cells look like, where it is known: what is in none of them is not looked for.</param>
internal sealed class RowTyping(RecordType records, SourceMapping mapping, DateOnly today, CellSurvey? cells = null) {
  // midnight of the first day that a program can count from
  private static readonly IReadOnlyList<string> NoDates = ["1900-01-01", "1970-01-01", "1899-12-30", "1899-12-31", "1753-01-01"];
  private static readonly IReadOnlyList<string> Spaces = ["' '", "chr(160)"];

  /// <summary>The declared fields that this source feeds and that are kept: free text is left in the source.</summary>
  public IReadOnlyList<Field> Fields { get; } = [.. records.Fields.Where(f => f.Role != FieldRole.Narrative && mapping.Fields.ContainsKey(f.Name))];

  /// <summary>A relation over the framed file, every column as text.</summary>
  public static string Csv(string path, char delimiter, IReadOnlyList<string> header) {
    var columns = string.Join(", ", header.Select(h => $"{Sql.Text(h)}: 'VARCHAR'"));
    return $"read_csv({Sql.Text(path)}, auto_detect=false, header=true, delim={Sql.Text(delimiter.ToString())}, quote='\"', escape='\"', new_line='\\n', " +
      $"strict_mode=true, max_line_size=2097152, nullstr='', columns={{{columns}}})";
  }

  /// <summary>
  /// The select whose rows, in file order, are <c>rows.parquet</c>: the kept fields and <c>_reason</c>. Three steps, so that each text is made once:
  /// what is written (<c>t_</c>), what it is, what is wrong with it.
  /// </summary>
  public string Select(string source) {
    var written = string.Join(", ", Fields.Select(f => $"{Text(f)} AS t_{f.Name}"));
    var typed = string.Join(", ", Fields.Select(f => $"{Typed(f, $"t_{f.Name}")} AS {f.Name}").Concat(Fields.Where(Guards).Select(f => $"t_{f.Name}")));
    return $"SELECT {string.Join(", ", Fields.Select(Outer))}, CASE {string.Join(' ', Reasons())} END AS _reason "
      + $"FROM (SELECT {typed} FROM (SELECT {written} FROM {source}))";
  }

  /// <summary>What was written for a field: trimmed, and null for what stands for "not known".</summary>
  public string Written(Field field) => $"CASE WHEN {SaysNothing(field, Text(field))} THEN NULL ELSE {Text(field)} END";

  private string Text(Field field) {
    var column = mapping.Fields[field.Name];
    var columns = column.Columns.Select(c => Trimmed(Sql.Name(c))).ToList();
    if (column.PadTo is { } digits) columns[^1] = $"lpad({columns[^1]}, {digits}, '0')";
    if (columns.Count == 1) return columns[0];
    var parts = columns.Select(c => $"CASE WHEN {SaysNothing(field, c)} THEN NULL ELSE {c} END").ToList();
    var joined = $"nullif(concat_ws({Sql.Text(ColumnMapping.Separator(field))}, {string.Join(", ", parts)}), '')";
    if (field.Type != FieldType.Timestamp) return joined;
    // an event whose hour no one wrote down counts on its day; any other time needs both
    var needed = field.Name == mapping.EventTime ? parts.Take(1) : parts;
    return $"CASE WHEN {string.Join(" AND ", needed.Select(p => $"({p}) IS NOT NULL"))} THEN {joined} END";
  }

  // Most cells have no space around them, and looking costs a tenth of trimming. An empty cell is read as null.
  private string Trimmed(string text) => cells is { HasPadding: false } ? text
    : $"CASE WHEN {string.Join(" OR ", Spaces.Select(s => $"starts_with({text}, {s}) OR ends_with({text}, {s})"))} THEN nullif(trim({text}), '') ELSE {text} END";

  // One search in one text, and for few values: by their first letter most say something. (IN over all the words would be a join a field.)
  private string SaysNothing(Field field, string text) {
    if (cells is { HasPadding: false } && !mapping.Fields[field.Name].Columns.Any(c => cells.MaySayNothing[HeaderIndex(c)])) return "false";
    var words = Placeholders.Of(field).ToLookup(w => w.Length > 0 && w[0] is >= '0' and <= '9');
    var first = words[false].SelectMany(w => w.Take(1)).SelectMany(c => (int[])[c, char.ToLowerInvariant(c)]).Distinct().Order();
    var all = Sql.Text($"|{string.Join('|', words[false])}|");
    var word = $"ascii({text}) IN ({string.Join(", ", first)}) AND len({text}) <= {words[false].Max(w => w.Length)} "
      + $"AND contains({all}, concat('|', upper({text}), '|'))";
    return words[true].Any() ? $"({word} OR {text} IN ({SqlWords.List(words[true])}))" : $"({word})";
  }

  private int HeaderIndex(string column) => mapping.Header.ToList().IndexOf(column);

  /// <summary>A time as its digits stand, without the zone behind them. A source may write its times in several ways: the first that fits reads it.</summary>
  public static string AsWritten(string text, ColumnMapping column) {
    var bare = column.HasOffset ? $"regexp_replace({text}, {Sql.Text(TimeFormat.ZonePattern)}, '', 'i')" : text;
    var formats = column.Columns.Count == 1 ? column.Formats : [.. column.Formats, .. column.Formats.Select(DayOf)];
    var readings = formats.Count == 0 ? [Iso(bare)] : formats.Select(format => format switch {
      "epoch" => $"make_timestamp(try_cast({bare} AS BIGINT) * 1000000)",
      "epochms" => $"make_timestamp(try_cast({bare} AS BIGINT) * 1000)",
      "excel" => $"TIMESTAMP '1899-12-30' + to_seconds(round(try_cast({bare} AS DOUBLE) * 86400))",
      "%Y-%m-%d %H:%M:%S" or "%Y-%m-%d" => Iso(bare),
      _ => $"try_strptime({bare}, {Sql.Text(format)})",
    }).Distinct().ToList();
    return readings.Count == 1 ? readings[0] : $"coalesce({string.Join(", ", readings)})";
  }

  /// <summary>Whether a column counts from 1970: in UTC, whatever clock the department lives by.</summary>
  public static bool IsEpoch(ColumnMapping column) => column.Formats is ["epoch" or "epochms"];

  // a day that stands in a column of its own may stand alone
  private static string DayOf(string format) =>
    Math.Max(format.IndexOf("%H", StringComparison.Ordinal), format.IndexOf("%I", StringComparison.Ordinal)) is > 0 and var clock
      ? format[..clock].TrimEnd() : format;

  // a cast is cheaper than a pattern, and drops a zone silently: nothing but a fraction may stand behind the seconds
  private static string Iso(string bare) =>
    $"CASE WHEN len({bare}) <= 19 OR (substr({bare}, 20, 1) = '.' AND try_cast(substr({bare}, 21) AS UINTEGER) IS NOT NULL) THEN try_cast({bare} AS TIMESTAMP) END";

  /// <summary>The same instant on the department's own clock, for a time whose zone is true.</summary>
  public static string OnOurClock(string text, ColumnMapping column, string zone) =>
    $"timezone({Sql.Text(zone)}, timezone('UTC', {AsWritten(text, column)} - to_minutes({OffsetMinutes(text)})))";

  private static string OffsetMinutes(string text) {
    var zone = $"regexp_extract({text}, '([+-]\\d\\d):?(\\d\\d)?$', ['h', 'm'])";
    var written = $"coalesce(try_cast({zone}.h AS INTEGER), 0) * 60 + CASE WHEN {zone}.h LIKE '-%' THEN -1 ELSE 1 END * coalesce(try_cast({zone}.m AS INTEGER), 0)";
    var named = TimeFormat.NamedZones.Where(z => z.Minutes != 0).Select(z => $"WHEN ends_with(upper({text}), '{z.Name}') THEN {z.Minutes}");
    // every name that is not Greenwich's ends in T
    return $"CASE WHEN {text}[-1] IN ('T', 't') THEN CASE {string.Join(' ', named)} ELSE 0 END ELSE {written} END";
  }

  private string Typed(Field field, string text) {
    var column = mapping.Fields[field.Name];
    return field.Type switch {
      FieldType.Timestamp => (IsEpoch(column) || column.HasOffset && column.Offset == OffsetMeaning.True) && !column.DateOnly && mapping.TimeZone is { } zone
        ? OnOurClock(text, column, zone) : AsWritten(text, column),
      FieldType.Integer => Integer(field, text),
      FieldType.Latitude => Degrees(text, column, latitude: true),
      FieldType.Longitude => Degrees(text, column, latitude: false),
      _ => $"CASE WHEN {SaysNothing(field, text)} THEN NULL ELSE {text} END",
    };
  }

  // An age group stands for its youngest; in a field that protects people, what cannot be read counts as the youngest of all.
  private string Integer(Field field, string text) {
    var groups = mapping.Values.TryGetValue(field.Name, out var map)
      ? string.Concat(map.Codes.Where(c => int.TryParse(c.Value.Code, out _)).Select(c => $"WHEN upper({text}) = {Sql.Text(c.Key)} THEN {c.Value.Code} ")) : "";
    var unread = field.Protects ? $"WHEN {text} IS NOT NULL AND NOT ({SaysNothing(field, text)}) THEN -1 " : "";
    return $"CASE {groups}WHEN regexp_full_match({text}, '\\d{{1,3}}(\\.0+)?') THEN try_cast(try_cast({text} AS DOUBLE) AS INTEGER) {unread}END";
  }

  private static string Degrees(string text, ColumnMapping column, bool latitude) {
    // WKT writes longitude first, "(lat, lon)" writes latitude first
    if (column.Format == "wkt")
      text = $"regexp_extract({text}, 'POINT\\s*\\(\\s*(-?[0-9.]+)\\s+(-?[0-9.]+)', {(latitude ? 2 : 1)})";
    else if (column.Format == "latlon")
      text = $"regexp_extract({text}, '\\(?\\s*(-?[0-9.]+)\\s*,\\s*(-?[0-9.]+)', {(latitude ? 1 : 2)})";
    return $"try_cast({text} AS DOUBLE)";
  }

  // A point that is not one leaves the row without a place; it never sets the row aside.
  private string Outer(Field field) => field.Type switch {
    FieldType.Latitude => $"CASE WHEN {GoodPoint} THEN {field.Name} END AS {field.Name}",
    FieldType.Longitude => $"CASE WHEN {GoodPoint} THEN {field.Name} END AS {field.Name}",
    _ => field.Name,
  };

  private string GoodPoint {
    get {
      var (lat, lon) = (records.Of(FieldRole.Latitude)!.Name, records.Of(FieldRole.Longitude)!.Name);
      if (Fields.All(f => f.Name != lat) || Fields.All(f => f.Name != lon)) return "false";
      return $"isfinite({lat}) AND isfinite({lon}) AND abs({lat}) <= 90 AND abs({lon}) <= 180 AND (abs({lat}) > 0.01 OR abs({lon}) > 0.01)";
    }
  }

  private static bool Guards(Field field) => field.Type is FieldType.Timestamp;

  private IEnumerable<string> Reasons() {
    foreach (var field in Fields.Where(Guards)) {
      yield return $"WHEN {field.Name} IS NULL AND t_{field.Name} IS NOT NULL AND NOT ({SaysNothing(field, $"t_{field.Name}")}) "
        + $"THEN '{field.Name}: not a date and time of this file''s form'";
    }
    if (records.Parent is { } parent) yield return $"WHEN {parent.Name} IS NULL THEN '{parent.Name}: empty'";
    if (mapping.EventTime is not { } time) yield break;
    yield return $"WHEN {time} IS NULL THEN '{time}: empty'";
    yield return $"WHEN {time} IN ({string.Join(", ", NoDates.Select(day => $"TIMESTAMP '{day}'"))}) THEN '{time}: a date that systems write where they know none'";
    yield return $"WHEN {time} < TIMESTAMP '1900-01-01' THEN '{time}: before 1900'";
    yield return $"WHEN {time} >= TIMESTAMP '{today.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}' THEN '{time}: in the future'";
  }
}
