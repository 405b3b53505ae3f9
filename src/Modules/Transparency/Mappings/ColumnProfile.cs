using System.Globalization;

namespace Porchlight.Transparency.Mappings;

/// <summary>One column of a sample: its name, and what its values look like.</summary>
internal sealed class ColumnProfile {
  private readonly Lazy<TimeFormat?> _time;
  private readonly Lazy<string?> _point;

  /// <summary>Looks at a column.</summary>
  /// <param name="header">Its name as the file writes it.</param>
  /// <param name="cells">Its cells, one a record.</param>
  public ColumnProfile(string header, int at, IEnumerable<string?> cells) {
    Name = HeaderName.Of(header);
    At = at;
    Cells = [.. cells.Select(c => c?.Trim() ?? "")];
    Values = [.. Cells.Where(c => !Placeholders.Everywhere.Contains(c.ToUpperInvariant()))];
    Counts = Values.CountBy(v => v, StringComparer.OrdinalIgnoreCase).OrderByDescending(c => c.Value).ToList();
    _point = new(() => PointText.Format(this));
    _time = new(() => TimeFormat.Of(Values, SpeaksOfTime));
  }

  /// <summary>The column's name.</summary>
  public HeaderName Name { get; }
  /// <summary>Its place in the file.</summary>
  public int At { get; }
  /// <summary>Every cell, trimmed; empty where there is none.</summary>
  public IReadOnlyList<string> Cells { get; }
  /// <summary>The cells that say something.</summary>
  public IReadOnlyList<string> Values { get; }
  /// <summary>The distinct values (without regard to case) and their rows, most rows first.</summary>
  public IReadOnlyList<KeyValuePair<string, int>> Counts { get; }
  /// <summary>The same as pairs, for <see cref="ValueProposal"/>.</summary>
  public IReadOnlyList<(string Value, long Rows)> Tally => [.. Counts.Select(c => (c.Key, (long)c.Value))];
  /// <summary>How it writes times; null where it does not.</summary>
  public TimeFormat? Time => _time.Value;

  /// <summary>How it writes points (<see cref="PointText"/>); null where it does not.</summary>
  public string? Point => _point.Value;

  /// <summary>The share of the records in which it says something.</summary>
  public double Filled => Cells.Count == 0 ? 0 : (double)Values.Count / Cells.Count;
  /// <summary>The share of its values that differ from all others before them.</summary>
  public double Distinct => Values.Count == 0 ? 0 : (double)Counts.Count / Values.Count;
  /// <summary>Whether no value repeats.</summary>
  public bool IsUnique => Values.Count > 0 && Counts.Count == Values.Count && Values.Count == Cells.Count;
  /// <summary>The share of its values that are whole numbers.</summary>
  public double Whole => ShareOf(v => long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
  /// <summary>The share of its values that hold a letter.</summary>
  public double Lettered => ShareOf(v => v.Any(char.IsLetter));
  /// <summary>The mean length of its values.</summary>
  public double Length => Values.Count == 0 ? 0 : Values.Average(v => v.Length);
  /// <summary>Whether its name speaks of a day or a time.</summary>
  public bool SpeaksOfTime =>
    Name.Words.Any(w => w is "date" or "time" or "when" or "create" or "receive" or "report" or "occur" or "dispatch" or "arrive" or "close"
      or "start") && !Name.Words.Any(w => w is "number" or "id" or "code" or "key");

  /// <summary>The share of its values that pass a test.</summary>
  public double ShareOf(Func<string, bool> test) =>
    Values.Count == 0 ? 0 : (double)Counts.Where(c => test(c.Key)).Sum(c => c.Value) / Values.Count;

  /// <summary>
  /// The share of its numbers between two bounds. Zeros and ones stand for nothing known and do not count, nor does what is no number; but
  /// no more than half may be such.
  /// </summary>
  public double ShareBetween(double low, double high) {
    int rows = 0, within = 0;
    foreach (var (text, count) in Counts) {
      var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
      if (!isNumber || number is 0 or 1 or -1) continue;
      rows += count;
      if (number >= low && number <= high) within += count;
    }
    return rows == 0 || rows < Values.Count / 2 ? 0 : (double)within / rows;
  }

  /// <inheritdoc/>
  public override string ToString() => Name.Text;
}
