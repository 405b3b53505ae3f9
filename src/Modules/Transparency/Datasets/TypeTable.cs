using Porchlight.Kernel;

namespace Porchlight.Transparency.Datasets;

/// <summary>What a value of the type field may be mapped to, and how it counts.</summary>
/// <param name="Code">A NIBRS offense code, or a special code.</param>
/// <param name="Category">The group it is shown under; one of <see cref="TypeTable.Categories"/>.</param>
/// <param name="Class">Whether it counts as reported crime.</param>
internal sealed record TypeCode(string Code, Words Label, string Category, TypeClass Class);

/// <summary>A group of types that residents see.</summary>
/// <param name="Group">property, persons or society: what NIBRS says the crime is against; empty for what is not counted.</param>
internal sealed record CategoryCode(string Code, Words Label, string Group);

/// <summary>The code table of NIBRS offenses with our plain labels (see Codes/README.md).</summary>
internal static class TypeTable {
  /// <summary>Values that no one has mapped.</summary>
  public const string Unmapped = "unmapped";
  /// <summary>Things that are no offense: found property, a towed car.</summary>
  public const string NotAnOffense = "not-an-offense";
  /// <summary>Found not to have happened.</summary>
  public const string Unfounded = "unfounded";

  /// <summary>All categories in the order of the pages.</summary>
  public static readonly IReadOnlyList<CategoryCode> Categories =
    [.. CodeFile.Read("categories.csv").Select(r => new CategoryCode(r["code"], new(r["label_en"], r["label_es"]), r["group"]))];

  /// <summary>
  /// All codes by code. A category's own code stands for all its kinds together, where each alone is too rare to be shown (counts for the city only).
  /// </summary>
  public static readonly IReadOnlyDictionary<string, TypeCode> Nibrs = CodeFile.Read("nibrs.csv")
    .Select(r => new TypeCode(r["code"], new(r["label_en"], r["label_es"]), r["category"], Class(r["class"])))
    .Concat(Categories.Where(c => c.Group.Length > 0).Select(c => new TypeCode(c.Code, new($"{c.Label.En}, all kinds", $"{c.Label.Es}, de todo tipo"), c.Code, TypeClass.Crime)))
    .ToDictionary(t => t.Code);

  /// <summary>From the official NIBRS name (as in "Drug/Narcotic Violations") to its code.</summary>
  public static readonly IReadOnlyDictionary<string, string> NibrsNames =
    CodeFile.Read("nibrs.csv").Where(r => r["name"].Length > 0)
      .ToDictionary(r => r["name"], r => r["code"], StringComparer.OrdinalIgnoreCase);

  private static TypeClass Class(string word) => word switch {
    "crime" => TypeClass.Crime,
    "group-b" => TypeClass.GroupB,
    NotAnOffense => TypeClass.NotAnOffense,
    Unfounded => TypeClass.Unfounded,
    _ => TypeClass.Unmapped,
  };
}

/// <summary>How a type counts.</summary>
internal enum TypeClass {
  /// <summary>NIBRS Group A: counts as reported crime.</summary>
  Crime,
  /// <summary>NIBRS Group B: only arrests are reported; shown apart.</summary>
  GroupB,
  /// <summary>No offense: left out, and counted beside the total.</summary>
  NotAnOffense,
  /// <summary>Found not to have happened: left out, and counted beside the total.</summary>
  Unfounded,
  /// <summary>A value no map knows: shown as unmapped, never counted.</summary>
  Unmapped,
  /// <summary>Not a crime table: each value of the source is a type.</summary>
  Own,
}
