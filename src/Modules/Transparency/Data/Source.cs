using Microsoft.EntityFrameworkCore;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Data;

/// <summary>One agency's one export: where files of one shape keep coming from.</summary>
internal sealed class Source {
  public required Guid SourceId { get; init; }
  public required string Dataset { get; init; }
  public required string Records { get; init; }
  public required string Name { get; init; }
  public List<SavedMapping> Mappings { get; init; } = [];

  /// <summary>The mapping in force, or null before the first was accepted.</summary>
  public SavedMapping? Current => Mappings.MaxBy(m => m.Version);

  /// <summary>The version a mapping has, or would get.</summary>
  public int VersionOf(SourceMapping mapping) => (Current?.Version ?? 0) + (Current?.Json == SavedMapping.Write(mapping) ? 0 : 1);

  /// <summary>Saves a mapping as the next version, unless it is the one in force.</summary>
  public SavedMapping Accept(SourceMapping mapping, string how, DateTimeOffset now) {
    var version = VersionOf(mapping);
    if (Current is { } current && current.Version == version) return current;
    var saved = new SavedMapping { SourceId = SourceId, Version = version, Json = SavedMapping.Write(mapping), How = how, AcceptedAt = now };
    Mappings.Add(saved);
    return saved;
  }

  internal static void Map(ModelBuilder model) {
    model.Entity<Source>(e => {
      e.ToTable("transparency_sources");
      e.HasKey(s => s.SourceId);
      e.HasIndex(s => new { s.Dataset, s.Records, s.Name }).IsUnique();
      e.Property(s => s.Dataset).HasMaxLength(40);
      e.Property(s => s.Records).HasMaxLength(40);
      e.Property(s => s.Name).HasMaxLength(80);
      e.Ignore(s => s.Current);
      e.HasMany(s => s.Mappings).WithOne().HasForeignKey(m => m.SourceId);
    });
    model.Entity<SavedMapping>(e => {
      e.ToTable("transparency_mappings");
      e.HasKey(m => new { m.SourceId, m.Version });
      e.Property(m => m.How).HasMaxLength(80);
    });
  }
}

/// <summary>One accepted version of a source's mapping.</summary>
internal sealed class SavedMapping {
  public required Guid SourceId { get; init; }
  public required int Version { get; init; }
  public required string Json { get; init; }
  /// <summary>"accepted unattended", "confirmed at the shell".</summary>
  public required string How { get; init; }
  public required DateTimeOffset AcceptedAt { get; init; }

  public SourceMapping Read() => MappingJson.Read(Json);
  public static string Write(SourceMapping mapping) => MappingJson.Write(mapping);
}
