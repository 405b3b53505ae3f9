using Microsoft.EntityFrameworkCore;

namespace Porchlight.Kernel.Areas;

/// <summary>
/// One version of the department's boundaries: every area (beat) of the city, from a day on. A later version never changes an earlier one:
/// a change of boundary must never read as a change in crime.
/// </summary>
internal sealed class AreaMap {
  public required Guid AreaMapId { get; init; }
  /// <summary>The first day it holds; it holds until the next version's.</summary>
  public required DateOnly HoldsFrom { get; init; }
  public required DateTimeOffset ImportedAt { get; init; }
  /// <summary>SHA-256 of the file as received, lower-case hex.</summary>
  public required string Sha256 { get; init; }
  public List<AreaRow> Areas { get; init; } = [];

  internal static void Map(ModelBuilder model) {
    model.Entity<AreaMap>(e => {
      e.ToTable("kernel_area_maps");
      e.HasKey(m => m.AreaMapId);
      e.HasIndex(m => m.HoldsFrom).IsUnique();
      e.Property(m => m.Sha256).HasMaxLength(64);
      e.HasMany(m => m.Areas).WithOne().HasForeignKey(a => a.AreaMapId).OnDelete(DeleteBehavior.Cascade);
    });
    model.Entity<AreaRow>(e => {
      e.ToTable("kernel_areas");
      e.HasKey(a => new { a.AreaMapId, a.Code });
      e.Property(a => a.Code).HasMaxLength(40);
      e.Property(a => a.Name).HasMaxLength(120);
      e.Property(a => a.District).HasMaxLength(120);
    });
  }
}

/// <summary>One area of one version.</summary>
internal sealed class AreaRow {
  public required Guid AreaMapId { get; init; }
  public required string Code { get; init; }
  public string? Name { get; init; }
  public string? District { get; init; }
  /// <summary>Residents; null where the file does not say.</summary>
  public int? Population { get; init; }
  /// <summary>Well-known binary, WGS84 longitude and latitude.</summary>
  public required byte[] Shape { get; init; }
}
