using Porchlight.Kernel;

namespace Porchlight.Transparency.Datasets;

/// <summary>
/// A dataset as declared in <c>Declared/NAME.json</c>: everything the importer, the checks, the dictionary page and the downloads know about
/// it. Code asks for roles, never for a dataset by name.
/// </summary>
/// <param name="Name">In addresses and on the command line: <c>incidents</c>.</param>
/// <param name="Label">Its name for residents.</param>
/// <param name="Definition">What it counts, in two or three plain sentences.</param>
/// <param name="Caveat">What to keep in mind when reading it.</param>
/// <param name="Page">The address of its page, without the language prefix.</param>
/// <param name="Units">What may be counted. A figure always names its unit; "rows" is never one.</param>
/// <param name="TypeCodes">Which code table the values of the type field are mapped to; null: the source's own values are the types.</param>
/// <param name="CityOnlyThreshold">Rows counted for the city only are shown for a period where they are this many or more (persons, else events).</param>
/// <param name="EventTimes">Fields of the main records that may be the day a row counts on, best first: the first that a source has.</param>
/// <param name="Sensitive">The rules that keep a row out of every area: any that matches.</param>
/// <param name="Intervals">Named durations between two times, in seconds.</param>
/// <param name="RecordTypes">One or more kinds of record: the main one, then those that belong to it, each joined by a field with its key.</param>
internal sealed record DatasetDeclaration(
    string Name, Words Label, Words Definition, Words Caveat, string Page, IReadOnlyList<Unit> Units, string? TypeCodes, int CityOnlyThreshold,
    IReadOnlyList<string> EventTimes,
    IReadOnlyList<SensitiveRule> Sensitive, IReadOnlyList<Interval> Intervals, IReadOnlyList<RecordType> RecordTypes) {
  /// <summary>The record type that figures are counted from.</summary>
  public RecordType Main => RecordTypes[0];

  /// <summary>How one of its record types is written in an address: <c>incidents</c>, <c>complaints/allegations</c>.</summary>
  public string PathOf(RecordType records) => RecordTypes.Count == 1 ? Name : $"{Name}/{records.Name}";
}

/// <summary>What may be counted.</summary>
/// <param name="Name">Lower case, plural: <c>offenses</c>.</param>
/// <param name="IdentifiedBy">The fields that identify one; empty: each row is one.</param>
internal sealed record Unit(string Name, Words Label, IReadOnlyList<string> IdentifiedBy);

/// <summary>
/// A kind of record in a dataset, with its fields in the order of the dictionary. One that belongs to a main record (an allegation to its
/// complaint) holds that one's key in its <see cref="Parent"/>, counts on that one's day, and may have no key of its own.
/// </summary>
internal sealed record RecordType(string Name, Words Label, IReadOnlyList<Field> Fields) {
  /// <summary>The first field of a role, or null.</summary>
  public Field? Of(FieldRole role) => Fields.FirstOrDefault(f => f.Role == role);
  /// <summary>The field that holds the key of the main record this one belongs to; null for the main records.</summary>
  public Field? Parent => Of(FieldRole.Parent);
  /// <summary>The field, or an exception: a declaration that names a field it does not have is refused when it is read.</summary>
  public Field this[string name] => Fields.First(f => f.Name == name);
}

/// <summary>One declared field.</summary>
/// <param name="Name">Snake case; the column in every file of ours.</param>
/// <param name="Publish">What may leave <c>restricted/</c>.</param>
/// <param name="Aliases">Header names seen in the field, in lower case words, the surest first: what the mapping is proposed from.</param>
/// <param name="Never">Words that a header of the field never holds ("updated", "suspect"), unless it is an alias letter for letter.</param>
/// <param name="Protects">Whether a value of this field that no map knows makes its row sensitive.</param>
internal sealed record Field(
  string Name, FieldType Type, FieldRole Role, Publication Publish, Words Label, Words Definition, IReadOnlyList<string> Aliases, IReadOnlyList<string> Never,
  bool Protects);

/// <summary>How a source's text is read.</summary>
internal enum FieldType {
  /// <summary>Kept as written, trimmed.</summary>
  Text,
  /// <summary>One of a set of values; mapped by the source's value map.</summary>
  Code,
  /// <summary>Date and time; at midnight throughout, a date.</summary>
  Timestamp,
  /// <summary>A time of day or a shift, used only to prove what the clock of a time means.</summary>
  Clock,
  /// <summary>Whole number.</summary>
  Integer,
  /// <summary>Yes, no, or a value to map.</summary>
  Flag,
  /// <summary>Degrees north, WGS84.</summary>
  Latitude,
  /// <summary>Degrees east, WGS84.</summary>
  Longitude,
}

/// <summary>What a field is for.</summary>
internal enum FieldRole {
  None, Key, RowId, Parent, Reported, Occurred, ClockWitness, Area, Type, TypeDetail, Priority, Latitude, Longitude, Address, Agency, OnView, Sensitive,
  Status, PersonAttribute, Cleared, Narrative,
  Received, Entered, Dispatched, EnRoute, OnScene, Closed,
}

/// <summary>What may leave <c>restricted/</c>.</summary>
internal enum Publication {
  /// <summary>Never leaves.</summary>
  Withheld,
  /// <summary>As mapped.</summary>
  Published,
  /// <summary>A time to its hour.</summary>
  Hour,
  /// <summary>A point to its cell of a thousandth of a degree, about a block.</summary>
  Block,
}

/// <summary>A rule over any fields that makes a row sensitive: all its conditions hold.</summary>
/// <param name="Why">For the dictionary: what it protects.</param>
/// <param name="Field">The field it reads.</param>
/// <param name="Is">Codes (after mapping) of which the field is one; empty with <paramref name="Below"/>.</param>
/// <param name="Below">A number that the field is below; null with <paramref name="Is"/>.</param>
internal sealed record SensitiveRule(Words Why, string Field, IReadOnlyList<string> Is, int? Below);

/// <summary>A named duration in whole seconds.</summary>
/// <param name="Name">dispatch, travel or total.</param>
/// <param name="From">The field it starts at.</param>
/// <param name="To">The field it ends at.</param>
internal sealed record Interval(string Name, Words Label, string From, string To);
