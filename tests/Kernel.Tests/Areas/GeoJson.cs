using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Porchlight.Kernel.Tests.Areas;

/// <summary>Makes small boundary files.</summary>
internal static class GeoJson {
  /// <summary>A square with its south-west corner at a place, sides in degrees.</summary>
  public static object Square(double lon, double lat, double side = 0.01, object? properties = null) =>
    Feature(new { type = "Polygon", coordinates = new[] { Ring(lon, lat, side) } }, properties);

  public static double[][] Ring(double lon, double lat, double side) =>
    [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]];

  public static object Feature(object? geometry, object? properties) => new { type = "Feature", properties = properties ?? new { }, geometry };

  public static string Text(params object[] features) => JsonSerializer.Serialize(new { type = "FeatureCollection", features });

  public static Stream File(params object[] features) => Bytes(Text(features));

  public static Stream Bytes(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

  public static Stream Packed(string text) {
    var packed = new MemoryStream();
    using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
    packed.Position = 0;
    return packed;
  }
}
