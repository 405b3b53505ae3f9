using System.Text.Json.Serialization;
using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>
/// How one source's files are read: which column feeds which declared field, what identifies a row, what its times mean, what its values
/// mean. Proposed by the program, confirmed by a person (or accepted unattended), saved in versions, and proven again on every file.
/// </summary>
internal sealed record SourceMapping {
  /// <summary>The columns of the file, in order: a file with other columns is not read by this mapping.</summary>
  public required IReadOnlyList<string> Header { get; init; }
  /// <summary>From declared field name to the column or columns that feed it.</summary>
  public required IReadOnlyDictionary<string, ColumnMapping> Fields { get; init; }
  /// <summary>
  /// Declared fields that together identify a row, in order of trust; empty: rows are keyed by their content, those that belong to a main
  /// record within it.
  /// </summary>
  public required IReadOnlyList<string> Key { get; init; }
  /// <summary>Whether the key repeats inside a file, so that type and ordinal widen it.</summary>
  public bool KeyRepeats { get; init; }
  /// <summary>Columns (of the header) that could be the key instead, best first.</summary>
  public IReadOnlyList<string> OtherKeys { get; init; } = [];
  /// <summary>What a row missing from a later file means; null: not declared yet.</summary>
  public Cover? Cover { get; init; }
  /// <summary>IANA zone the department's clock is in; null: times are taken as written.</summary>
  public string? TimeZone { get; init; }
  /// <summary>
  /// Whether figures count by the day of the report or of the event. The field of the event time that is mapped decides. Null for records that
  /// count on the day of the main record they belong to.
  /// </summary>
  [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
  public required string? EventTime { get; init; }
  /// <summary>From declared field name (codes and flags) to what its values mean.</summary>
  public IReadOnlyDictionary<string, ValueMap> Values { get; init; } = new Dictionary<string, ValueMap>();
  /// <summary>Values of the agency column that are this department.</summary>
  public IReadOnlyList<string> OwnAgency { get; init; } = [];
  /// <summary>The records that the same file carries beside the main ones, whose columns are repeated on each of their rows; null: none.</summary>
  public CarriedMapping? Carries { get; init; }
  /// <summary>What the proposal is unsure of, for the person who confirms it: one sentence each.</summary>
  public IReadOnlyList<string> Unsure { get; init; } = [];
}

/// <summary>How the records that a file of main records carries are read.</summary>
/// <param name="Records">The record type.</param>
internal sealed record CarriedMapping(string Records, SourceMapping Mapping);

/// <summary>Where a declared field's text comes from.</summary>
/// <param name="Columns">Header names; several are joined by <see cref="Separator"/>, empty ones left out.</param>
/// <param name="Format">
/// For times: a strptime pattern of DuckDB (<c>%m/%d/%Y %I:%M:%S %p</c>) without any zone, or several (see <see cref="Formats"/>), or
/// <c>epoch</c> (seconds since 1970), <c>epochms</c> (milliseconds) or <c>excel</c> (days since 1899-12-30). For points <c>wkt</c>
/// (<c>POINT (-122.4 37.7)</c>) or <c>latlon</c> (<c>(37.7, -122.4)</c>, also below an address). For clocks <c>hhmm</c>, <c>hour</c> or
/// <c>shift</c>. Else null.
/// </param>
/// <param name="HasOffset">Whether each time ends in a zone: Z, +00, -05:00.</param>
/// <param name="Offset">What that zone means.</param>
/// <param name="DateOnly">A column always at midnight is a date, and is never shifted.</param>
/// <param name="ListSeparator">Parts a cell that lists several values; proven against the value map, never assumed.</param>
/// <param name="PadTo">
/// Digits that the last column is filled up to with zeros before it is joined: 4 where times of day are written 1, 845, 2230.
/// </param>
internal sealed record ColumnMapping(
    IReadOnlyList<string> Columns, string? Format = null, bool HasOffset = false, OffsetMeaning Offset = OffsetMeaning.AsWritten,
    bool DateOnly = false, string? ListSeparator = null, int? PadTo = null) {
  /// <summary>Parts the patterns of a column that writes its times in more than one way.</summary>
  public const string Or = " | ";
  /// <summary>The patterns in the order they are tried: a time is read by the first that fits it.</summary>
  [JsonIgnore] public IReadOnlyList<string> Formats => Format?.Split(Or) ?? [];

  /// <summary>What joins several columns of a field: a space in a time or an address, else " / ".</summary>
  public static string Separator(Field field) => field.Type is FieldType.Timestamp || field.Role is FieldRole.Address ? " " : " / ";
}

/// <summary>What the zone at the end of a time means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OffsetMeaning>))]
internal enum OffsetMeaning {
  /// <summary>The digits are the department's own clock, whatever zone stands behind them.</summary>
  AsWritten,
  /// <summary>The zone is true, and the time is moved to the department's own clock.</summary>
  True,
}

/// <summary>What a row that is missing from a later file of the same source means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Cover>))]
internal enum Cover {
  /// <summary>Each file is everything: a missing row is withdrawn.</summary>
  Whole,
  /// <summary>Each file is a window: a row older than its first day has aged out and is kept, one missing inside it is withdrawn.</summary>
  Rolling,
  /// <summary>Each file only adds and corrects: a missing row is kept.</summary>
  Additions,
}

/// <summary>What a source's values of one field mean.</summary>
/// <param name="Codes">From the source's value (trimmed, upper case) to a code: of the declared table, or of the source's own list.</param>
internal sealed record ValueMap(IReadOnlyDictionary<string, MappedValue> Codes);

/// <summary>One value's meaning.</summary>
/// <param name="Code">
/// The code it is counted under. Types: a NIBRS code, or one of <see cref="TypeTable"/>'s special codes. Flags: <c>yes</c> or <c>no</c>.
/// The others: <see cref="ValueProposal"/>'s codes.
/// </param>
/// <param name="Label">For a source's own codes.</param>
/// <param name="Sensitive">Whether a row with this value is counted for the city only.</param>
/// <param name="Sure">False where the proposal guessed from part of the words.</param>
/// <param name="Order">Priorities: 1 is the most urgent. Else null.</param>
internal sealed record MappedValue(string Code, Words? Label = null, bool Sensitive = false, bool Sure = true, int? Order = null);
