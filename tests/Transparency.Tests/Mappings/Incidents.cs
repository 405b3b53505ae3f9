using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Tests.Mappings;

/// <summary>The declarations, for tests of single values.</summary>
internal static class Incidents {
  public static readonly DatasetDeclaration Dataset = Catalog.Find("incidents")!;
  public static Field Field(string name) => Dataset.Main[name];
}

/// <summary>The same for calls.</summary>
internal static class Calls {
  public static readonly DatasetDeclaration Dataset = Catalog.Find("calls")!;
  public static Field Field(string name) => Dataset.Main[name];
}
