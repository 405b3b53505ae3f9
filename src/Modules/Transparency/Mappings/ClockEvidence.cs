using NodaTime;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// How often a source's times agree with a witness beside them (an hour, a shift), as written and moved by the zone at their end into the
/// department's own clock. A zone in a file proves nothing: one export of a source writes local time with +00, its next true UTC.
/// </summary>
/// <param name="Read">Times with a witness that could be read.</param>
/// <param name="AsWritten">Of these, how many agree as written.</param>
/// <param name="Moved">Of these, how many agree once moved.</param>
internal sealed record ClockEvidence(long Read, long AsWritten, long Moved) {
  /// <summary>What the zone means, where the witness settles it: one reading agrees with nine in ten, the other with fewer.</summary>
  public OffsetMeaning? Decided =>
    Read == 0 || Math.Max(AsWritten, Moved) < 0.9 * Read || Math.Abs(AsWritten - Moved) < 0.05 * Read ? null
    : AsWritten > Moved ? OffsetMeaning.AsWritten : OffsetMeaning.True;

  /// <summary>For the report, in one or two plain sentences.</summary>
  /// <param name="time">The column of the time.</param>
  /// <param name="witness">The column of the hour or shift.</param>
  /// <param name="zone">The department's zone; null where it has said none.</param>
  public string Sentence(string time, string witness, string? zone) {
    var moved = zone is null ? "" : $" moved to {zone}";
    return Decided switch {
      _ when Read == 0 => $"No time of {time} could be held against {witness}.",
      OffsetMeaning.AsWritten => $"{Share(AsWritten)} times of {time} agree with {witness} as written: the zone at their end is not meant.",
      OffsetMeaning.True =>
        $"{Share(Moved)} times of {time} agree with {witness} once{moved} by the zone at their end; as written {AsWritten:N0} do.",
      _ => $"{witness} does not settle the clock of {time}: {AsWritten:N0} of {Read:N0} agree as written, {Moved:N0}{moved}. "
        + "A person should confirm it.",
    };
  }

  /// <summary>Counts groups of rows.</summary>
  /// <param name="format">How the witness is written: <c>hhmm</c>, <c>hour</c> or <c>shift</c>.</param>
  /// <param name="groups">
  /// Witness, minute of the day as written, minute of the day once moved (null where there is no zone to move by), rows.
  /// </param>
  public static ClockEvidence Count(string format, IEnumerable<(string Witness, int Written, int? Moved, long Rows)> groups) {
    long read = 0, written = 0, moved = 0;
    foreach (var group in groups) {
      if (ClockWitness.Agrees(format, group.Witness, group.Written) is not { } agrees) continue;
      read += group.Rows;
      if (agrees) written += group.Rows;
      if (group.Moved is { } minute && ClockWitness.Agrees(format, group.Witness, minute) == true) moved += group.Rows;
    }
    return new(read, written, moved);
  }

  /// <summary>
  /// What a zone means where no witness stands beside it: people sleep from three to seven in the morning, so the reading by which that is
  /// the quiet part of the day is the department's own clock. Null where the two readings do not differ enough.
  /// </summary>
  public static OffsetMeaning? ByQuietHours(IReadOnlyCollection<(int Written, int Moved)> minutes) {
    if (minutes.Count < 300) return null;
    double written = minutes.Count(m => IsNight(m.Written)), moved = minutes.Count(m => IsNight(m.Moved));
    if (Math.Min(written, moved) > 0.7 * Math.Max(written, moved)) return null;
    return written < moved ? OffsetMeaning.AsWritten : OffsetMeaning.True;

    static bool IsNight(int minute) => minute is >= 3 * 60 and < 7 * 60;
  }

  /// <summary>The minute of the day in a zone, of a time written with an offset.</summary>
  public static int MovedMinute(DateTime written, int offsetMinutes, DateTimeZone zone) {
    var instant = Instant.FromDateTimeUtc(DateTime.SpecifyKind(written, DateTimeKind.Utc)) - Duration.FromMinutes(offsetMinutes);
    var local = instant.InZone(zone);
    return local.Hour * 60 + local.Minute;
  }

  private string Share(long agree) => agree == Read ? $"All {Read:N0}" : $"{agree:N0} of {Read:N0}";
}

/// <summary>Reads an hour or a shift that stands beside a time.</summary>
internal static class ClockWitness {
  // the hour a shift starts at and the hour it ends before
  private static readonly Dictionary<string, (int From, int To)> Shifts = new(StringComparer.OrdinalIgnoreCase) {
    ["DAY"] = (7, 15), ["DAYS"] = (7, 15), ["DAY WATCH"] = (7, 15),
    ["EVENING"] = (15, 23), ["EVENINGS"] = (15, 23), ["EVE"] = (15, 23), ["EVENING WATCH"] = (15, 23),
    ["MIDNIGHT"] = (23, 7), ["MIDNIGHTS"] = (23, 7), ["NIGHT"] = (23, 7), ["MORN"] = (23, 7), ["MORNING WATCH"] = (23, 7),
  };

  /// <summary>How a column writes its clock: <c>hhmm</c>, <c>hour</c> or <c>shift</c>; null where fewer than nine in ten fit.</summary>
  public static string? Format(IReadOnlyCollection<string> values) {
    if (values.Count == 0) return null;
    bool Most(Func<string, bool> test) => values.Count(test) >= 0.9 * values.Count;
    if (Most(Shifts.ContainsKey)) return "shift";
    if (Most(v => Minute("hour", v) is not null)) return "hour";
    return Most(v => Minute("hhmm", v) is not null) ? "hhmm" : null;
  }

  /// <summary>Whether a minute of the day agrees with the witness; null where the witness cannot be read.</summary>
  public static bool? Agrees(string format, string witness, int minute) {
    if (format == "shift") {
      if (!Shifts.TryGetValue(witness.Trim(), out var shift)) return null;
      var hour = minute / 60;
      return shift.From < shift.To ? hour >= shift.From && hour < shift.To : hour >= shift.From || hour < shift.To;
    }
    return Minute(format, witness) is not { } told ? null : format == "hour" ? told / 60 == minute / 60 : told == minute;
  }

  /// <summary>The minute of the day that a witness names ("1414", "14:14", "9" as an hour); null where it names none.</summary>
  public static int? Minute(string format, string witness) {
    var text = witness.Trim();
    if (text.EndsWith(".0", StringComparison.Ordinal)) text = text[..^2];
    if (format == "hour") return text.Length is 1 or 2 && int.TryParse(text, out var hour) && hour is >= 0 and <= 23 ? hour * 60 : null;
    if (text.Contains(':')) return TimeOnly.TryParse(text, out var clock) ? clock.Hour * 60 + clock.Minute : null;
    return text.Length is >= 1 and <= 4 && int.TryParse(text, out var digits) && digits is >= 0 and < 2400 && digits % 100 < 60
      ? digits / 100 * 60 + digits % 100 : null;
  }
}
