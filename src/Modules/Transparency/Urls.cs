using System.Globalization;

namespace Porchlight.Transparency;

/// <summary>Addresses of this module's pages, without the language prefix.</summary>
internal static class Urls {
  /// <summary>An area's page. Codes of earlier maps hold spaces.</summary>
  public static string Area(string code) => "/data/areas/" + Uri.EscapeDataString(code);

  /// <summary>A dataset's part of the dictionary.</summary>
  public static string Dictionary(string dataset) => "/data/dictionary#" + dataset;

  /// <summary>A file of an edition. With the amendment the address names bytes that never change.</summary>
  public static string EditionFile(string dataset, int edition, int amendment, string path) =>
    string.Create(CultureInfo.InvariantCulture, $"/data/{dataset}/editions/{edition}/{path}?amendment={amendment}");
}
