using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Mappings;

/// <summary>A mapping while it is being proposed: which column feeds which field, and what is in doubt.</summary>
internal sealed class Draft(RecordType records, IReadOnlyList<ColumnProfile> columns) {
  /// <summary>A name this much like an alias is enough, where the content fits too.</summary>
  public const double Enough = 55;

  private readonly Dictionary<string, (ColumnMapping Mapping, IReadOnlyList<ColumnProfile> Columns)> _fed = new(StringComparer.Ordinal);
  private readonly HashSet<ColumnProfile> _used = [];
  private readonly List<string> _doubts = [];
  private readonly Dictionary<string, (HeaderName[] Aliases, HeaderName[] Never)> _names = records.Fields
    .ToDictionary(f => f.Name, f => (f.Aliases.Select(HeaderName.Of).ToArray(), f.Never.Select(HeaderName.Of).ToArray()));

  /// <summary>The record type.</summary>
  public RecordType Records => records;
  /// <summary>How many records the sample has.</summary>
  public int Rows => columns[0].Cells.Count;
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
  public bool IsMapped(Field field) => _fed.ContainsKey(field.Name);
  /// <summary>The first field of a role, where it is fed.</summary>
  public Field? Fed(FieldRole role) => records.Of(role) is { } field && IsMapped(field) ? field : null;
  /// <summary>What feeds a field.</summary>
  public ColumnMapping Mapping(Field field) => _fed[field.Name].Mapping;
  /// <summary>The first column that feeds a field.</summary>
  public ColumnProfile Profile(Field field) => _fed[field.Name].Columns[0];
  /// <summary>Adds a sentence of doubt.</summary>
  public void Doubt(string sentence) => _doubts.Add(sentence);

  /// <summary>The times that are fed and pass a test.</summary>
  public IReadOnlyList<Field> Times(Func<ColumnMapping, bool> test) =>
    [.. records.Fields.Where(f => f.Type is FieldType.Timestamp && IsMapped(f) && test(Mapping(f)))];

  /// <summary>Feeds a field.</summary>
  /// <param name="shared">Whether the columns may feed others too.</param>
  public void Map(Field field, IReadOnlyList<ColumnProfile> from, Func<IReadOnlyList<string>, ColumnMapping> mapping, bool shared = false) {
    _fed[field.Name] = (mapping([.. from.Select(c => c.Name.Text)]), from);
    if (!shared) _used.UnionWith(from);
  }

  /// <summary>Feeds a field from one column as it stands.</summary>
  public void Map(Field field, ColumnProfile from, bool shared = false) =>
    Map(field, [from], names => AsItStands(field, from, names), shared);

  /// <summary>Takes a field's feed back, and frees its columns.</summary>
  public void Unmap(Field field) {
    if (!_fed.Remove(field.Name, out var was)) return;
    _used.ExceptWith(was.Columns.Where(c => !_fed.Values.Any(m => m.Columns.Contains(c))));
  }

  /// <summary>Feeds a field from the column that a person named.</summary>
  public void Give(Field field, string column) {
    var profile = columns.First(c => c.Name.Text == column);
    Map(field, profile, shared: profile.Point is not null);
  }

  /// <summary>The joined text of a field in each record of the sample.</summary>
  public IEnumerable<string> Texts(Field field) => Join(_fed[field.Name].Columns, ColumnMapping.Separator(field));

  /// <summary>The joined text of columns, record by record; empty cells are left out.</summary>
  public static IEnumerable<string> Join(IReadOnlyList<ColumnProfile> from, string separator) => from.Count == 1
    ? from[0].Cells
    : Enumerable.Range(0, from[0].Cells.Count).Select(r => string.Join(separator, from.Select(c => c.Cells[r]).Where(c => c.Length > 0)));

  /// <summary>How much a column's name is like a field's aliases, 0 to 100; earlier aliases count for more.</summary>
  public double Likeness(Field field, ColumnProfile column) {
    var (aliases, never) = _names[field.Name];
    var best = 0.0;
    for (var at = 0; at < aliases.Length; at++) best = Math.Max(best, column.Name.Likeness(aliases[at]) - Math.Min(20, 0.4 * at));
    if (Array.Exists(aliases, a => a.Plain == column.Name.Plain)) return best;
    return Array.Exists(never, n => n.Words.All(column.Name.Has)) ? 0 : best;
  }

  /// <summary>The free column that fits best by a measure, or null where none reaches the least; of equals the first in the file.</summary>
  public ColumnProfile? Best(Func<ColumnProfile, double> fit, double least = Enough) => Ranked(fit, least).FirstOrDefault();

  /// <summary>The free columns that reach a least by a measure, the best first.</summary>
  public IEnumerable<ColumnProfile> Ranked(Func<ColumnProfile, double> fit, double least = Enough) =>
    Free.Select(c => (Column: c, Fit: fit(c))).Where(c => c.Fit >= least)
      .OrderByDescending(c => c.Fit).ThenBy(c => c.Column.At).Select(c => c.Column);

  /// <summary>Feeds each of several fields with the free column that fits it best, the surest pairs first.</summary>
  public void MapBest(IEnumerable<Field> fields, Func<Field, ColumnProfile, double> fit, Action<Field, ColumnProfile> map) {
    var pairs = fields.Where(f => !IsMapped(f)).SelectMany(f => Free.Select(c => (Field: f, Column: c, Fit: fit(f, c))))
      .Where(p => p.Fit >= Enough).OrderByDescending(p => p.Fit).ThenBy(p => p.Column.At).ToList();
    foreach (var (field, column, _) in pairs) {
      if (!IsMapped(field) && !_used.Contains(column)) map(field, column);
    }
  }

  /// <summary>The fields that may be the event time, best first: none for records that count on the day of a main record.</summary>
  public IReadOnlyList<Field> EventTimes(DatasetDeclaration dataset) =>
    records.Parent is null ? [.. dataset.EventTimes.Select(n => records[n])] : [];

  /// <summary>The field of the event time: the first declared that is fed and says something in most rows.</summary>
  public Field? EventTime(DatasetDeclaration dataset) {
    var fed = EventTimes(dataset).Where(IsMapped).ToList();
    return fed.Find(f => Profile(f).Filled >= 0.8) ?? fed.MaxBy(f => Profile(f).Filled);
  }

  private static ColumnMapping AsItStands(Field field, ColumnProfile column, IReadOnlyList<string> names) => field.Type switch {
    FieldType.Timestamp when column.Time is { } time => new(names, time.Format, time.HasOffset, DateOnly: time.DateOnly),
    FieldType.Latitude or FieldType.Longitude => new(names, column.Point),
    FieldType.Clock => new(names, ClockWitness.Format(column.Values)),
    _ => new(names),
  };
}
