using Microsoft.EntityFrameworkCore;

namespace Porchlight.Kernel.Settings;

/// <summary>One thing the department said once.</summary>
internal sealed class Setting {
  public required string Key { get; init; }
  public required string Value { get; set; }
  public required DateTimeOffset ChangedAt { get; set; }

  internal static void Map(ModelBuilder model) => model.Entity<Setting>(e => {
    e.ToTable("kernel_settings");
    e.HasKey(s => s.Key);
    e.Property(s => s.Key).HasMaxLength(80);
  });
}
