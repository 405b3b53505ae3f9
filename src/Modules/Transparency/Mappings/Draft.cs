using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>A mapping while it is being proposed: which column feeds which field, and what is in doubt.</summary>
internal sealed class Draft(RecordType records, IReadOnlyList<ColumnProfile> columns) {
  /// <summary>A name this much like an alias is enough, where the content fits too.</summary>
  public const double Enough = 55;

  private readonly Dictionary<string, (ColumnMapping Mapping, IReadOnlyList<ColumnProfile> Columns)> _mapped = new(StringComparer.Ordinal);
  private readonly HashSet<ColumnProfile> _used = [];
  private readonly List<string> _doubts = [];
  private readonly Dictionary<string, (HeaderName[] Aliases, HeaderName[] Never)> _names = records.Fields
    .ToDictionary(f => f.Name, f => (f.Aliases.Select(HeaderName.Of).ToArray(), f.Never.Select(HeaderName.Of).ToArray()));

  /// <summary>The record type.</summary>
  public RecordType Records => records;
  /// <summary>The file's columns.</summary>
  public IReadOnlyList<ColumnProfile> Columns => columns;
  /// <summary>Columns that feed nothing yet and say something.</summary>
  public IEnumerable<ColumnProfile> Free => columns.Where(c => !_used.Contains(c) && c.Values.Count > 0);
  /// <summary>Sentences for the person who confirms.</summary>
  public IReadOnlyList<string> Doubts => _doubts;
  /// <summary>The key's fields.</summary>
  public IReadOnlyList<string> Key { get; set; } = [];
  /// <summary>Whether the key repeats in the sample.</summary>
  public bool KeyRepeats { get; set; }
  /// <summary>Columns that could be the key instead, best first.</summary>
  public IReadOnlyList<string> OtherKeys { get; set; } = [];

  /// <summary>Whether a field is fed.</summary>
  public bool IsMapped(Field field) => _mapped.ContainsKey(field.Name);
  /// <summary>What feeds a field.</summary>
  public ColumnMapping Mapping(Field field) => _mapped[field.Name].Mapping;
  /// <summary>The first column that feeds a field.</summary>
  public ColumnProfile Profile(Field field) => _mapped[field.Name].Columns[0];
  /// <summary>Adds a sentence of doubt.</summary>
  public void Doubt(string sentence) => _doubts.Add(sentence);

  /// <summary>Feeds a field.</summary>
  /// <param name="shared">Whether the column may feed others too.</param>
  public void Map(Field field, IReadOnlyList<ColumnProfile> from, Func<IReadOnlyList<string>, ColumnMapping> mapping, bool shared = false) {
    _mapped[field.Name] = (mapping([.. from.Select(c => c.Name.Text)]), from);
    if (!shared) _used.UnionWith(from);
  }

  /// <summary>Feeds a field from one column, as a person said.</summary>
  public void Give(Field field, string column) {
    var profile = columns.First(c => c.Name.Text == column);
    Map(field, [profile], names => field.Type switch {
      FieldType.Timestamp when profile.Time is { } time => new(names, time.Format, time.HasOffset, DateOnly: time.DateOnly),
      FieldType.Latitude or FieldType.Longitude => new(names, PointText.Format(profile)),
      FieldType.Clock => new(names, ClockWitness.Format(profile.Values)),
      _ => new(names),
    }, shared: PointText.Format(profile) is not null);
  }

  /// <summary>The joined text of a field in each record of the sample.</summary>
  public IEnumerable<string> Texts(Field field) => Join(_mapped[field.Name].Columns, ColumnMapping.Separator(field));

  /// <summary>The joined text of columns, record by record; empty cells are left out.</summary>
  public static IEnumerable<string> Join(IReadOnlyList<ColumnProfile> from, string separator) => from.Count == 1
    ? from[0].Cells
    : Enumerable.Range(0, from[0].Cells.Count).Select(r => string.Join(separator, from.Select(c => c.Cells[r]).Where(c => c.Length > 0)));

  /// <summary>How much a column's name is like a field's aliases, 0 to 100; earlier aliases count for more.</summary>
  public double Likeness(Field field, ColumnProfile column) {
    var (aliases, never) = _names[field.Name];
    var best = 0.0;
    for (var at = 0; at < aliases.Length; at++) best = Math.Max(best, column.Name.Likeness(aliases[at]) - Math.Min(20, 0.4 * at));
    if (best >= 76 && Array.Exists(aliases, a => a.Plain == column.Name.Plain)) return best;
    return Array.Exists(never, n => n.Words.All(column.Name.Has)) ? 0 : best;
  }

