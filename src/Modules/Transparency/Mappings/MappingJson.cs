using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Porchlight.Transparency.Mappings;

/// <summary>A mapping as a file. The same mapping is always the same text, byte for byte, so that versions can be compared.</summary>
internal static class MappingJson {
  private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) {
    WriteIndented = true, NewLine = "\n", IgnoreReadOnlyProperties = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
  };

  /// <summary>Writes a mapping, its parts in the order it holds them.</summary>
  public static string Write(SourceMapping mapping) => JsonSerializer.Serialize(mapping, Options);

  /// <summary>Reads what <see cref="Write"/> wrote; refuses what it does not know.</summary>
  public static SourceMapping Read(string json) =>
    JsonSerializer.Deserialize<SourceMapping>(json, Options) ?? throw new InvalidDataException("an empty mapping");
}
