namespace Porchlight.Transparency.Figures;

/// <summary>The editions the public sees, each opened once and replaced when a newer one is published.</summary>
internal sealed class Shelf {
  /// <summary>The dataset's public edition; null before the first.</summary>
  public Task<OpenEdition?> CurrentAsync(string dataset, CancellationToken ct) => throw new NotSupportedException();
}
