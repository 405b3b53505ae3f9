using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Mappings;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>
/// Makes the next edition of a dataset from what is live: maps values, places rows, holds back what is sensitive, generalises the rest, counts
/// it into roll-ups, and puts its files in place before, or as, the database says it is public.
/// </summary>
internal sealed class Publisher(
    DataFolder folder, [FromKeyedServices(BlobPlace.Restricted)] IBlobs restricted, PublishedStore published, TransparencyDb db, AreaStore areas,
    TimeProvider clock) {
  /// <summary>Raised whenever what a row is published as changes, so that no month of an earlier edition is taken over as it was.</summary>
  private const int Method = 2;

  /// <summary>When each import that is live came, oldest first: what the next edition would be made of.</summary>
  public async Task<IReadOnlyList<DateTimeOffset>> LiveSinceAsync(DatasetDeclaration dataset, CancellationToken ct) =>
    [.. (await new RestrictedStore(restricted, dataset.Name).LiveAsync(ct)).Select(m => m.ImportedAt)];

  public async Task<Publication> RunAsync(PublishRequest request, Progress progress, CancellationToken ct) {
    var dataset = request.Dataset;
    var store = new RestrictedStore(restricted, dataset.Name);
    await using var turn = await store.TakeTurnAsync(ct);
    using var staging = folder.NewStaging();
    var live = await store.LiveAsync(ct);
    if (live.Count == 0)
      throw new RefusedException($"Nothing of {dataset.Name} has been imported yet. Import a file first: porchlight import {dataset.Name} FILE --source NAME.");
    Disk.Need(folder.Root, store.SizeOf(live));
    var records = dataset.Main;
    var sources = await db.Sources.AsNoTracking().Include(s => s.Mappings)
      .Where(s => s.Dataset == dataset.Name && s.Records == records.Name).ToDictionaryAsync(s => s.Name, ct);
    var mappings = sources.ToDictionary(s => s.Key, s => s.Value.Current!.Read());
    var atlas = await areas.LoadAtlasAsync(ct);
    var places = new AreaPlacing(atlas);
    var addresses = await ProtectedAddresses.ReadAsync(restricted, ct);
    var before = await db.Editions.SingleOrDefaultAsync(e => e.Dataset == dataset.Name && e.IsPublic, ct);
    var earlier = before is null ? null : await published.FetchAsync(dataset.Name, before.Number, ct);
    var previous = before is null ? null : await published.ManifestAsync(dataset.Name, before.Number, ct);
    var knowledge = Knowledge(sources.Values, atlas, addresses);
    IReadOnlyList<ImportManifest> fresh = previous is null ? live : [.. live.Where(m => !previous.Imports.Contains(m.Number))];
    if (previous is not null && earlier is not null && !request.EvenIfUnchanged && previous.Knowledge == knowledge && SameRows(previous, live, fresh))
      return new(previous, IsNew: false);
    if (request.Expect is { } expected && expected != Publication.MadeOf(knowledge, live.Select(m => m.Number)))
      throw new RefusedException(new Problem("The data has changed since this preview was made. Prepare a new one.",
        "Los datos cambiaron desde que se hizo esta vista previa. Prepare una nueva."));
    Confirm(request, $"Publish {dataset.Name} to the public now?");

    progress.Step("Reading what is live");
    using var engine = new ImportEngine(staging.Path, 500);
    var duck = engine.Connection;
    LiveRows.Make(duck, store, records, live, fresh, m => sources[m.Source].Mappings.Single(v => v.Version == m.Mapping).Read(), ct);
    LiveRows.MakeMaps(duck, records, mappings, ct);
    LiveRows.MakeDetails(duck, records, ct);
    MakeClosing(duck, records, mappings, ct);
    places.Make(duck, records, staging.Path, ct);
    var labels = EditionLabels.Make(duck, dataset, records, mappings, places, earlier, ct);
    MakeTypes(duck, labels, ct);
    var layout = Layouts.Of(dataset);
    var general = new Generalised(dataset, records, places, addresses);
    duck.Execute($"""
      CREATE OR REPLACE VIEW named AS SELECT n.*, t.category, coalesce(t.counts, false) AND n.status = 'counted' AS counts
      FROM ({general.Named()}) n LEFT JOIN types t ON t.code = n.type
      """, ct);
    var identified = dataset.Units.Any(u => u.IdentifiedBy.Count > 0);
    var several = identified ? Repeated.Make(duck, general.Identity("r"), sources.Values.Where(s => MayRepeat(s, dataset)).Select(s => s.Name), ct) : 0;

    progress.Step("Counting what is for the city only");
    DecidedRows.Make(duck, general.Decided(several > 0), layout, labels, sources.Keys, ct);
    var days = Covered(duck.List("SELECT month, min(from_day), max(to_day) FROM tally GROUP BY 1 ORDER BY 1", [], r => (r.Date(0)!.Value, r.Date(1)!.Value, r.Date(2)!.Value), ct));
    var cityMonths = duck.List("SELECT month, type, category, sum(n)::BIGINT FROM tally WHERE sensitive AND status = 'counted' GROUP BY ALL", [],
      r => new CityMonth(r.Date(0)!.Value, r.Text(1)!, r.Text(2) is { } category && TypeTable.Nibrs.ContainsKey(category) ? category : null, r.Long(3)), ct);
    var (city, withheld) = CityWidening.Widen(cityMonths, days.To, dataset.CityOnlyThreshold);
    // a sensitive call that is only counted beside the times (started by officers, cancelled) would be a row of its own there: it is in no file
    var leftOut = duck.List($"""
      SELECT CASE WHEN status IN ({SqlWords.List(["", .. general.LeavesOut])}) THEN status ELSE 'sensitive' END AS why, sum(n)::BIGINT
      FROM tally WHERE why <> 'sensitive' OR (sensitive AND status <> 'counted') GROUP BY 1 ORDER BY 1
      """, [], r => (Why: r.Text(0)!, Rows: r.Long(1)), ct).ToDictionary(r => r.Why, r => r.Rows);

    var touched = previous is null || previous.Knowledge != knowledge ? null : fresh.SelectMany(m => m.Months).ToHashSet();
    if (touched is { Count: > 0 } && identified) touched.UnionWith(MonthsOfSameIncidents(duck, general, fresh, ct));
    var number = await db.Editions.Where(e => e.Dataset == dataset.Name).MaxAsync(e => (int?)e.Number, ct) is { } last ? last + 1 : 1;
    var finished = Directory.CreateDirectory(Path.Combine(staging.Path, "edition")).FullName;
    progress.Step($"Writing edition {number}");
    MakeCity(duck, city, ct);
    var months = touched ?? duck.List("SELECT DISTINCT month FROM tally", [], r => r.Date(0)!.Value, ct).ToHashSet();
    var written = await new EditionWriter(engine.Database, layout, labels, finished).Write(
      general.Published(layout), months, touched is null ? null : earlier, new(Generalised.City(layout)),
      (done, all) => progress.Part("Writing months", done / (double)all), ct);
    var rows = written.RowsByMonth.Values.Sum();
    if (Remark(duck, records, atlas, days, progress, ct)) Confirm(request, "Most rows have no place on the map. Publish them all the same?");

    var manifest = new EditionManifest(dataset.Name, number, 0, clock.GetUtcNow(), days.From, days.To, rows, request.Reason, request.How, mappings[live.First(m => m.Records == records.Name).Source].EventTime!,
      [.. sources.Keys.Order(StringComparer.Ordinal).Select(s => SourceOf(duck, s, ct)).Where(s => s.Rows > 0)],
      fresh.Sum(m => m.New), fresh.Sum(m => m.Changed), fresh.Sum(m => m.Withdrawn), leftOut, city.Sum(c => c.Count), withheld,
      previous?.Number, [.. atlas.Maps.Select(m => m.HoldsFrom)], knowledge, [.. live.Select(m => m.Number)], written.Files);
    if (request.Rehearse is { } look) {
      await look(new(manifest, finished, earlier, duck));
      return new(manifest, IsNew: true);
    }
    var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, PublishedStore.Form);
    File.WriteAllBytes(Path.Combine(finished, EditionManifest.FileName), bytes);
    before?.IsPublic = false;
    db.Editions.Add(new Edition {
      Dataset = dataset.Name, Number = number, PublishedAt = manifest.PublishedAt, From = days.From, To = days.To, Rows = rows, Reason = request.Reason, How = request.How,
      ManifestSha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), IsPublic = true,
    });
    await published.SaveAsync(db, finished, dataset.Name, number, ct);
    return new(manifest, IsNew: true);
  }

  // an import that left every row as it was adds nothing but its number
  private static bool SameRows(EditionManifest previous, IReadOnlyList<ImportManifest> live, IReadOnlyList<ImportManifest> fresh) =>
    previous.Imports.Count + fresh.Count == live.Count && fresh.All(m => m is { New: 0, Changed: 0, Withdrawn: 0 });

  private static void Confirm(PublishRequest request, string question) {
    if (request.Ask?.Invoke(question) == false)
      throw new RefusedException("Not confirmed, so nothing was published. Say --unattended to publish without being asked.");
  }

  // what a person should look at before the public does; whether it should stop them
  private static bool Remark(DuckConnection duck, RecordType records, AreaAtlas atlas, (DateOnly From, DateOnly To) days, Progress progress, CancellationToken ct) {
    var (all, unplaced, early) = duck.List(
      "SELECT count(*), count(*) FILTER (area IS NULL), count(*) FILTER (event < $1::DATE) FROM decided WHERE NOT sensitive", [days.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
      r => (r.Long(0), r.Long(1), r.Long(2)), ct)[0];
    var most = atlas.Maps.Count > 0 && unplaced * 2 > all;
    if (atlas.Maps.Count > 0 && unplaced > 0)
      progress.Step($"{unplaced:N0} of {Amount.Of(all, "row has", "rows have")} no place on the map: neither {(all == 1 ? "its" : "their")} {records.Of(FieldRole.Area)!.Name} nor {(all == 1 ? "its" : "their")} point is in it" + (most ? ". IS IT THE RIGHT MAP?" : ""));
    if (early > 0) progress.Step($"{Amount.Of(early, "row lies", "rows lie")} long before the others, before {days.From:yyyy-MM-dd}: {(early == 1 ? "it counts, and comparisons begin after it" : "they count, and comparisons begin after them")}");
    return most;
  }

  // A few rows of long ago (a mistyped year) do not make the years between years without crime: what lies before a gap of over a year counts,
  // and is not what the edition covers.
  private static (DateOnly From, DateOnly To) Covered(IReadOnlyList<(DateOnly Month, DateOnly From, DateOnly To)> months) {
    var first = months.Count - 1;
    while (first > 0 && months[first - 1].Month.AddMonths(13) > months[first].Month) first--;
    return (months[first].From, months[^1].To);
  }

  private static RecordSource SourceOf(DuckConnection duck, string source, CancellationToken ct) =>
    duck.List("SELECT min(from_day), max(to_day), coalesce(sum(n), 0)::BIGINT FROM tally WHERE _source = $1", [source],
      r => new RecordSource(source, r.Date(0) ?? default, r.Date(1) ?? default, r.Long(2)), ct)[0];

  // An incident is sensitive as a whole, and counts once: a row that came or went changes what its other rows are published as, wherever they lie.
  private static IEnumerable<DateOnly> MonthsOfSameIncidents(DuckConnection duck, Generalised general, IReadOnlyList<ImportManifest> fresh, CancellationToken ct) => duck.List($"""
    SELECT DISTINCT date_trunc('month', event)::DATE FROM named WHERE identity IN (
      SELECT identity FROM named WHERE identity IS NOT NULL AND _import IN ({string.Join(", ", fresh.Select(m => m.Number))})
      UNION ALL SELECT i FROM (SELECT {general.Identity("r")} AS i FROM no_longer r) WHERE i IS NOT NULL)
    """, [], r => r.Date(0)!.Value, ct);

  // where the key is what names an incident, and it never stood twice in a file, a later row with it has taken the earlier one's place
  private static bool MayRepeat(Source source, DatasetDeclaration dataset) => !source.Mappings.Select(m => m.Read())
    .All(m => !m.KeyRepeats && dataset.Units.Where(u => u.IdentifiedBy.Count > 0).All(u => u.IdentifiedBy.SequenceEqual(m.Key)));

  // a source that never says when a call was closed cannot say that one is open
  private static void MakeClosing(DuckConnection duck, RecordType records, IReadOnlyDictionary<string, SourceMapping> mappings, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TABLE knows_closing(source VARCHAR)", ct);
    if (records.Of(FieldRole.Closed) is not { } closed) return;
    foreach (var source in mappings.Where(m => m.Value.Fields.ContainsKey(closed.Name))) duck.Execute("INSERT INTO knows_closing VALUES ($1)", [source.Key], ct);
  }

  private static void MakeTypes(DuckConnection duck, Labels labels, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TABLE types(code VARCHAR, category VARCHAR, counts BOOLEAN)", ct);
    foreach (var chunk in labels.Types.All.Chunk(500))
      duck.Execute($"INSERT INTO types VALUES {string.Join(", ", chunk.Select(t => $"({Sql.Text(t.Code)}, {Sql.Text(t.Category ?? "")}, {t.Class is "crime" or "own"})"))}", ct);
  }

  private static void MakeCity(DuckConnection duck, IReadOnlyList<CityCount> city, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TABLE city(start DATE, next DATE, kind VARCHAR, code VARCHAR, type VARCHAR)", ct);
    var rows = city.SelectMany(c => c.Types.Select(type =>
      $"({SqlWords.Day(c.Start)}, {SqlWords.Day(CityWidening.Next(c.Start, c.Kind))}, {Sql.Text(c.Kind.ToString().ToLowerInvariant())}, {Sql.Text(c.Code)}, {Sql.Text(type)})"));
    foreach (var chunk in rows.Chunk(500)) duck.Execute($"INSERT INTO city VALUES {string.Join(", ", chunk)}", ct);
  }

  private static string Knowledge(IEnumerable<Source> sources, AreaAtlas atlas, IReadOnlyList<string> addresses) {
    var all = new StringBuilder().Append(Method);
    foreach (var source in sources.OrderBy(s => s.Name, StringComparer.Ordinal)) all.Append('\n').Append(source.Name).Append(' ').Append(source.Current!.Json);
    foreach (var map in atlas.Maps) {
      all.Append('\n').Append(map.HoldsFrom.DayNumber).Append(' ').Append(map.Sha256);
      // one file may be read with other columns
      foreach (var area in map.Areas) all.Append('\n').Append(area.Code).Append('\t').Append(area.Name).Append('\t').Append(area.District).Append('\t').Append(area.Population);
    }
    foreach (var address in addresses) all.Append('\n').Append(address);
    return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
  }
}
