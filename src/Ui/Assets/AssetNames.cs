using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Porchlight.Ui.Assets;

/// <summary>
/// The hashed addresses of what <c>client/build.mjs</c> made, read from the static assets the program serves: the framework's own
/// <c>@Assets[...]</c> stays unhashed in a RazorComponentResult (aspnetcore 58937).
/// </summary>
public sealed partial class AssetNames {
  private readonly Lazy<Dictionary<string, string>> _addresses;

  /// <summary>Reads the endpoints when first asked, for they are mapped after services are built.</summary>
  public AssetNames(EndpointDataSource endpoints) : this(() => endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<StaticAssetDescriptor>()?.Route).OfType<string>()) { }

  internal AssetNames(Func<IEnumerable<string>> routes) =>
    _addresses = new(() => routes().Select(r => (Route: r, Name: Hashed().Match(r))).Where(r => r.Name.Success)
      .DistinctBy(r => r.Route).ToDictionary(r => r.Name.Groups["name"].Value + r.Name.Groups["extension"].Value, r => "/" + r.Route));

  /// <summary>"house.css" gives "/assets/house-1a2b3c4d.css".</summary>
  /// <exception cref="KeyNotFoundException">There is no such asset.</exception>
  public string this[string name] => _addresses.Value.TryGetValue(name, out var address) ? address
    : throw new KeyNotFoundException($"No asset \"{name}\". Is it in src/Ui/client, and are static assets mapped?");

  /// <summary>Whether an address names a file by its content, so that it may be kept for ever.</summary>
  internal static bool IsHashed(string path) => Hashed().IsMatch(path);

  [GeneratedRegex(@"^/?assets/(?<name>[\w-]+)-(?:[A-Z0-9]{8}|[a-f0-9]{8})(?<extension>\.\w+)$", RegexOptions.ExplicitCapture)]
  private static partial Regex Hashed();
}
