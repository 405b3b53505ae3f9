namespace Porchlight.Transparency.Mappings;

/// <summary>What the proposal may know of a department.</summary>
/// <param name="TimeZone">The IANA zone of its settings; null where it has said none.</param>
/// <param name="OwnAgency">Its own names in an agency column, from its settings.</param>
/// <param name="GivenTimeZone">A zone given with the import itself: it wins over the settings.</param>
internal sealed record ProposalContext(string? TimeZone, IReadOnlyList<string> OwnAgency, string? GivenTimeZone = null) {
  /// <summary>Nothing known.</summary>
  public static readonly ProposalContext None = new(null, []);

  /// <summary>What a person said with the import: from declared field name to the column that feeds it. It wins over every guess.</summary>
  public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

  /// <summary>The zone to use, or null.</summary>
  public string? Zone => GivenTimeZone ?? TimeZone;
}
