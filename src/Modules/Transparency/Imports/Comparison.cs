using Porchlight.Kernel;
using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>How rows belong to main records.</summary>
/// <param name="Name">What main records are called.</param>
/// <param name="Key">Which of them a row belongs to, as SQL.</param>
/// <param name="Named">Those that the file names: a relation of one column, <c>parent</c>, the hash of such a key.</param>
internal sealed record ParentRows(string Name, string Key, string Named);

/// <summary>What a file changes against the live rows of its source.</summary>
internal sealed record Compared(long New, long Changed, long Unchanged, long Withdrawn, long AgedOut, IReadOnlyList<DateOnly> Months, IReadOnlyList<string> Said);

/// <summary>
/// Holds a new file against the rows already live for its source. Proves the key and the clock first: a row number that was renumbered, or a
/// clock that moved, would otherwise read as thousands of corrections. Records that belong to a main one are a set within it: a file that
/// names the main record says all that belong to it.
/// </summary>
/// <param name="parent">How rows belong to main records; null for main records.</param>
internal sealed class Comparison(DuckConnection duck, string accepted, string earlier, SourceMapping mapping, string key, string says, string? type, ParentRows? parent) {
  private const int EnoughToProve = 20;

  /// <summary>
  /// Makes the temporary tables <c>now</c>, <c>before</c> and <c>pairs</c>: which new row speaks of which earlier one. A key on one row here and there
  /// is one event, whatever became of it. A key on several rows is widened by the type: equal rows first, then those of
  /// a type and time, then the rest of a type in order of time, so that a second offense of a report never replaces the first.
  /// </summary>
  public void Pair(CancellationToken ct) {
    var row = $"hash({key}) AS key, {says} AS says, {(type is null ? "NULL::VARCHAR" : $"upper({type})")} AS type, {(parent is { } main ? $"hash({main.Key})" : "NULL::UBIGINT")} AS parent";
    var time = mapping.EventTime;
    duck.Execute($"CREATE OR REPLACE TEMP TABLE now AS SELECT file_row_number AS row, {time ?? "NULL::TIMESTAMP"} AS time, {row} FROM {accepted}", ct);
    // rows of a mapping that counted by another time may not have this one
    duck.Execute($"CREATE OR REPLACE TEMP TABLE before AS SELECT _import AS import, file_row_number AS row, {(time is null ? "event" : $"coalesce({time}, event)")} AS time, {row} FROM {earlier}", ct);
    KeyRepeats.Store(duck, "several", "key", KeyRepeats.Find(duck, "SELECT key FROM now", ct).Hashes.Union(KeyRepeats.Find(duck, "SELECT key FROM before", ct).Hashes), ct);
    const string Pair = "SELECT n.row, n.time, b.import AS b_import, b.row AS b_row, b.time AS b_time, n.says = b.says AS same, n.type IS NOT DISTINCT FROM b.type AS same_type";
    duck.Execute($"CREATE OR REPLACE TEMP TABLE pairs AS {Pair} FROM (FROM now ANTI JOIN several USING (key)) n JOIN (FROM before ANTI JOIN several USING (key)) b USING (key)", ct);
    foreach (var alike in (string[])["says", "type, time", "type"]) {
      string Numbered(string rows, string unpaired) =>
        $"(SELECT *, row_number() OVER (PARTITION BY key, {alike} ORDER BY time, says, row) AS nth FROM {rows} SEMI JOIN several USING (key) ANTI JOIN pairs p ON {unpaired})";
      var on = string.Join(" AND ", alike.Split(", ").Prepend("key").Append("nth").Select(c => $"n.{c} IS NOT DISTINCT FROM b.{c}"));
      duck.Execute($"INSERT INTO pairs {Pair} FROM {Numbered("now", "p.row = now.row")} n JOIN {Numbered("before", "p.b_import = before.import AND p.b_row = before.row")} b ON {on}", ct);
    }
  }

  /// <summary>Share of paired rows whose time and type agree; null where too few are paired to prove anything.</summary>
  public (long Shared, double Agree)? Proof(CancellationToken ct) {
    var shared = Count("pairs", ct);
    return shared < EnoughToProve ? null : (shared, duck.Scalar<long>("SELECT count(*) FROM pairs WHERE time IS NOT DISTINCT FROM b_time AND same_type", ct) / (double)shared);
  }

  /// <summary>The shift in hours, other than none, that most paired rows of one type have in common (two of them around a change of the clocks); null when there is none.</summary>
  public string? CommonShift(CancellationToken ct) {
    var shifts = duck.List("SELECT (epoch(time - b_time) / 60)::BIGINT AS minutes, count(*) AS rows FROM pairs WHERE same_type AND time IS NOT NULL AND b_time IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 3", [],
      r => (Minutes: r.Long(0), Rows: r.Long(1)), ct).Where(s => s.Minutes != 0).Take(2).ToList();
    return shifts.Count > 0 && shifts.Sum(s => s.Rows) > Count("pairs", ct) / 2 ? string.Join(" and ", shifts.Select(s => $"{s.Minutes / 60.0:0.##} h on {Amount.Of(s.Rows, "row")}")) : null;
  }

