using System.Globalization;
using System.Text;
using QRCoder;

namespace Porchlight.Ui.Parts;

/// <summary>A code to scan, as an SVG path: one unit a module, the quiet zone of four around it included.</summary>
/// <param name="Path">The d of the dark modules.</param>
/// <param name="Size">Width and height of the viewBox.</param>
public sealed record ScanCode(string Path, int Size) {
  /// <summary>Draws an address. Level M: a sheet on a wall gets dirty.</summary>
  public static ScanCode Of(string address) {
    using var generator = new QRCodeGenerator();
    using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
    var path = new StringBuilder();
    for (var y = 0; y < code.ModuleMatrix.Count; y++) {
      for (var x = 0; x < code.ModuleMatrix[y].Count; x++) {
        var start = x;
        while (x < code.ModuleMatrix[y].Count && code.ModuleMatrix[y][x]) x++;
        if (x > start) path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
      }
    }
    return new(path.ToString(), code.ModuleMatrix.Count);
  }
}
