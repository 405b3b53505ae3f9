using Microsoft.EntityFrameworkCore;
using Porchlight.Kernel.Storage;

namespace Porchlight.Transparency.Data;

/// <summary>This module's tables of the PlatformDb. The records themselves are columnar files; here is what is decided about them.</summary>
internal sealed class TransparencyDb(PlatformDb platform) : ModuleDb(platform) {
  public DbSet<Source> Sources => Set<Source>();
  public DbSet<Edition> Editions => Set<Edition>();
  public DbSet<PreparedEdition> Prepared => Set<PreparedEdition>();

  public Task<Source?> FindSource(string dataset, string records, string name, CancellationToken ct) =>
    Sources.Include(s => s.Mappings).SingleOrDefaultAsync(s => s.Dataset == dataset && s.Records == records && s.Name == name, ct);

  /// <summary>The edition the public sees, or null before the first.</summary>
  public Task<Edition?> PublicEdition(string dataset, CancellationToken ct) =>
    Editions.AsNoTracking().Where(e => e.Dataset == dataset && e.IsPublic).SingleOrDefaultAsync(ct);
}
