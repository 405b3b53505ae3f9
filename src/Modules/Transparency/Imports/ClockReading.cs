using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// Proves what the zone behind a time means, on every file anew: Charlottesville's first file writes local time with <c>+00</c>, its second
/// true UTC with the same <c>+00</c>. A witness column (an hour, a shift) decides; without one the time zone setting does.
/// </summary>
internal static class ClockReading {
  public static (SourceMapping Mapping, IReadOnlyList<string> Said) Decide(DuckConnection duck, string csv, RecordType records, SourceMapping mapping, CancellationToken ct) {
    // a day beside the main record's own: none of its zones is proven, since nothing is counted by it
    if (mapping.EventTime is null) return (mapping, []);
    var time = records[mapping.EventTime];
    var column = mapping.Fields[time.Name];
    if (column.DateOnly) return (mapping, [$"{string.Join(" ", column.Columns)} is always midnight: a date, never shifted."]);
    if (RowTyping.IsEpoch(column)) {
      return (mapping, [mapping.TimeZone is { } ours ? $"{column.Columns[^1]} counts from 1970 in UTC: moved to {ours}."
        : $"{column.Columns[^1]} counts from 1970 in UTC, and no time zone is set: its hours are those of UTC. Set one with --time-zone or `porchlight settings set time-zone ...`."]);
    }
    if (!column.HasOffset) return (mapping, mapping.TimeZone is null ? ["No time zone is set: times are taken as written."] : []);
    var typing = new RowTyping(records, mapping, default);
    var witness = records.Of(FieldRole.ClockWitness) is { } w && mapping.Fields.ContainsKey(w.Name) ? w : null;
    var zone = mapping.TimeZone;
    var (meaning, said) = witness is null ? Unwitnessed(column.Columns[^1], zone) : Witnessed(duck, csv, typing, time, witness, mapping, ct);
    var fields = mapping.Fields.ToDictionary(f => f.Key, f => f.Value.HasOffset ? f.Value with { Offset = meaning } : f.Value);
    return (mapping with { Fields = fields }, [said]);
  }

  private static (OffsetMeaning, string) Unwitnessed(string column, string? zone) => zone is null
    ? (OffsetMeaning.AsWritten, $"{column} ends in a zone, and no time zone is set: times are taken as written. Set one with --time-zone or `porchlight settings set time-zone ...`.")
    : (OffsetMeaning.True, $"{column} ends in a zone: taken as true and moved to {zone}.");

  private static (OffsetMeaning, string) Witnessed(DuckConnection duck, string csv, RowTyping typing, Field time, Field witness, SourceMapping mapping, CancellationToken ct) {
    var column = mapping.Fields[time.Name];
    var ours = mapping.TimeZone is { } zone ? RowTyping.OnOurClock("t", column, zone) : "NULL::TIMESTAMP";
    var groups = duck.List($"""
      SELECT w, (hour(a) * 60 + minute(a))::INTEGER, (hour(o) * 60 + minute(o))::INTEGER, count(*) FROM (
        SELECT w, {RowTyping.AsWritten("t", column)} AS a, {ours} AS o FROM (SELECT {typing.Written(witness)} AS w, {typing.Written(time)} AS t FROM {csv}))
      WHERE w IS NOT NULL AND a IS NOT NULL GROUP BY ALL
      """, [], r => (r.Text(0)!, (int)r.Long(1), r.IsNull(2) ? (int?)null : (int)r.Long(2), r.Long(3)), ct);
    var evidence = ClockEvidence.Count(mapping.Fields[witness.Name].Format ?? "hhmm", groups);
    var said = evidence.Sentence(column.Columns[^1], string.Join(" ", mapping.Fields[witness.Name].Columns), mapping.TimeZone);
    if (evidence.Decided is { } decided) return (decided, said);
    var (meaning, fallback) = Unwitnessed(column.Columns[^1], mapping.TimeZone);
    return (meaning, $"{said} {fallback}");
  }
}
