using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// The first file under a new source's name, held against a source that is live: where most of its rows are that source's, its name was
/// mistyped, and every figure would double.
/// </summary>
/// <param name="Accepted">Its accepted rows.</param>
/// <param name="Key">What names a row: see <see cref="Workbench.Key"/>.</param>
/// <param name="Type">The field of the type; null where the file has none.</param>
internal sealed record MistypedSource(string Accepted, string Sha256, string Key, string? Type) {
  /// <summary>
  /// Why the file is not imported as <paramref name="name"/>; null where it may be. Rows are the same by key, time and kind: agencies that both
  /// number from 1 share keys and not events. Over half of the smaller side must be, so that a shorter or longer export is found too, and
  /// an agency that worked some cases jointly is not.
  /// </summary>
  /// <param name="live">The other source's imports.</param>
  /// <param name="rows">Its live rows.</param>
  public string? Refusal(
      DuckConnection duck, SourceMapping mapping, string name, IReadOnlyList<ImportManifest> live, string rows, CancellationToken ct) {
    var other = live[0].Source;
    if (live.FirstOrDefault(m => m.Sha256 == Sha256) is { } same) return Say($"This is the very file of import {same.Number}, of source {other}");
    string Event(string time) => $"hash({Key}, {time}, {(Type is null ? "NULL" : $"upper({Type})")}) AS event_hash";
    var time = mapping.EventTime ?? "NULL::TIMESTAMP";
    var (mine, shared) = duck.List($"""
      SELECT count(*), count(*) FILTER (event_hash IN (SELECT {Event($"coalesce({time}, event)")} FROM {rows}))
      FROM (SELECT {Event(time)} FROM {Accepted})
      """, [], r => (r.Long(0), r.Long(1)), ct)[0];
    var theirs = duck.Scalar<long>($"SELECT count(*) FROM {rows}", ct);
    return shared * 2 <= Math.Min(mine, theirs) ? null
      : Say($"{shared:N0} of this file's {Amount.Of(mine, "row is", "rows are")} live already as source {other} ({(mapping.Key.Count > 0 ? "same key, time and kind" : "the same in all they say")})");

    string Say(string why) => $"{why}, so {name} would count them twice. Nothing was imported. If {name} is {other} mistyped, write --source \"{other}\". "
      + "If it really is another agency's file, add --another-source.";
  }
}
