using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

/// <summary>Incidents, for tests of single values.</summary>
internal static class Incidents {
  public static readonly DatasetDeclaration Dataset = Catalog.Find("incidents")!;
  public static Field Field(string name) => Dataset.Main[name];
  public static ValueMap Map(string field, params (string Value, long Rows)[] values) =>
    ValueProposal.For(Field(field), Dataset, values, ProposalContext.None);
}

/// <summary>The same for calls.</summary>
internal static class Calls {
  public static readonly DatasetDeclaration Dataset = Catalog.Find("calls")!;
  public static Field Field(string name) => Dataset.Main[name];
  public static ValueMap Map(string field, params (string Value, long Rows)[] values) =>
    ValueProposal.For(Field(field), Dataset, values, ProposalContext.None);
}
