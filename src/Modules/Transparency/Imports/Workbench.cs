using NodaTime;
using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// SQL over the typed rows of imports: what identifies a row, what it says, which rows are live. All of it is worked out when asked: the
/// files hold the fields and nothing derived.
/// </summary>
internal static class Workbench {
  /// <summary>Names a row across files: the key's fields, normalised; without a key, everything the row says.</summary>
  public static string Key(RecordType records, SourceMapping mapping) => mapping.Key switch {
    [] => $"{Says(records, mapping)}::VARCHAR",
    [var one] => Part(one),
    var all => $"concat_ws('|', {string.Join(", ", all.Select(Part))})",
  };

  /// <summary>A field of the key as it is compared: without regard to case.</summary>
  public static string Part(string field) => $"coalesce(upper({field}::VARCHAR), '')";

  /// <summary>A hash of everything a row says, normalised so that "06" and "6" say the same.</summary>
  public static string Says(RecordType records, SourceMapping mapping) => $"hash({string.Join(", ", Compared(records, mapping).Select(f => Normal(f, mapping)))})";

  /// <summary>What a field says, where spellings of the same are one.</summary>
  public static string Normal(Field field, SourceMapping mapping) => field switch {
    { Role: FieldRole.Area } => $"ltrim(upper({field.Name}), '0')",
    { Type: FieldType.Timestamp } when mapping.TimeZone is { } zone && mapping.Fields[field.Name].HasOffset =>
      $"CASE WHEN hour({field.Name}) BETWEEN 1 AND 3 AND {field.Name}::DATE IN ({string.Join(", ", SpringDays(zone).Select(SqlWords.Day))}) THEN date_trunc('day', {field.Name}) ELSE {field.Name} END",
    _ => field.Name,
  };

  // On the night the clocks go forward, systems write an hour that is not there, and move it by either zone: Charlottesville's 02:26 of 2016-03-13.
  private static IEnumerable<DateOnly> SpringDays(string zone) =>
    Intervals(zone).Zip(Intervals(zone).Skip(1)).Where(change => change.Second.WallOffset > change.First.WallOffset).Select(change => change.Second.IsoLocalStart.Date.ToDateOnly()).DefaultIfEmpty(DateOnly.MinValue);

  private static IEnumerable<NodaTime.TimeZones.ZoneInterval> Intervals(string zone) =>
    DateTimeZoneProviders.Tzdb[zone].GetZoneIntervals(Instant.FromUtc(1990, 1, 1, 0, 0), Instant.FromUtc(2060, 1, 1, 0, 0));

  // a row number of the exporting system changes with every export and says nothing; unless it is all there is
  private static IEnumerable<Field> Compared(RecordType records, SourceMapping mapping) =>
    new RowTyping(records, mapping, default).Fields.Where(f => f.Role is not (FieldRole.RowId or FieldRole.ClockWitness) || mapping.Key.Contains(f.Name));

  /// <summary>Accepted rows of one import's file, with their number in it.</summary>
  public static string Accepted(string rowsFile) => $"(FROM read_parquet({Sql.Text(rowsFile)}, file_row_number=true) WHERE _reason IS NULL)";

  /// <summary>
  /// Accepted rows of some imports, live or not: every declared field (null where the file had none), <c>_import</c>, <c>_source</c>, <c>file_row_number</c>,
  /// and <c>event</c>, the time a row counts on.
  /// </summary>
  /// <param name="eventTime">The field that is the event time of an import's rows.</param>
  public static string Every(DuckConnection duck, RestrictedStore store, RecordType records, IEnumerable<ImportManifest> of, Func<ImportManifest, string?> eventTime, CancellationToken ct) =>
    $"({string.Join(" UNION ALL ", of.Select(m => {
      var file = Path.Combine(store.FolderOf(m.Number), ImportManifest.Rows);
      var has = duck.List("SELECT name FROM parquet_schema($1)", [file], r => r.Text(0)!, ct).ToHashSet();
      var columns = records.Fields.Select(f => has.Contains(f.Name) ? f.Name : $"NULL::{SqlType(f.Type)} AS {f.Name}");
      return $"SELECT {string.Join(", ", columns)}, {(eventTime(m) is { } time && has.Contains(time) ? time : "NULL::TIMESTAMP")} AS event, {Sql.Text(m.Source)} AS _source, {m.Number} AS _import, file_row_number FROM {Accepted(file)}";
    }))})";

  /// <summary>The files that say which rows are no longer live: (import, row).</summary>
  public static IReadOnlyList<string> Superseded(RestrictedStore store, IEnumerable<ImportManifest> by) =>
    [.. by.Select(m => Path.Combine(store.FolderOf(m.Number), ImportManifest.Superseded))];

  private static string SqlType(FieldType type) => type switch {
    FieldType.Timestamp => "TIMESTAMP",
    FieldType.Integer => "INTEGER",
    FieldType.Latitude or FieldType.Longitude => "DOUBLE",
    _ => "VARCHAR",
  };
}
