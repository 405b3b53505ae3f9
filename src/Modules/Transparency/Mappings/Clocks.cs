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
    } else {
      draft.Doubt(zone is null
        ? $"{draft.Profile(zoned[0])} ends in a zone, and no time zone is set: its times are taken as written."
        : $"{draft.Profile(zoned[0])} ends in a zone that no hour beside it proves: it is taken as true and moved to {zone}.");
    }
    foreach (var field in zoned.Where(f => !draft.Mapping(f).DateOnly)) {
      var mapped = draft.Mapping(field);
      draft.Map(field, [draft.Profile(field)], _ => mapped with { Offset = meaning });
    }
  }

  private static ClockEvidence Count(Draft draft, Field time, Field witness, string format, string zoneId) {
    var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId);
    var column = draft.Mapping(time);
    var groups = draft.Profile(time).Cells.Zip(draft.Profile(witness).Cells)
      .Select(p => (Witness: p.Second, At: TimeFormat.Read(p.First, column), Offset: TimeFormat.OffsetMinutes(p.First)))
      .Where(p => p.At is not null && p.Offset is not null)
      .Select(p => (p.Witness, p.At!.Value.Hour * 60 + p.At.Value.Minute, zone is null ? (int?)null : ClockEvidence.MovedMinute(p.At.Value, p.Offset!.Value, zone), 1L));
    return ClockEvidence.Count(format, groups);
  }
}
