using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.IO;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Areas;

/// <summary>What an import of boundaries did.</summary>
public enum AreaImportOutcome {
  /// <summary>A new version.</summary>
  Added,
  /// <summary>The version of that day said exactly this already: nothing was changed.</summary>
  Unchanged,
  /// <summary>The version of that day was replaced.</summary>
  Corrected,
}

/// <summary>The result of an import of boundaries.</summary>
/// <param name="Outcome">What was done.</param>
/// <param name="HoldsFrom">The first day the version holds; <see cref="DateOnly.MinValue"/> for always.</param>
/// <param name="Areas">How many areas.</param>
/// <param name="Features">How many features of the file they were made of.</param>
/// <param name="Columns">The properties that were read.</param>
/// <param name="Notes">What was merged, repaired or left out: English sentences.</param>
public sealed record AreaImportResult(AreaImportOutcome Outcome, DateOnly HoldsFrom, int Areas, int Features, AreaColumns Columns, IReadOnlyList<string> Notes);

/// <summary>Reads and adds versions of the department's boundaries.</summary>
public sealed class AreaStore {
  private readonly PlatformDb _db;
  private readonly AtlasOnHand _onHand;
  private readonly TimeProvider _clock;

  internal AreaStore(PlatformDb db, AtlasOnHand onHand, TimeProvider clock) => (_db, _onHand, _clock) = (db, onHand, clock);

  /// <summary>All versions. Read anew only after an import, by whichever process.</summary>
  public async Task<AreaAtlas> LoadAtlasAsync(CancellationToken ct) {
    var maps = await _db.AreaMaps.AsNoTracking().OrderBy(m => m.HoldsFrom).Select(m => m.AreaMapId).ToListAsync(ct);
    var versions = string.Join(' ', maps);
    if (_onHand.For(versions) is { } held) return held;
    var rows = await _db.AreaMaps.AsNoTracking().Include(m => m.Areas).Where(m => maps.Contains(m.AreaMapId)).ToListAsync(ct);
    return _onHand.Hold(versions, new(rows.Select(Open)));
  }

  /// <summary>
  /// Adds the version that holds from a day on. The same areas for the same day change nothing; others for the same day are a correction, and
  /// replace them. Other days' versions are never touched. <see cref="RefusedException"/> where the file cannot be used.
  /// </summary>
  /// <param name="geoJson">A GeoJSON FeatureCollection in WGS84, plain or gzipped.</param>
  /// <param name="holdsFrom">
  /// The first day it holds; <see cref="DateOnly.MinValue"/> for always. Null: always where it is the first version, and refused where there is another.
  /// </param>
  /// <param name="columns">Which properties to read; what is not said is proposed.</param>
  /// <param name="ct">Stops before anything is changed.</param>
  public async Task<AreaImportResult> ImportAsync(Stream geoJson, DateOnly? holdsFrom, AreaColumns columns, CancellationToken ct) {
    var file = await AreaFile.ReadAsync(geoJson, columns, ct);
    return await _db.InTurnAsync(async () => {
      await using var whole = await _db.Database.BeginTransactionAsync(ct);
      var others = await _db.AreaMaps.AsNoTracking().Include(m => m.Areas).ToListAsync(ct);
      var rows = Rows(file);
      var from = holdsFrom ?? others.Find(m => Same(m.Areas, rows))?.HoldsFrom ?? (others.Count == 0 ? DateOnly.MinValue
        : throw new RefusedException("There are boundaries already. Say from which day these hold (--from 2026-01-01), or which day's they correct (--from always for those that have no day)."));
      var result = new AreaImportResult(AreaImportOutcome.Added, from, file.Areas.Count, file.Features, file.Columns, file.Notes);
      var before = others.Find(m => m.HoldsFrom == from);
      if (before is not null) {
        if (Same(before.Areas, rows)) return result with { Outcome = AreaImportOutcome.Unchanged };
        await _db.AreaMaps.Where(m => m.AreaMapId == before.AreaMapId).ExecuteDeleteAsync(ct);
        result = result with { Outcome = AreaImportOutcome.Corrected };
      }
      _db.AreaMaps.Add(new() { AreaMapId = Guid.CreateVersion7(_clock.GetUtcNow()), HoldsFrom = from, ImportedAt = _clock.GetUtcNow(), Sha256 = file.Sha256, Areas = rows });
      await _db.SaveChangesAsync(ct);
      await whole.CommitAsync(ct);
      return result;
    }, ct);
  }

  private static List<AreaRow> Rows(AreaFile file) => [.. file.Areas.Select(a => new AreaRow {
    Code = a.Code, Name = a.Name, District = a.District, Population = a.Population, Shape = new WKBWriter().Write(a.Shape),
  })];

  private static bool Same(IReadOnlyCollection<AreaRow> a, IReadOnlyCollection<AreaRow> b) => a.Count == b.Count
    && a.OrderBy(r => r.Code, StringComparer.Ordinal).Zip(b.OrderBy(r => r.Code, StringComparer.Ordinal)).All(pair => pair.First.Says(pair.Second));

  private static AtlasMap Open(AreaMap map) => new(map.AreaMapId, map.HoldsFrom, map.Sha256,
    map.Areas.Select(a => new Area(a.Code, a.Name, a.District, a.Population) { Shape = new WKBReader().Read(a.Shape) }));
}

/// <summary>Registers what reads and adds boundaries.</summary>
public static class AreaServices {
  /// <summary>One <see cref="AreaStore"/> a scope; the atlas itself is shared by all.</summary>
  public static IServiceCollection AddAreas(this IServiceCollection services) => services.AddSingleton<AtlasOnHand>()
    .AddScoped(s => new AreaStore(s.GetRequiredService<PlatformDb>(), s.GetRequiredService<AtlasOnHand>(), s.GetRequiredService<TimeProvider>()));
}
