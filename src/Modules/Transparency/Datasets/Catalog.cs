using System.Text.Json;
using System.Text.Json.Serialization;
using Porchlight.Kernel;

namespace Porchlight.Transparency.Datasets;

/// <summary>The datasets this program knows, read once from the declarations it ships with.</summary>
internal static class Catalog {
  private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) {
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true,
    Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) }, ReadCommentHandling = JsonCommentHandling.Skip,
  };

  /// <summary>All, in the order of the hub.</summary>
  public static readonly IReadOnlyList<DatasetDeclaration> All = [.. ((string[])["incidents", "calls"]).Select(Load)];

  /// <summary>The dataset, or null.</summary>
  public static DatasetDeclaration? Find(string name) => All.FirstOrDefault(d => d.Name == name);

  /// <summary>Finds <c>incidents</c> or <c>complaints/allegations</c>, or says which there are.</summary>
  public static Problem? Find(string path, out DatasetDeclaration dataset, out RecordType records) {
    var parts = path.Split('/');
    dataset = Find(parts[0])!;
    records = dataset?.RecordTypes.FirstOrDefault(r => parts.Length == 1 || r.Name == parts[1])!;
    return records is not null ? null : new($"There is no dataset \"{path}\". Use one of: "
      + string.Join(", ", All.SelectMany(d => d.RecordTypes.Select(d.PathOf))) + ".");
  }

  private static DatasetDeclaration Load(string name) {
    using var file = typeof(Catalog).Assembly.GetManifestResourceStream($"{name}.json") ?? throw new InvalidOperationException($"no declaration {name}.json");
    return Parse(file);
  }

  /// <summary>Reads a declaration and refuses one that contradicts itself: a bug in the program, found at its first start.</summary>
  internal static DatasetDeclaration Parse(Stream json) {
    var declared = JsonSerializer.Deserialize<DatasetDeclaration>(json, Strict) ?? throw new InvalidDataException("an empty declaration");
    foreach (var records in declared.RecordTypes) {
      if (records.Fields.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new InvalidDataException($"{declared.Name}: {twice.Key} twice");
      if (records.Fields.FirstOrDefault(f => f.Publish == Publication.Published && f.Type is (FieldType.Text or FieldType.Timestamp)) is { } open)
        throw new InvalidDataException($"{declared.Name}.{open.Name}: free text and exact times are never published");
      if (records.Fields.FirstOrDefault(f => f.Role == FieldRole.PersonAttribute && f.Publish != Publication.Withheld) is { } person)
        throw new InvalidDataException($"{declared.Name}.{person.Name}: a person attribute is withheld row by row");
    }
    if (declared.Main.Parent is not null || declared.RecordTypes.Skip(1).Any(r => r.Parent is null))
      throw new InvalidDataException($"{declared.Name}: the first record type is the main one; each other has a field of role parent, which holds its key");
    if (declared.RecordTypes.Count > 1 && declared.Main.Of(FieldRole.Key) is null)
      throw new InvalidDataException($"{declared.Name}: {declared.Main.Name} have no key that other records could be joined by");
    foreach (var named in declared.EventTimes.Concat(declared.Sensitive.Select(s => s.Field)).Concat(declared.Intervals.SelectMany(i => (string[])[i.From, i.To])).Concat(declared.Units.SelectMany(u => u.IdentifiedBy)))
      if (declared.Main.Fields.All(f => f.Name != named)) throw new InvalidDataException($"{declared.Name}: no field {named}");
    return declared;
  }
}
