using Porchlight.Kernel;
using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>What a file changes against the live rows of its source.</summary>
internal sealed record Compared(long New, long Changed, long Unchanged, long Withdrawn, long AgedOut, IReadOnlyList<DateOnly> Months, IReadOnlyList<string> Said);

/// <summary>
/// Holds a new file against the rows already live for its source. Proves the key and the clock first: a row number that was renumbered, or a
/// clock that moved, would otherwise read as thousands of corrections.
/// </summary>
internal sealed class Comparison(DuckConnection duck, string accepted, string? earlier, SourceMapping mapping, string key, string says, string? type) {
  private const int EnoughToProve = 20;
  private readonly string _time = mapping.EventTime;

  /// <summary>Makes the temporary tables <c>now</c> and <c>before</c> (row, key, ordinal, says, time, type).</summary>
  public void Prepare(string ordinalFilesBefore, CancellationToken ct) {
    duck.Execute($"""
      CREATE OR REPLACE TEMP TABLE now AS SELECT file_row_number AS row, hash(k) AS key, coalesce(ordinal, 1) AS ordinal, says, time, type
      FROM (SELECT file_row_number, {key} AS k, {says} AS says, {_time} AS time, {type ?? "NULL"} AS type FROM {accepted}) r LEFT JOIN ordinals o ON o.row = r.file_row_number
      """, ct);
    duck.Execute($"""
      CREATE OR REPLACE TEMP TABLE before AS SELECT _import AS import, file_row_number AS row, hash(k) AS key, coalesce(o.ordinal, 1) AS ordinal, says, time, type
      FROM (SELECT _import, file_row_number, {key} AS k, {says} AS says, {_time} AS time, {type ?? "NULL"} AS type FROM {earlier}) r
      LEFT JOIN {ordinalFilesBefore} o ON o.import = r._import AND o.row = r.file_row_number
      """, ct);
  }

  /// <summary>Share of shared keys whose time agrees, and whose time and type agree; null where too few are shared to prove anything.</summary>
  public (long Shared, double Time, double TimeAndType)? Proof(CancellationToken ct) {
    using var reader = duck.Query("""
      SELECT count(*), count(*) FILTER (n.time = b.time), count(*) FILTER (n.time = b.time AND n.type IS NOT DISTINCT FROM b.type) FROM now n JOIN before b USING (key, ordinal)
      """, ct);
    reader.Next();
    var shared = reader.Long(0, 0);
    return shared < EnoughToProve ? null : (shared, reader.Long(1, 0) / (double)shared, reader.Long(2, 0) / (double)shared);
  }

  /// <summary>The shift in hours, other than none, that most shared rows have in common (two of them around a change of the clocks); null when there is none.</summary>
  public string? CommonShift(CancellationToken ct) {
    var shifts = duck.List("""
      SELECT (epoch(n.time - b.time) / 60)::BIGINT AS minutes, count(*) AS rows, sum(count(*)) OVER () AS shared FROM now n JOIN before b USING (key, ordinal) GROUP BY 1 ORDER BY 2 DESC LIMIT 3
      """, [], r => (Minutes: r.Long(0), Rows: r.Long(1), Shared: r.Long(2)), ct).Where(s => s.Minutes != 0).Take(2).ToList();
    return shifts.Count > 0 && shifts.Sum(s => s.Rows) > shifts[0].Shared / 2
      ? string.Join(" and ", shifts.Select(s => $"{s.Minutes / 60.0:0.##} h on {s.Rows:N0} rows")) : null;
  }

  /// <summary>Decides every row and makes the temporary table <c>superseded(import, row)</c>.</summary>
  public Compared Decide(int number, Cover? declared, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TEMP TABLE pairs AS SELECT n.row, b.import AS b_import, b.row AS b_row, n.says = b.says AS same, n.time AS time, b.time AS b_time FROM now n JOIN before b USING (key, ordinal)", ct);
    duck.Execute("CREATE OR REPLACE TEMP TABLE gone AS FROM before b ANTI JOIN now n USING (key, ordinal)", ct);
    duck.Execute("CREATE OR REPLACE TEMP TABLE fresh AS FROM now n ANTI JOIN before b USING (key, ordinal)", ct);
    var first = duck.Scalar<string>("SELECT min(time)::VARCHAR FROM now", ct);
    var inside = $"time >= TIMESTAMP '{first}'";
    var absent = Count("gone", ct);
    var absentInside = duck.Scalar<long>($"SELECT count(*) FROM gone WHERE {inside}", ct);
    var liveInside = duck.Scalar<long>($"SELECT count(*) FROM before WHERE {inside}", ct);
    List<string> said = [];
    // Undeclared: a window that leaves out under a fifth of what it covers withdraws those rows; one that leaves out more is taken for additions.
    var cover = declared ?? (absentInside > Math.Max(20, liveInside / 5) ? Cover.Additions : Cover.Rolling);
    var (withdrawn, aged) = cover switch {
      Cover.Whole => (absent, 0L), Cover.Rolling => (absentInside, absent - absentInside), _ => (0L, 0L),
    };
    if (declared is null && absent > absentInside) said.Add($"{absent - absentInside:N0} rows are older than the first of this file ({first}): they have aged out and are kept.");
    if (declared is null && absentInside > 0) {
      said.Add(cover == Cover.Rolling
        ? $"{absentInside:N0} earlier rows of the same days are missing: read as withdrawn. Say --cover whole, rolling or additions to decide."
        : $"{absentInside:N0} of {liveInside:N0} earlier rows of the same days are missing, too many to be withdrawals: the file is read as additions, and they are kept. Say --cover whole, rolling or additions to decide.");
    }
    var withdraw = cover switch { Cover.Whole => "SELECT import, row FROM gone", Cover.Rolling => $"SELECT import, row FROM gone WHERE {inside}", _ => null };
    duck.Execute($"""
      CREATE OR REPLACE TEMP TABLE superseded AS SELECT {number}::INTEGER AS import, row FROM pairs WHERE same
      UNION ALL SELECT b_import, b_row FROM pairs WHERE NOT same {(withdraw is null ? "" : "UNION ALL " + withdraw)}
      """, ct);
    var months = duck.List($"""
      SELECT DISTINCT date_trunc('month', t)::DATE AS m FROM (SELECT time AS t FROM fresh UNION ALL SELECT time FROM pairs WHERE NOT same UNION ALL SELECT b_time FROM pairs WHERE NOT same
      UNION ALL SELECT time FROM gone {(cover == Cover.Whole ? "" : cover == Cover.Rolling ? "WHERE " + inside : "WHERE false")}) ORDER BY m
      """, [], r => r.Date(0)!.Value, ct);
    return new(Count("fresh", ct), duck.Scalar<long>("SELECT count(*) FROM pairs WHERE NOT same", ct), duck.Scalar<long>("SELECT count(*) FROM pairs WHERE same", ct),
      withdrawn, aged, months, said);
  }

  private long Count(string table, CancellationToken ct) => duck.Scalar<long>($"SELECT count(*) FROM {table}", ct);

  /// <summary>The refusal when shared keys do not name the same events.</summary>
  public static Problem NotAKey(SourceMapping mapping, long shared, double agree) => new(
    $"{string.Join(" + ", mapping.Key)} is not a key: of {shared:N0} values that this file shares with earlier ones, only {agree:P1} name the same event (same time and kind). "
    + "It looks like a row number that each export gives anew. "
    + (mapping.OtherKeys.Count > 0 ? $"Next candidate: {mapping.OtherKeys[0]}. Run again with --key \"{mapping.OtherKeys[0]}\"." : "Run again with --key COLUMN to name another column."));
}