  /// <summary>The field of the event time: the first declared that is fed and says something in most rows.</summary>
  public Field? EventTime(DatasetDeclaration dataset) {
    var fed = dataset.EventTimes.Select(n => records[n]).Where(IsMapped).ToList();
    return fed.Find(f => Profile(f).Filled >= 0.8) ?? fed.MaxBy(f => Profile(f).Filled);
  }

  /// <summary>Feeds every field still unfed with the free column that fits best, the best fits first.</summary>
  public void FillByName(IEnumerable<Field> fields) {
    var open = fields.Where(f => !IsMapped(f) && f.Type is not (FieldType.Timestamp or FieldType.Latitude or FieldType.Longitude)).ToList();
    var fits = open.SelectMany(f => Free.Select(c => (Field: f, Column: c, Fit: Likeness(f, c) * Content(f, c)))).Where(x => x.Fit >= Enough)
      .OrderByDescending(x => x.Fit).ThenBy(x => x.Column.At).ToList();
    foreach (var (field, column, _) in fits) {
      if (IsMapped(field) || _used.Contains(column)) continue;
      if (field.Role is FieldRole.Address && StreetParts(column) is { } parts) Map(field, parts, names => new(names));
      else Map(field, [column], names => new(names, field.Type is FieldType.Clock ? ClockWitness.Format(column.Values) : null));
    }
    // one column may tell both how a case ended and whether someone was arrested
    if (records.Of(FieldRole.Cleared) is { } cleared && !IsMapped(cleared) && records.Of(FieldRole.Status) is { } status && IsMapped(status)
        && Profile(status).ShareOf(v => v.Contains("arrest", StringComparison.OrdinalIgnoreCase)) > 0)
      Map(cleared, [Profile(status)], names => new(names), shared: true);
  }

  // house or block number and street in two columns
  private List<ColumnProfile>? StreetParts(ColumnProfile column) {
    if (column.Lettered < 0.5) return null;
    var number = Free.FirstOrDefault(c => c != column && c.Whole > 0.8 && c.Name.Words.Any(w => w is "block" or "street" or "address" or "house") && c.Name.Has("number"));
    return column.Name.Words.Any(w => w is "street" or "road") && number is not null ? [number, column] : null;
  }

  /// <summary>How well a column's content fits a field, 0 to 1.</summary>
  private static double Content(Field field, ColumnProfile column) => field switch {
    { Type: FieldType.Clock } => ClockWitness.Format(column.Values) is null ? 0 : 1,
    { Role: FieldRole.OnView } => FlagShare(field, column) is >= 0.5 ? 1 : 0,
    { Role: FieldRole.Cleared } => FlagShare(field, column) is >= 0.3 ? 1 : 0,
    { Type: FieldType.Flag } => FlagShare(field, column) is >= 0.6 and var known ? known : 0,
    { Role: FieldRole.PersonAttribute } => column.ShareOf(v => v.Any(char.IsAsciiDigit)) >= 0.5 && column.Time is null && column.Counts.Count <= 250 ? 1 : 0,
    { Role: FieldRole.Area } => column.Time is not null || PointText.Format(column) is not null || column.Counts.Count > 1500 || column.Distinct > 0.9 && column.Values.Count > 50 ? 0
      : column.Filled < 0.2 ? 0.6 : column.Filled < 0.75 ? 0.9 : 1,
    { Type: FieldType.Code } => column.Counts.Count > 300 || column.Distinct > 0.9 && column.Values.Count > 50 || column.Time is not null ? 0
      // "IC" beside "Invest Cont": where both are there, the words
      : field.Role is FieldRole.Status && column.Length <= 3 ? 0.95 : 1,
    { Role: FieldRole.TypeDetail } => column.Lettered < 0.5 ? 0 : 1,
    { Role: FieldRole.Address } => column.Lettered < 0.5 || PointText.Format(column) is not null ? 0 : 1,
    { Role: FieldRole.Narrative } => column.Lettered < 0.3 ? 0 : 1,
    { Type: FieldType.Text } => 1,
    _ => 1,
  };

  private static double FlagShare(Field field, ColumnProfile column) {
    if (column.Counts.Count > 60) return 0;
    var map = ValueProposal.For(field, Catalog.All[0], column.Counts.Select(c => (c.Key, (long)c.Value)), ProposalContext.None);
    return column.ShareOf(v => map.Codes.ContainsKey(ValueProposal.Key(v)));
  }
}
