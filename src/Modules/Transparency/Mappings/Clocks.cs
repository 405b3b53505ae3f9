using NodaTime;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Settles what the zone at the end of a time means, by a witness column where there is one.</summary>
internal static class Clocks {
  // where no one has said the department's zone, those of the States are tried
  private static readonly string[] States =
    ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage", "Pacific/Honolulu"];

  /// <summary>Sets the meaning of every zoned time.</summary>
  /// <param name="zone">The zone of the mapping; null where none is said or found.</param>
  public static void Propose(Draft draft, Field eventTime, ProposalContext context, out string? zone) {
    zone = context.Zone;
    var zoned = draft.Records.Fields.Where(f => f.Type is FieldType.Timestamp && draft.IsMapped(f) && draft.Mapping(f) is { HasOffset: true }).ToList();
    if (zoned.Count == 0) return;
    var meaning = zone is null ? OffsetMeaning.AsWritten : OffsetMeaning.True;
    if (draft.Records.Of(FieldRole.ClockWitness) is { } witness && draft.IsMapped(witness) && draft.Mapping(witness).Format is { } format) {
      var best = zoned.SelectMany(f => (context.Zone is { } one ? [one] : States).Select(z => (Field: f, Zone: z, Evidence: Count(draft, f, witness, format, z))))
        .OrderByDescending(e => Math.Max(e.Evidence.AsWritten, e.Evidence.Moved)).First();
      if (best.Evidence.Decided is { } decided) {
        meaning = decided;
        if (decided is OffsetMeaning.True && zone is null) {
          zone = best.Zone;
          draft.Doubt($"No time zone is set; {best.Zone} fits {draft.Profile(witness)} best. Set the department's time-zone to be sure.");
        }
      }
      draft.Doubt(best.Evidence.Sentence(draft.Profile(best.Field).Name.Text, draft.Profile(witness).Name.Text, best.Zone));
    } else if (zone is null) {
      draft.Doubt($"{draft.Profile(zoned[0])} ends in a zone, and no time zone is set: its times are taken as written.");
    } else {
      var night = ClockEvidence.ByQuietHours([.. Minutes(draft, zoned[0], zone).Where(m => m.Moved is not null).Select(m => (m.Written, m.Moved!.Value))]);
      meaning = night ?? OffsetMeaning.True;
      draft.Doubt($"{draft.Profile(zoned[0])} ends in a zone that no hour beside it proves. It is "
        + (meaning is OffsetMeaning.True ? $"taken as true and moved to {zone}" : "taken as written")
        + (night is null ? "." : ": by that reading the early morning is quiet."));
    }
    foreach (var field in zoned.Where(f => !draft.Mapping(f).DateOnly)) {
      var mapped = draft.Mapping(field);
      draft.Map(field, [draft.Profile(field)], _ => mapped with { Offset = meaning });
    }
  }

  private static ClockEvidence Count(Draft draft, Field time, Field witness, string format, string zoneId) {
    var witnesses = draft.Profile(witness).Cells;
    return ClockEvidence.Count(format, Minutes(draft, time, zoneId).Select(m => (witnesses[m.Record], m.Written, m.Moved, 1L)));
  }

  // the minute of the day of each time that can be read, as written and moved by its zone
  private static IEnumerable<(int Record, int Written, int? Moved)> Minutes(Draft draft, Field time, string zoneId) {
    var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);
    var column = draft.Mapping(time);
    foreach (var (record, cell) in draft.Profile(time).Cells.Index()) {
      if (TimeFormat.Read(cell, column) is { } at && TimeFormat.OffsetMinutes(cell) is { } offset)
        yield return (record, at.Hour * 60 + at.Minute, zone is null ? null : ClockEvidence.MovedMinute(at, offset, zone));
    }
  }
}
