using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>What sources write where they know nothing: it becomes "not known" and is listed for the steward, never a value.</summary>
internal static class Placeholders {
  /// <summary>In every field, as trimmed upper case text.</summary>
  public static readonly IReadOnlyList<string> Everywhere = [
    "", "-", "--", "---", "----", ".", "?", "X", "XX", "XXX", "NULL", "(NULL)", "<NULL>", "NIL", "NA", "N/A", "#N/A", "NAN", "NONE",
    "SELECT", "SELECT ONE", "UNKNOWN", "UNK", "UNKN", "NOT SPECIFIED", "UNSPECIFIED", "NOT PROVIDED", "NOT AVAILABLE", "NOT APPLICABLE",
    "NOT REPORTED", "NOT KNOWN", "NO DATA", "NO DATA AVAILABLE", "MISSING", "BLANK", "(BLANK)", "UNDEFINED", "TBD", "#REF!", "#VALUE!",
  ];

  /// <summary>
  /// The placeholders of a field: those of every field, and a zero where it cannot be a value. Priorities, flags, clocks and codes can be
  /// zero.
  /// </summary>
  public static IReadOnlyList<string> Of(Field field) {
    var zeroSaysNothing = field.Type is FieldType.Latitude or FieldType.Longitude or FieldType.Integer or FieldType.Timestamp
      || field.Role is FieldRole.Key or FieldRole.RowId or FieldRole.Parent or FieldRole.Area;
    return zeroSaysNothing ? EverywhereOrZero : Everywhere;
  }

  /// <summary>Whether a value of a field says nothing.</summary>
  public static bool IsNotKnown(Field field, string? value) => value is null || Of(field).Contains(value.Trim().ToUpperInvariant());

  /// <summary>Those of any field.</summary>
  public static IReadOnlyList<string> All => EverywhereOrZero;

  private static readonly IReadOnlyList<string> EverywhereOrZero = [.. Everywhere, "0", "0.0", "00", "000", "0000", "-1"];
}