  /// <summary>Decides every row and makes the temporary table <c>superseded(import, row)</c>.</summary>
  /// <param name="unread">A SELECT of (import, row) of earlier rows that the file does name, on rows that were set aside: they are not missing.</param>
  public Compared Decide(int number, Cover? declared, string? unread, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TEMP TABLE gone AS FROM before b ANTI JOIN pairs p ON p.b_import = b.import AND p.b_row = b.row", ct);
    List<string> said = [];
    if (unread is not null && duck.Execute($"DELETE FROM gone WHERE (import, row) IN ({unread})", ct) is > 0 and var named)
      said.Add($"{Amount.Of(named, "earlier row stands in this file on a row that was set aside: it is kept as it was.", "earlier rows stand in this file on rows that were set aside: they are kept as they were.")}");
    duck.Execute("CREATE OR REPLACE TEMP TABLE fresh AS FROM now n ANTI JOIN pairs p ON p.row = n.row", ct);
    if (parent is { } main) return DecideWithin(main, number, declared ?? Cover.Rolling, said, ct);
    var (first, last) = duck.List("SELECT min(time)::VARCHAR, max(time)::VARCHAR FROM now", [], r => (r.Text(0)!, r.Text(1)!), ct)[0];
    var inside = $"time BETWEEN TIMESTAMP '{first}' AND TIMESTAMP '{last}'";
    var absent = Count("gone", ct);
    var older = Count($"gone WHERE time < TIMESTAMP '{first}'", ct);
    var absentInside = Count($"gone WHERE {inside}", ct);
    var liveInside = Count($"before WHERE {inside}", ct);
    // Undeclared: a window that leaves out few of the rows it covers withdraws them; one that leaves out more is taken for additions.
    var few = Math.Max(Math.Min(20, liveInside / 2), liveInside / 5);
    var cover = declared ?? (absentInside > few ? Cover.Additions : Cover.Rolling);
    if (declared is null && older > 0) said.Add($"{Amount.Of(older, "row is", "rows are")} older than the first of this file ({first}): {(older == 1 ? "it has aged out and is" : "they have aged out and are")} kept.");
    if (cover == Cover.Rolling && absent > older + absentInside) said.Add($"{Amount.Of(absent - older - absentInside, "row is", "rows are")} newer than the last of this file ({last}): the file does not reach so far, and what it leaves out is kept.");
    if (declared is null && absentInside > 0) {
      said.Add(cover == Cover.Rolling
        ? $"{Amount.Of(absentInside, "earlier row of the same days is", "earlier rows of the same days are")} missing: read as withdrawn. Say --cover whole, rolling or additions to decide."
        : $"{absentInside:N0} of {Amount.Of(liveInside, "earlier row", "earlier rows")} of the same days are missing, too many to be withdrawals: the file is read as additions, and they are kept. Say --cover whole, rolling or additions to decide.");
    }
    var withdrawn = cover switch { Cover.Whole => "gone", Cover.Rolling => $"gone WHERE {inside}", _ => "gone WHERE false" };
    Supersede(number, withdrawn, ct);
    var months = duck.List($"""
      SELECT DISTINCT date_trunc('month', t)::DATE AS m FROM (SELECT time AS t FROM fresh UNION ALL SELECT time FROM pairs WHERE NOT same UNION ALL SELECT b_time FROM pairs WHERE NOT same
      UNION ALL SELECT time FROM {withdrawn}) ORDER BY m
      """, [], r => r.Date(0)!.Value, ct);
    return new(Count("fresh", ct), Count("pairs WHERE NOT same", ct), Count("pairs WHERE same", ct), Count(withdrawn, ct), cover == Cover.Rolling ? older : 0, months, said);
  }

  // A file that names a main record says all that belong to it; of what belongs to others it says nothing, unless it is declared to be whole.
  private Compared DecideWithin(ParentRows main, int number, Cover cover, List<string> said, CancellationToken ct) {
    duck.Execute($"CREATE OR REPLACE TEMP TABLE named AS SELECT DISTINCT parent FROM {main.Named}", ct);
    var withdrawn = cover switch { Cover.Whole => "gone", Cover.Rolling => "gone SEMI JOIN named USING (parent)", _ => "gone WHERE false" };
    var (gone, fresh) = (Count(withdrawn, ct), Count("fresh SEMI JOIN before USING (parent)", ct));
    if (gone + fresh > 0) {
      var touched = $"SELECT parent FROM {withdrawn} UNION SELECT parent FROM fresh SEMI JOIN before USING (parent)";
      var parents = duck.Scalar<long>($"SELECT count(*) FROM ({touched})", ct);
      said.Add($"{parents:N0} of the {main.Name} {(parents == 1 ? "has" : "have")} other rows than before: "
        + $"{Amount.Of(gone, "row")} gone, {fresh:N0} new.");
    }
    Supersede(number, withdrawn, ct);
    return new(Count("fresh", ct), Count("pairs WHERE NOT same", ct), Count("pairs WHERE same", ct), gone, 0, [], said);
  }

  private void Supersede(int number, string withdrawn, CancellationToken ct) => duck.Execute($"""
    CREATE OR REPLACE TEMP TABLE superseded AS SELECT {number}::INTEGER AS import, row FROM pairs WHERE same
    UNION ALL SELECT b_import, b_row FROM pairs WHERE NOT same UNION ALL SELECT import, row FROM (FROM {withdrawn})
    """, ct);

  private long Count(string from, CancellationToken ct) => duck.Scalar<long>($"SELECT count(*) FROM {from}", ct);

  /// <summary>The refusal when shared keys do not name the same events.</summary>
  public static Problem NotAKey(SourceMapping mapping, long shared, double agree) => new(
    $"{string.Join(" + ", mapping.Key.SelectMany(k => mapping.Fields[k].Columns))} is not a key: of {shared:N0} values that this file shares with earlier ones, only {agree:P1} name the same event (same time and kind). "
    + "It looks like a row number that each export gives anew. "
    + (mapping.OtherKeys.Count > 0 ? $"Next candidate: {mapping.OtherKeys[0]}. Run again with --key \"{mapping.OtherKeys[0]}\"." : "Run again with --key COLUMN to name another column."));
}
