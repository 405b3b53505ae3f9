using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Areas;
using Porchlight.Transparency.Data;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Editions;
using Porchlight.Transparency.Rollups;
using Porchlight.Ui.Maps;

namespace Porchlight.Transparency.Figures;

/// <summary>
/// The editions the public sees, each opened once and replaced when a newer one is published, by this process or by a verb beside it. Knows
/// only <c>published/</c> and what the database says is public.
/// </summary>
internal sealed class Shelf(IServiceScopeFactory scopes, PublishedStore store, TimeProvider clock) : IDisposable {
  private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1), FilesMayTake = TimeSpan.FromSeconds(0.5);
  // longer than any page takes that began with the edition before
  private static readonly TimeSpan LetGoAfter = TimeSpan.FromMinutes(1);
  private readonly SemaphoreSlim _one = new(1, 1);
  private readonly Dictionary<string, Standing> _standing = [];
  private readonly Dictionary<string, Coming> _coming = [];
  private readonly CancellationTokenSource _stop = new();
  private readonly Queue<(OpenEdition Edition, long Since)> _replaced = [];
  private PublishedRows? _rows;
  private volatile Version? _version;

  /// <summary>The dataset's public edition; null before the first.</summary>
  public async Task<OpenEdition?> CurrentAsync(string dataset, CancellationToken ct) {
    await _one.WaitAsync(ct);
    try {
      var stands = _standing.GetValueOrDefault(dataset);
      if (stands is not null && clock.GetElapsedTime(stands.Looked) < LookAgain) return stands.Edition;
      await using var scope = scopes.CreateAsyncScope();
      var edition = await scope.ServiceProvider.GetRequiredService<TransparencyDb>().PublicEdition(dataset, ct);
      var same = edition is not null && stands?.Edition is { } open
        && ((open.Manifest.Number, open.Manifest.Amendment) == (edition.Number, edition.Amendment) || !await IsHereAsync(edition, ct));
      var now = same ? stands!.Edition : edition is null ? null : await OpenAsync(edition, await scope.ServiceProvider.GetRequiredService<AreaStore>().LoadAtlasAsync(ct), ct);
      _standing[dataset] = new(now, clock.GetTimestamp());
      if (!same && stands?.Edition is { } replaced) _replaced.Enqueue((replaced, clock.GetTimestamp()));
      while (_replaced.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Since) > LetGoAfter) _replaced.Dequeue().Edition.Dispose();
      return now;
    } finally {
      _one.Release();
    }
  }

  /// <summary>What all pages are made of, as short text: the number and amendment of every public edition.</summary>
  public ValueTask<string> VersionAsync(CancellationToken ct) =>
    _version is { } known && clock.GetElapsedTime(known.Looked) < LookAgain ? new(known.Text) : LookAsync(ct);

  private async ValueTask<string> LookAsync(CancellationToken ct) {
    var began = clock.GetTimestamp();
    List<string> parts = [];
    foreach (var dataset in Catalog.All)
      if (await CurrentAsync(dataset.Name, ct) is { Manifest: var manifest }) parts.Add($"{dataset.Name} {manifest.Number}.{manifest.Amendment}");
    var text = string.Join(", ", parts);
    _version = new(text, began);
    return text;
  }

  // the one before is shown until all files of the new one are on this machine
  private async Task<bool> IsHereAsync(Edition edition, CancellationToken ct) {
    var key = (edition.Number, edition.Amendment);
    if (!_coming.TryGetValue(edition.Dataset, out var coming) || coming.Key != key) {
      _coming[edition.Dataset] = coming = new(key, store.FetchAsync(edition.Dataset, edition.Number, _stop.Token));
      await Task.WhenAny(coming.Fetch, Task.Delay(FilesMayTake, clock, ct));
    }
    if (!coming.Fetch.IsCompleted) return false;
    _coming.Remove(edition.Dataset);
    await coming.Fetch;
    return true;
  }

  private async Task<OpenEdition> OpenAsync(Edition edition, AreaAtlas atlas, CancellationToken ct) {
    var dataset = Catalog.Find(edition.Dataset)!;
    var folder = await store.FetchAsync(edition.Dataset, edition.Number, ct);
    var manifest = await store.ManifestAsync(edition.Dataset, edition.Number, ct);
    if (folder is null || manifest is null) throw new InvalidOperationException($"{edition.Dataset} edition {edition.Number} has no manifest: run porchlight verify");
    var reader = RollupReader.Open(folder, Layouts.Of(dataset), _rows ??= new PublishedRows(store.Root, clock));
    var areas = reader.Labels.Areas.All.Select(a => new PublicArea(a.Code, Plain(a), a.Name.En == Plain(a) ? null : a.Name.En, a.District, a.Population, a.From, a.To)).ToList();
    var map = manifest.Maps.Count > 0 ? atlas.MapOn(edition.To) : null;
    var inForce = map is null ? areas : [.. areas.Where(a => a.From <= edition.To && (a.Until is null || a.Until >= edition.To))];
    return new() {
      Dataset = dataset, Manifest = manifest, Reader = reader, AreasInForce = inForce, AreasBefore = [.. areas.Except(inForce)],
      Drawing = map is null ? null : MapDrawing.Of([.. map.Areas.Select(a => new AreaOutline(a.Code, [.. a.Rings.Select(r => (IReadOnlyList<LonLat>)[.. r.Select(p => new LonLat(p.Lon, p.Lat))])]))]),
      Priorities = [.. reader.Labels.Priorities.All.OrderBy(p => p.Order ?? int.MaxValue).Select(p => (p.Code, p.Words))],
    };
  }

  private static string Plain(AreaLabel area) => area.Code.Split(" until ")[0];

  public void Dispose() {
    _stop.Cancel();
    _stop.Dispose();
    foreach (var edition in _standing.Values.Select(s => s.Edition).Concat(_replaced.Select(r => r.Edition))) edition?.Dispose();
    _rows?.Dispose();
    _one.Dispose();
  }

  private sealed record Coming((int Number, int Amendment) Key, Task Fetch);

  private sealed record Version(string Text, long Looked);

  private sealed record Standing(OpenEdition? Edition, long Looked);
}
