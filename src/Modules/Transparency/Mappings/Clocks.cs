using NodaTime;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>Settles what the zone at the end of a time means: by a column that witnesses the hour, else by the early morning.</summary>
internal static class Clocks {
  // where no one has said the department's zone, those of the States are tried against the witness
  private static readonly string[] States = [
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage",
    "Pacific/Honolulu",
  ];

  /// <summary>Sets the meaning of every zoned time.</summary>
  /// <returns>The zone of the mapping; null where none is said or found.</returns>
  public static string? Propose(Draft draft, ProposalContext context) {
    var zoned = draft.Times(m => m is { HasOffset: true, DateOnly: false });
    if (zoned.Count == 0) return context.Zone;
    var (meaning, zone) = draft.Fed(FieldRole.ClockWitness) is { } witness && draft.Mapping(witness).Format is { } format
      ? ByWitness(draft, zoned, witness, format, context.Zone) : (WithoutWitness(draft, zoned[0], context.Zone), context.Zone);
    foreach (var field in zoned) {
      var mapped = draft.Mapping(field);
      draft.Map(field, [draft.Profile(field)], _ => mapped with { Offset = meaning });
    }
    return zone;
  }

  private static (OffsetMeaning Meaning, string? Zone) ByWitness(
      Draft draft, IReadOnlyList<Field> zoned, Field witness, string format, string? zone) {
    var hours = draft.Profile(witness).Cells;
    var best = zoned.SelectMany(f => (zone is null ? States : [zone]).Select(z => (Field: f, Zone: z, Evidence: Count(f, z))))
      .OrderByDescending(e => Math.Max(e.Evidence.AsWritten, e.Evidence.Moved)).First();
    draft.Doubt(best.Evidence.Sentence(draft.Profile(best.Field).Name.Text, draft.Profile(witness).Name.Text, best.Zone));
    if (best.Evidence.Decided is not { } decided) return (zone is null ? OffsetMeaning.AsWritten : OffsetMeaning.True, zone);
    if (decided is OffsetMeaning.True && zone is null) {
      draft.Doubt($"No time zone is set; {best.Zone} fits {draft.Profile(witness)} best. Set the department's time-zone to be sure.");
      return (decided, best.Zone);
    }
    return (decided, zone);

    ClockEvidence Count(Field time, string zoneId) =>
      ClockEvidence.Count(format, Minutes(draft, time, zoneId).Select(m => (hours[m.Record], m.Written, m.Moved, 1L)));
  }

  private static OffsetMeaning WithoutWitness(Draft draft, Field time, string? zone) {
    if (zone is null) {
      draft.Doubt($"{draft.Profile(time)} ends in a zone, and no time zone is set: its times are taken as written.");
      return OffsetMeaning.AsWritten;
    }
    var minutes = Minutes(draft, time, zone).Where(m => m.Moved is not null).Select(m => (m.Written, m.Moved!.Value));
    var night = ClockEvidence.ByQuietHours([.. minutes]);
    draft.Doubt($"{draft.Profile(time)} ends in a zone that no hour beside it proves. It is "
      + (night is OffsetMeaning.AsWritten ? "taken as written" : $"taken as true and moved to {zone}")
      + (night is null ? "." : ": by that reading the early morning is quiet."));
    return night ?? OffsetMeaning.True;
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
