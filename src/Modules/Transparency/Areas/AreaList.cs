using Porchlight.Transparency.Figures;

namespace Porchlight.Transparency.Areas;

/// <summary>
/// The areas of everything published: crime and calls may have been placed by maps of their own, the first published one is the list.
/// </summary>
internal sealed record AreaList(OpenEdition? Crime, OpenEdition? Calls) {
  public static async Task<AreaList> ReadAsync(Shelf shelf, CancellationToken ct) =>
    new(await shelf.CurrentAsync("incidents", ct), await shelf.CurrentAsync("calls", ct));

  /// <summary>The edition whose areas and drawing the pages show; null before anything is published.</summary>
  public OpenEdition? First => Crime ?? Calls;

  public IReadOnlyList<PublicArea> InForce => First?.AreasInForce ?? [];
  public IReadOnlyList<PublicArea> Earlier => First?.AreasBefore ?? [];

  /// <summary>One page of each kind, which stand for all when the program looks whether its pages answer.</summary>
  public IReadOnlyList<string> SamplePages => [.. InForce.Take(1).Concat(Earlier.Take(1)).Select(a => Urls.Area(a.Code))];

  /// <summary>An area in force, or one of an earlier map; however its code is typed.</summary>
  public PublicArea? Find(string code) =>
    InForce.Concat(Earlier).FirstOrDefault(a => a.Code.Equals(code.Trim(), StringComparison.OrdinalIgnoreCase));
}
