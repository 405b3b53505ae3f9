using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel;
using Porchlight.Kernel.Blobs;
using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports.Framing;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>
/// From a received file to an import that is live: frame, map, type, set aside, key, compare, commit. All or nothing: until the last save
/// everything lies in staging, and a crash leaves the state before.
/// </summary>
internal sealed class Importer(
    DataFolder folder, [FromKeyedServices(BlobPlace.Restricted)] IBlobs restricted, TransparencyDb db, SettingStore settings, TimeProvider clock) {
  // numbers and names that differ on every row are not worth a dictionary
  public const string RowsForm = "FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 1000";

  public async Task<ImportOutcome> RunAsync(ImportRequest request, Progress progress, CancellationToken ct) {
    RefuseNoFile(request.Path);
    var store = new RestrictedStore(restricted, request.Dataset.Name);
    await using var turn = await store.TakeTurnAsync(ct);
    using var staging = folder.NewStaging();
    var live = await store.LiveAsync(ct);
    Disk.Need(folder.Root, 2 * new FileInfo(request.Path).Length + store.SizeOf(live));
    var department = await settings.LoadAsync(ct);
    progress.Step($"Reading {Path.GetFileName(request.Path)}");
    var shape = Sniffer.Look(request.Path, new FramingChoice(request.Encoding, Sheet: request.Sheet), ct);
    var source = await FindAsync(request, live, ct);
    var mapping = ChooseMapping(request, department, source?.Current?.Read(), shape);
    List<Part> parts = [Make(request, mapping, source)];
    if (mapping.Carries is { } carried) {
      var other = request with { Records = request.Dataset.RecordTypes.First(r => r.Name == carried.Records) };
      parts.Add(Make(other, carried.Mapping, await FindAsync(other, live, ct)));
    }
    Part Make(ImportRequest of, SourceMapping by, Source? from) => new(
      of, by, from, [.. live.Where(m => m.Source == of.Source && m.Records == of.Records.Name)],
      Directory.CreateDirectory(Path.Combine(staging.Path, "finished", of.Records.Name)).FullName);

    using var aside = new AsideWriter(Path.Combine(staging.Path, ImportManifest.Aside));
    var framed = Framer.Run(request.Path, shape, staging.Path, aside, new FramingReport(progress), ct);
    if (parts.TrueForAll(p => p.IsAsBefore(framed.Sha256)) && parts[0].Mine[^1] is var latest)
      return new(latest.RowsIn, latest.SetAside, [], AsideOf(store, latest), [$"This file was imported before (import {latest.Number}). Nothing changed."]);

    using var duck = new ImportEngine(staging.Path, 700);
    var csv = RowTyping.Csv(framed.CsvPath, framed.Delimiter, framed.Header);
    progress.Step($"Checking {Amount.Of(framed.Passed, "row")}");
    parts = parts.ConvertAll(part => {
      var reading = ClockReading.Decide(duck.Connection, csv, part.Records, part.Mapping, ct);
      Type(duck.Connection, part.Records, reading.Mapping, csv, part.Rows, framed, progress, ct);
      return part with { Mapping = reading.Mapping, Said = reading.Said };
    });
    var bad = Wrong(duck.Connection, parts, ct);
    if (parts is [var main, var beside])
      parts[0] = main with { Said = [.. main.Said, .. FlatFile.Part(duck.Connection, main, beside, ct)] };
    // beside what is asked of it: a large file takes a while to reach the disk
    var flushed = Task.Run(() => parts.ForEach(p => Disk.Flush(p.Rows)), ct);
    RecordCopier.Copy(framed, bad, aside, ct);
    var setAside = framed.SetAside + bad.Count;
    var rowsIn = framed.Passed - bad.Count;
    if (rowsIn == 0) throw new RefusedException(NothingLeft(framed, bad));

    var now = clock.GetUtcNow();
    var number = await store.NextNumberAsync(ct);
    List<(Part Part, ImportManifest Manifest)> staged = [];
    // the main records come last: their mapping holds that of what they carry
    for (var at = parts.Count - 1; at >= 0; at--) {
      var part = parts[at];
      if (at == 0 && staged.Count > 0)
        part = part with { Mapping = part.Mapping with { Carries = new(parts[1].Records.Name, staged[0].Part.Mapping) } };
      staged.Insert(0, await StageAsync(part, number + at));
    }
    if (setAside > 0) {
      aside.Dispose();
      File.Move(aside.Path, Path.Combine(parts[0].Folder, ImportManifest.Aside));
    }
    await flushed;
    foreach (var (part, manifest) in staged.SkipLast(1)) await store.PlaceAsync(db, part.Folder, manifest, ct);
    var how = request.Accept ? "accepted unattended" : "confirmed at the shell";
    foreach (var (part, _) in staged) (part.Source ?? Add(part.Request)).Accept(part.Mapping, how, now);
    await store.SaveAsync(db, staged[^1].Part.Folder, staged[^1].Manifest, live.Concat(staged.Select(s => s.Manifest)).Select(m => m.Number), ct);
    return new(rowsIn, setAside, [.. staged.Select(s => s.Manifest)], AsideOf(store, staged[0].Manifest), [.. staged.SelectMany(s => s.Manifest.Said)]);

    async Task<(Part, ImportManifest)> StageAsync(Part part, int number) {
      var (records, mapping, mine) = (part.Records, part.Mapping, part.Mine);
      var accepted = Workbench.Accepted(part.Rows);
      var key = Workbench.Key(records, mapping);
      var repeated = duck.Beside(other => KeyRepeats.Find(other, $"SELECT hash({key}) FROM {accepted}", ct), ct);
      progress.Step("Naming its values");
      var (named, valueLines) = ValueNaming.Name(duck.Connection, accepted, part.Request, mapping, Context(request, department), part.Source?.Current is null, ct);
      mapping = named;

      progress.Step("Comparing with earlier files");
      var says = Workbench.Says(records, mapping);
      var typeField = records.Of(FieldRole.Type) is { } t && mapping.Fields.ContainsKey(t.Name) ? t.Name : null;
      var repeats = await repeated;
      mapping = mapping with { KeyRepeats = mapping.KeyRepeats || repeats.Hashes.Count > 0 };
      if (mine.Count == 0 && !request.AnotherSource)
        await RefuseMistypedAsync(duck.Connection, store, part with { Mapping = mapping }, live, new(accepted, framed.Sha256, Joins.Within(records, key), typeField), ct);
      // a flat file may name a main record and say nothing that belongs to it
      var (naming, rows) = parts.Count > 1 ? (parts[0].Mapping.Key[0], parts[0].Rows) : (records.Parent?.Name, part.Rows);
      var parent = records.Parent is { } joins
        ? new ParentRows(request.Dataset.Main.Name, Workbench.Part(joins.Name),
            $"(SELECT hash({Workbench.Part(naming!)}) AS parent FROM {Workbench.Accepted(rows)})") : null;
      var compared = mine.Count == 0 ? First(duck.Connection, mapping, accepted, ct)
        : Compare(new(duck.Connection, accepted, EarlierRows(duck.Connection, store, part, live, ct), mapping, key, says, typeField, parent),
            mapping, shape.IsAside, number, setAside == 0 ? null : Unread(duck.Connection, aside, framed.Delimiter, records, mapping, ct), ct);

      List<string> report = [
        .. parts.Count > 1 ? [$"{records.Label.En}:"] : (string[])[],
        .. request.Accept && part.Source is null ? mapping.Unsure.Select(u => "Please confirm: " + u) : [], .. SentBefore(framed.Sha256, part, live), .. part.Said, .. valueLines,
        .. ImportReport.Lines(duck.Connection, accepted, request.Dataset, records, mapping, repeats, ct), .. compared.Said,
        .. parts.Count > 1 ? [] : Joins.Missing(duck.Connection, accepted, request, MainRows(duck.Connection, store, request, live, ct), ct),
      ];
      var days = mapping.EventTime is not { } time ? default : duck.Connection.List($"SELECT min({time})::DATE, max({time})::DATE FROM {accepted}", [],
        r => (First: r.Date(0), Last: r.Date(1)), ct)[0];
      duck.Connection.Execute($"COPY superseded TO {Sql.Text(Path.Combine(part.Folder, ImportManifest.Superseded))} (FORMAT parquet)", ct);
      return (part with { Mapping = mapping }, new(
        number, request.Dataset.Name, records.Name, request.Source, part.Source?.VersionOf(mapping) ?? 1, Path.GetFileName(request.Path), framed.Sha256, now,
        rowsIn, setAside, days.First, days.Last, compared.New, compared.Changed, compared.Unchanged, compared.Withdrawn, compared.AgedOut,
        repeats.Hashes.Count, compared.Months, report));
    }
  }

  // asked once a source, and only where others are live: a file that comes as its source's next one costs nothing
  private async Task RefuseMistypedAsync(
      DuckConnection duck, RestrictedStore store, Part part, IReadOnlyList<ImportManifest> live, MistypedSource first, CancellationToken ct) {
    foreach (var theirs in live.Where(m => m.Records == part.Records.Name).GroupBy(m => m.Source)) {
      var other = (await db.FindSource(part.Request.Dataset.Name, part.Records.Name, theirs.Key, ct))!;
      var rows = EarlierRows(duck, store, part with { Source = other, Mine = [.. theirs] }, live, ct);
      if (first.Refusal(duck, part.Mapping, part.Request.Source, [.. theirs], rows, ct) is { } refusal) throw new RefusedException(refusal);
    }
  }

  // the source of these records; null before its first file
  private async Task<Source?> FindAsync(ImportRequest request, IReadOnlyList<ImportManifest> live, CancellationToken ct) {
    var source = await db.FindSource(request.Dataset.Name, request.Records.Name, request.Source, ct);
    if (source is null && live.FirstOrDefault(m => m.Records == request.Records.Name && string.Equals(m.Source, request.Source, StringComparison.OrdinalIgnoreCase))
        is { } alike)
      throw new RefusedException($"There is a source {alike.Source} already, so {request.Source} would count its rows twice. Nothing was imported. Write --source \"{alike.Source}\".");
    return source;
  }

  // a row that one record type cannot read is set aside for all: what it says stands together
  private static List<(long Record, string Field, string Reason)> Wrong(DuckConnection duck, IEnumerable<Part> parts, CancellationToken ct) {
    var each = parts.Select((p, at) => $"SELECT {at} AS part, file_row_number AS row, _reason AS reason "
      + $"FROM read_parquet({Sql.Text(p.Rows)}, file_row_number=true) WHERE _reason IS NOT NULL");
    duck.Execute("CREATE OR REPLACE TEMP TABLE wrong AS SELECT row, arg_min(reason, part) AS reason "
      + $"FROM ({string.Join(" UNION ALL ", each)}) GROUP BY row", ct);
    return duck.List("SELECT row, reason FROM wrong ORDER BY row", [], r => Reason(r.Long(0), r.Text(1)!), ct);
  }

  private static IEnumerable<string> SentBefore(string sha256, Part part, IReadOnlyList<ImportManifest> live) {
    if (part.Mine.SkipLast(1).LastOrDefault(m => m.Sha256 == sha256) is { } again)
      yield return $"This file was imported before (import {again.Number}): what later files changed in its rows is set back.";
    if (live.Except(part.Mine).FirstOrDefault(m => m.Sha256 == sha256 && m.Records == part.Records.Name) is { } other)
      yield return $"The very same file is live as source {other.Source} (import {other.Number}): its rows now count twice. "
        + "If the name was a mistake, bring the data folder back from a backup.";
  }

  private Source Add(ImportRequest request) {
    var source = new Source { SourceId = Guid.CreateVersion7(), Dataset = request.Dataset.Name, Records = request.Records.Name, Name = request.Source };
    db.Sources.Add(source);
    return source;
  }

  /// <summary>
  /// The mapping a file would be read by, for a person to edit: the source's own, or for other columns a new proposal that keeps what was
  /// named before.
  /// </summary>
  public async Task<SourceMapping> ProposeAsync(ImportRequest request, CancellationToken ct) {
    RefuseNoFile(request.Path);
    var department = await settings.LoadAsync(ct);
    var saved = (await db.FindSource(request.Dataset.Name, request.Records.Name, request.Source, ct))?.Current?.Read();
    var shape = Sniffer.Look(request.Path, new FramingChoice(request.Encoding, Sheet: request.Sheet), ct);
    if (saved is not null && saved.Header.SequenceEqual(shape.Header)) return Adjusted(saved, request);
    var proposed = Proposal(request, department, shape);
    if (saved is null) return Adjusted(proposed, request);
    return Adjusted(Keeping(saved, proposed), request);
  }

  private static SourceMapping Keeping(SourceMapping saved, SourceMapping proposed) => proposed with {
    Values = proposed.Values.ToDictionary(v => v.Key, v => saved.Values.TryGetValue(v.Key, out var named)
      ? new ValueMap(v.Value.Codes.Concat(named.Codes).GroupBy(c => c.Key).ToDictionary(c => c.Key, c => c.Last().Value)) : v.Value),
    Cover = saved.Cover,
    TimeZone = saved.TimeZone,
    Carries = (saved.Carries, proposed.Carries) is ( { } before, { } now) && before.Records == now.Records
      ? now with { Mapping = Keeping(before.Mapping, now.Mapping) } : proposed.Carries,
  };

  private static SourceMapping ChooseMapping(ImportRequest request, DepartmentSettings department, SourceMapping? saved, FileShape shape) {
    var mapping = request.Mapping ?? saved;
    if (mapping is not null && !mapping.Header.SequenceEqual(shape.Header)) {
      throw new RefusedException($"The columns of this file are not those of {request.Source}'s mapping. Nothing was imported.\n"
        + string.Join('\n', HeaderComparison.Between(mapping.Header, shape.Header).Select(l => "  " + l))
        + "\nIf the file is right, write its mapping with --save-mapping FILE and import it with --mapping FILE. If it is another agency's, "
        + "give it a --source name of its own.");
    }
    if (mapping is not null && mapping.EventTime is null == request.Records.Parent is null)
      throw new RefusedException($"That is not a mapping of {request.Dataset.PathOf(request.Records)}. "
        + "Write one with --save-mapping FILE and edit that.");
    if (mapping is not null) return Adjusted(mapping, request);
    mapping = Proposal(request, department, shape);
    if (!request.Accept && request.Confirm?.Invoke(mapping) != true)
      throw new RefusedException("The proposed mapping was not accepted, so nothing was imported. Accept it with --accept-proposed-mapping, "
        + "or save it with --save-mapping FILE, edit it, and give it back with --mapping FILE.");
    return Adjusted(mapping, request);
  }

  private static SourceMapping Proposal(ImportRequest request, DepartmentSettings department, FileShape shape) =>
    MappingProposal.For(request.Dataset, request.Records, shape.Header, shape.Sample, Context(request, department), out var mapping) is { } problem
      ? throw new RefusedException(problem) : mapping;

  private static SourceMapping Adjusted(SourceMapping mapping, ImportRequest request) => mapping with {
    TimeZone = request.TimeZone ?? mapping.TimeZone,
    Cover = request.Cover ?? mapping.Cover,
    Carries = mapping.Carries is { } carried ? carried with { Mapping = Adjusted(carried.Mapping, request with { Key = null }) } : null,
    Key = request.Key is { } columns ? [.. columns.Select(c => FieldFedBy(mapping, request.Records, c))] : mapping.Key,
  };

  private static void RefuseNoFile(string path) {
    if (Directory.Exists(path)) throw new RefusedException($"{path} is a folder. Name one file in it.");
    if (!File.Exists(path)) throw new RefusedException($"There is no file {path}. Check the name.");
  }

  private static ProposalContext Context(ImportRequest request, DepartmentSettings department) =>
    new(department.TimeZone?.Id, department.OwnAgency, request.TimeZone) { Columns = request.Columns ?? new Dictionary<string, string>() };

  // a column named with --key becomes the key field's own column
  private static string FieldFedBy(SourceMapping mapping, RecordType records, string column) =>
    mapping.Fields.FirstOrDefault(f => f.Value.Columns.SequenceEqual([column]) || f.Key == column).Key
      ?? throw new RefusedException($"--key {column}: that column feeds no field of {records.Name}. Fields and columns: "
        + $"{string.Join(", ", mapping.Fields.Select(f => $"{f.Key} = {string.Join(" / ", f.Value.Columns)}"))}.");

  private void Type(
      DuckConnection duck, RecordType records, SourceMapping mapping, string csv, string rowsFile, FramedFile framed, Progress progress,
      CancellationToken ct) {
    var typing = new RowTyping(records, mapping, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), framed.Cells);
    long written;
    using (progress.Watch("Checking rows", () => duck.Progress.Percentage / 100))
      written = duck.Execute($"COPY ({typing.Select(csv)}) TO {Sql.Text(rowsFile)} ({RowsForm})", ct);
    if (written == framed.Passed) return;
    throw new InvalidOperationException(
      $"{framed.Passed} records were passed on and {written} rows written: a bug in reading, nothing was imported");
  }

  private static Compared First(DuckConnection duck, SourceMapping mapping, string accepted, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TEMP TABLE superseded(import INTEGER, row BIGINT)", ct);
    List<DateOnly> months = mapping.EventTime is not { } time ? [] : duck.List($"SELECT DISTINCT year({time})::INT, month({time})::INT FROM {accepted} ORDER BY 1, 2", [],
      r => new DateOnly((int)r.Long(0), (int)r.Long(1), 1), ct);
    return new(duck.Scalar<long>($"SELECT count(*) FROM {accepted}", ct), 0, 0, 0, 0, months, []);
  }

  private static string EarlierRows(
      DuckConnection duck, RestrictedStore store, Part part, IReadOnlyList<ImportManifest> live, CancellationToken ct) {
    var rows = Workbench.Every(duck, store, part.Records, part.Mine, m => part.Source!.Mappings.Single(v => v.Version == m.Mapping).Read().EventTime, ct);
    return StillLive(rows, store, live);
  }

  private static string StillLive(string rows, RestrictedStore store, IReadOnlyList<ImportManifest> live) =>
    $"(FROM {rows} r ANTI JOIN read_parquet({SqlWords.Files(Workbench.Superseded(store, live))}) s ON s.import = r._import AND s.row = r.file_row_number)";

  // the live main records of the same source; null before its first
  private static string? MainRows(DuckConnection duck, RestrictedStore store, ImportRequest request, IReadOnlyList<ImportManifest> live, CancellationToken ct) {
    var main = live.Where(m => m.Source == request.Source && m.Records == request.Dataset.Main.Name).ToList();
    return main.Count == 0 ? null : StillLive(Workbench.Every(duck, store, request.Dataset.Main, main, _ => null, ct), store, live);
  }

  private static Compared Compare(Comparison comparison, SourceMapping mapping, bool isAside, int number, string? unread, CancellationToken ct) {
    comparison.Pair(ct);
    if (mapping.Key.Count > 0 && comparison.Proof(ct) is { } proof && !isAside) {
      if (comparison.CommonShift(ct) is { } shift)
        throw new RefusedException($"Most times of this file are moved against earlier files: {shift}. That is a change of the source's clock, "
          + "not thousands of corrections. Ask the source what changed; if this file is right, say so with --mapping FILE (offset and time zone).");
      if (proof.Agree < 0.9) throw new RefusedException(Comparison.NotAKey(mapping, proof.Shared, proof.Agree));
    }
    return comparison.Decide(number, isAside ? Cover.Additions : mapping.Cover, unread, ct);
  }

  // an earlier row whose key, or whose main record's, stands in the text of a record set aside; a key of several fields is not looked for
  private static string? Unread(DuckConnection duck, AsideWriter aside, char delimiter, RecordType records, SourceMapping mapping, CancellationToken ct) {
    if (records.Parent is null && mapping.Key.Count != 1) return null;
    aside.Flush();
    duck.Execute("CREATE OR REPLACE TEMP TABLE aside_words(word VARCHAR)", ct);
    foreach (var chunk in AsideWords.Read(aside.Path, delimiter).Distinct().Chunk(1000))
      duck.Execute($"INSERT INTO aside_words VALUES {string.Join(", ", chunk.Select(w => $"({Sql.Text(w)})"))}", ct);
    return $"SELECT import, row FROM before WHERE {(records.Parent is null ? "key" : "parent")} IN (SELECT hash(word) FROM aside_words)";
  }

  private static string? AsideOf(RestrictedStore store, ImportManifest manifest) =>
    manifest.SetAside > 0 ? Path.Combine(store.FolderOf(manifest.Number), ImportManifest.Aside) : null;

  // "reported_at: empty" is the field and the reason
  private static (long Record, string Field, string Reason) Reason(long record, string said) {
    var at = said.IndexOf(": ", StringComparison.Ordinal);
    return (record, said[..at], said[(at + 2)..]);
  }

  private static string NothingLeft(FramedFile framed, List<(long Record, string Field, string Reason)> bad) {
    if (framed.SetAside + bad.Count == 0) return "The file has a header and no rows. Nothing was imported.";
    var first = bad.Take(5).Select(b => $"  line {framed.Lines.LineOf(b.Record):N0}, {b.Field}: {b.Reason}")
      .Concat(framed.Reasons.Select(r => $"  {Amount.Of(r.Value, "row")}: {r.Key}"));
    return $"{(framed.SetAside + bad.Count == 1 ? "The file's one row cannot" : $"None of the file's {framed.SetAside + bad.Count:N0} rows can")} be used, so nothing was imported. The first reasons:\n{string.Join('\n', first)}";
  }

  private sealed class FramingReport(Progress progress) : IProgress<FramingProgress> {
    public void Report(FramingProgress value) => progress.Part("Reading", value.BytesTotal == 0 ? 1 : value.BytesRead / (double)value.BytesTotal);
  }
}
