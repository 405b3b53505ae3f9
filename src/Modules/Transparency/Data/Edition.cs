using Microsoft.EntityFrameworkCore;

namespace Porchlight.Transparency.Data;

/// <summary>
/// One immutable publication of a dataset: numbered from 1, never changed, only followed. Removal by law alone rewrites its row files and
/// raises <see cref="Amendment"/>, so what was computed from (edition, amendment) may be cached for ever.
/// </summary>
internal sealed class Edition {
  public required string Dataset { get; init; }
  public required int Number { get; init; }
  public int Amendment { get; init; }
  public required DateTimeOffset PublishedAt { get; init; }
  /// <summary>First and last day that its rows cover.</summary>
  public required DateOnly From { get; init; }
  public required DateOnly To { get; init; }
  public required long Rows { get; init; }
  public required string Reason { get; init; }
  /// <summary>"published from the shell, no second person".</summary>
  public required string How { get; init; }
  /// <summary>SHA-256 of its manifest, which holds the SHA-256 of every file; lower-case hex.</summary>
  public required string ManifestSha256 { get; init; }
  /// <summary>Whether the public pages show it: one a dataset.</summary>
  public bool IsPublic { get; set; }

  internal static void Map(ModelBuilder model) => model.Entity<Edition>(e => {
    e.ToTable("transparency_editions");
    e.HasKey(x => new { x.Dataset, x.Number });
    e.Property(x => x.Dataset).HasMaxLength(40);
    e.Property(x => x.Reason).HasMaxLength(1000);
    e.Property(x => x.How).HasMaxLength(200);
    e.Property(x => x.ManifestSha256).HasMaxLength(64);
  });
}
