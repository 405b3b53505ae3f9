using Microsoft.EntityFrameworkCore;

namespace Porchlight.Kernel.Areas;

/// <summary>
/// One version of the department's boundaries: every area (beat) of the city, from a day on. A later version never changes an earlier one:
/// a change of boundary must never read as a change in crime.
/// </summary>
internal sealed class AreaMap {
  public const int LongestCode = 40, LongestName = 120;

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
      e.Property(a => a.Code).HasMaxLength(LongestCode);
      e.Property(a => a.Name).HasMaxLength(LongestName);
      e.Property(a => a.District).HasMaxLength(LongestName);
    });
  }
}

/// <summary>One area of one version.</summary>
internal sealed class AreaRow {
  public Guid AreaMapId { get; init; }
  public required string Code { get; init; }
  public string? Name { get; init; }
  public string? District { get; init; }
  /// <summary>Residents; null where the file does not say.</summary>
  public int? Population { get; init; }
  /// <summary>Well-known binary, WGS84 longitude and latitude.</summary>
  public required byte[] Shape { get; init; }

  /// <summary>Whether both say the same of an area, whichever version they are in.</summary>
  public bool Says(AreaRow other) =>
    (Code, Name, District, Population) == (other.Code, other.Name, other.District, other.Population) && Shape.AsSpan().SequenceEqual(other.Shape);
}
