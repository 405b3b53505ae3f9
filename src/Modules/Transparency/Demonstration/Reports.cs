namespace Porchlight.Transparency.Demonstration;

/// <summary>One offense as the records system holds it.</summary>
internal sealed class Report {
  public required Offense Offense { get; init; }
  /// <summary>Null for Group B and for what is no offense.</summary>
  public CrimeTraits? Traits { get; init; }
  public required byte Beat { get; init; }
  public required DateTime ReportedAt { get; set; }
  public required DateTime OccurredAt { get; set; }
  /// <summary>Null where the report has no usable place.</summary>
  public Block? Block { get; set; }
  public bool Domestic { get; set; }
  public int? VictimAge { get; set; }
  public required string Location { get; set; }
  /// <summary>The day its case is decided, and how.</summary>
  public DateTime DecidedAt { get; set; }
  public required string Decision { get; set; }
  /// <summary>A second offense in the same report.</summary>
  public Report? Second { get; set; }
  public bool IsSecond { get; set; }
}

/// <summary>
/// The reports of one year, ordered by the time they were made. A year's reports do not depend on the day they are exported, so that a
/// later export holds the earlier one's rows, with some cases decided since.
/// </summary>
internal sealed class Reports(CityBlocks blocks, LocalTimes times, int seed) {
  private const double Minors = 0.008, UnfoundedAMonth = 14;

  public List<Report> Of(int calendarYear, int year) {
    var draws = new Draws(seed, $"reports {year}");
    var figures = CityFigures.Of(year);
    List<Report> crimes = [.. ReportDeck.Deal(figures, draws)
      .Select(card => MakeCrime(OffenseTable.Crimes[(int)card.Crime], card.Beat, calendarYear, card.Month, draws))];
    Join(crimes, draws);
    List<Report> all = [.. crimes.Where(r => !r.IsSecond), .. Others(figures, calendarYear, draws)];
    return [.. all.OrderBy(r => r.ReportedAt)];   // stable: ties stay as drawn
  }

  private Report MakeCrime(CrimeTraits traits, byte beat, int calendarYear, int month, Draws draws) {
    var offense = traits.Offenses.Draw(draws);
    var report = Make(offense, traits, beat, calendarYear, month, draws);
    report.Domestic = draws.Chance(traits.Domestic);
    report.VictimAge = traits.Victim && offense.Scene != Scene.Shop ? Age(offense, draws) : null;
    if (draws.Chance(traits.Cleared)) {
      report.Decision = draws.Chance(0.9) ? "Cleared by arrest" : "Exceptional clearance";
      report.DecidedAt = report.ReportedAt.AddDays(draws.LogNormal(traits.Rhythm == LocalTimes.Patrol ? 0.3 : 6, 1.3));
    }
    return report;
  }

  private Report Make(Offense offense, CrimeTraits? traits, byte beat, int calendarYear, int month, Draws draws) {
    var reported = times.In(calendarYear, month, traits?.Rhythm ?? LocalTimes.Patrol, draws);
    reported = reported.AddSeconds(-reported.Second);
    var delay = Math.Min(draws.LogNormal(traits?.Delay ?? 0.2, 1.1), 24 * 400);
    // people name a round time: five minutes, or the hour where they have to guess
    var occurred = reported.AddHours(-delay);
    var round = delay > 3 ? 60 : 5;
    occurred = occurred.Date.AddMinutes(Math.Floor(occurred.TimeOfDay.TotalMinutes / round) * round);
    return new() {
      Offense = offense, Traits = traits, Beat = beat, ReportedAt = reported, OccurredAt = times.Real(occurred),
      Block = beat == CityFigures.NoPlace ? null : blocks.Draw(beat, draws), Location = OffenseTable.Location(offense.Scene, draws),
      Decision = "Inactive", DecidedAt = reported.AddDays(20 + draws.Below(70)),
    };
  }

  private static int Age(Offense offense, Draws draws) =>
    draws.Chance(offense.Code is "11D" or "36B" ? 0.6 : Minors) ? 6 + draws.Below(12) : Math.Clamp((int)draws.LogNormal(37, 0.38), 18, 94);

  // A second offense joins the first of its beat and month that may have it, and takes its time, place and people.
  private static void Join(List<Report> crimes, Draws draws) {
    var open = crimes.GroupBy(r => (r.Traits!.Crime, r.Beat, r.ReportedAt.Month)).ToDictionary(g => g.Key, g => new Queue<Report>(g));
    foreach (var second in crimes)
      foreach (var (first, _, share) in OffenseTable.Together.Where(t => t.Second == second.Traits!.Crime)) {
        if (second.IsSecond || second.Second is not null || !draws.Chance(share)) continue;
        if (!open.TryGetValue((first, second.Beat, second.ReportedAt.Month), out var queue)) continue;
        while (queue.TryDequeue(out var report)) {
          if (report.IsSecond || report.Second is not null) continue;
          report.Second = second;
          second.IsSecond = true;
          (second.ReportedAt, second.OccurredAt) = (report.ReportedAt, report.OccurredAt);
          (second.Block, second.Location) = (report.Block, report.Location);
          (second.Domestic, second.VictimAge) = (report.Domestic, second.Traits!.Victim ? report.VictimAge : null);
          (second.Decision, second.DecidedAt) = (report.Decision, report.DecidedAt);
          break;
        }
      }
  }

  // Beside the crimes: Group B arrests, records that are no offense, and reports found not to have happened.
  private IEnumerable<Report> Others(YearFigures figures, int calendarYear, Draws draws) {
    var beats = new Weighted<int>([.. Enumerable.Range(0, figures.Beats.Length)], b => figures.Beats[b]);
    var usual = figures.Months.Average();
    List<(Offense, string)> others =
      [.. OffenseTable.GroupB.Select(o => (o, "Cleared by arrest")), .. OffenseTable.NotOffenses.Select(o => (o, "Closed"))];
    for (var month = 1; month <= 12; month++) {
      var busy = figures.Months[month - 1] / usual;
      foreach (var (offense, decision) in others)
        for (var n = Around(offense.Weight * busy, draws); n > 0; n--) {
          var report = Make(offense, null, (byte)beats.Draw(draws), calendarYear, month, draws);
          (report.Decision, report.DecidedAt) = (decision, report.ReportedAt);
          yield return report;
        }
      for (var n = Around(UnfoundedAMonth * busy, draws); n > 0; n--) {
        var traits = OffenseTable.Crimes[draws.Below((int)Crime.SexOffense)];
        var report = MakeCrime(traits, (byte)beats.Draw(draws), calendarYear, month, draws);
        (report.Decision, report.DecidedAt) = ("Unfounded", report.ReportedAt);
        yield return report;
      }
    }
  }

  private static int Around(double expected, Draws draws) => Math.Max(0, (int)Math.Round(expected + Math.Sqrt(expected) * draws.Normal()));
}
