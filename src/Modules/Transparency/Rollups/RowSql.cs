using System.Globalization;
using Porchlight.Kernel.DuckDb;

namespace Porchlight.Transparency.Rollups;

/// <summary>Asks the published rows themselves: the path that is always right, and the one that roll-ups are checked against.</summary>
internal sealed class RowSql {
  private readonly RowLayout _layout;
  private readonly Labels _labels;
  private readonly By[] _by;
  private readonly List<object?> _values = [];
  private readonly string _from, _groups;
  private string _where;

  /// <param name="layout">The columns.</param>
  /// <param name="labels">What their codes are.</param>
  /// <param name="question">Filters and breakdown.</param>
  /// <param name="files">The month files to read, at least one.</param>
  public RowSql(RowLayout layout, Labels labels, Question question, IEnumerable<string> files) {
    (_layout, _labels, _by) = (layout, labels, [.. question.By]);
    _from = $"read_parquet([{string.Join(", ", files.Select(Sql.Text))}])";
    var hour = Sql.Name(layout.EventHour);
    _where = $"{hour} >= {Bind(question.From.ToDateTime(default))} AND {hour} < {Bind(question.To.AddDays(1).ToDateTime(default))}";
    foreach (var field in (By[])[By.Area, By.Type, By.Category, By.Priority])
      if (question.Filter(field) is { } numbers) And(Among(field, numbers));
    if (question.Box is { } box) {
      if (layout.Cell is not var (lat, lon)) throw new ArgumentException("No points are published", nameof(question));
      And($"{Sql.Name(lat)} BETWEEN {Bind(box.FromLat)} AND {Bind(box.ToLat)}");
      And($"{Sql.Name(lon)} BETWEEN {Bind(box.FromLon)} AND {Bind(box.ToLon)}");
    }
    _groups = string.Concat(_by.Select(field => Expression(field) + ", "));
  }

  private string Bind(object? value) {
    _values.Add(value);
    return "$" + _values.Count.ToString(CultureInfo.InvariantCulture);
  }

  private void And(string condition) => _where += " AND " + condition;

  private string? Column(By field) => field switch {
    By.Area => _layout.Area,
    By.Type => _layout.Type,
    By.Category => _layout.Category,
    By.Priority => _layout.Priority,
    _ => _layout.EventHour,
  };

  private string Among(By field, IReadOnlyCollection<int> numbers) {
    if (Column(field) is not { } name) return numbers.Contains(Labels.None) ? "true" : "false";
    List<string> either = [];
    var codes = numbers.Select(number => Code(field, number)).OfType<string>().Distinct().Select(code => Bind(code)).ToArray();
    if (codes.Length > 0) either.Add($"{Sql.Name(name)} IN ({string.Join(", ", codes)})");
    if (numbers.Contains(Labels.None)) either.Add($"{Sql.Name(name)} IS NULL");
    return either.Count == 0 ? "false" : $"({string.Join(" OR ", either)})";
  }

  private string? Code(By field, int number) => field switch {
    By.Area => _labels.Areas[number]?.Code,
    By.Type => _labels.Types[number]?.Code,
    By.Category => _labels.Categories[number]?.Code,
    _ => _labels.Priorities[number]?.Code,
  };

  private string Expression(By field) {
    if (Column(field) is not { } column) return "NULL::VARCHAR";
    var name = Sql.Name(column);
    return field switch {
      By.Year => $"year({name})",
      By.Month => $"year({name}) * 100 + month({name})",
      By.Day => $"year({name}) * 10000 + month({name}) * 100 + day({name})",
      By.Week => $"CAST(strftime(date_trunc('week', {name}), '%Y%m%d') AS INT)",
      By.Weekday => $"isodow({name})",
      By.Hour => $"hour({name})",
      _ => name,
    };
  }

  private List<T> Run<T>(DuckConnection connection, string columns, string having, Func<DuckRow, int[], T> read, CancellationToken ct) {
    var by = string.Join(", ", Enumerable.Range(1, _by.Length));
    var sql = $"SELECT {_groups}{columns} FROM {_from} WHERE {_where}" + (_by.Length == 0 ? "" : $" GROUP BY {by}{having}");
    return connection.List(sql, [.. _values], row => read(row, Key(row)), ct);
  }

  private int[] Key(DuckRow row) {
    var key = new int[_by.Length];
    for (var i = 0; i < key.Length; i++) key[i] = GroupSpace.IsTime(_by[i]) ? (int)row.Long(i) : Number(_by[i], row.Text(i));
    return key;
  }

  private int Number(By field, string? code) {
    if (code is null) return Labels.None;
    var number = field switch {
      By.Area => _labels.Areas.Number(code),
      By.Type => _labels.Types.Number(code),
      By.Category => _labels.Categories.Number(code),
      _ => _labels.Priorities.Number(code),
    };
    return number != Labels.None ? number : throw new InvalidDataException($"The published rows hold a {field} that labels.json does not");
  }

  private void OnlyCounted() {
    if (_layout.Status is { } status) And($"{Sql.Name(status)} = {Bind(RowLayout.Counted)}");
  }

  /// <summary>Counts a unit.</summary>
  public List<CountRow> Count(DuckConnection connection, string unit, CancellationToken ct) {
    OnlyCounted();
    var sum = unit == RowLayout.Rows ? "count(*)" : $"coalesce(sum({Sql.Name(unit)}), 0)";
    return Run(connection, sum, $" HAVING {sum} > 0", (row, key) => new CountRow(key, row.Long(_by.Length)), ct);
  }

  /// <summary>Percentiles and counts within.</summary>
  public List<SecondsRow> Seconds(DuckConnection connection, SecondsQuestion question, CancellationToken ct) {
    OnlyCounted();
    var seconds = Sql.Name(RowLayout.Seconds(question.Interval));
    And($"{seconds} >= 0");
    // a quantile must be a constant of the statement; "R" writes a double so that it reads back the same
    var columns = string.Join(", ", (string[])[
      "count(*)", .. question.Quantiles.Select(q => $"quantile_cont({seconds}, {q.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE)"),
      .. question.Within.Select(within => $"count(*) FILTER ({seconds} <= {Bind(within)})"),
      .. question.Quantiles.SelectMany(q => (string[])[AtRank(q, "-"), AtRank(q, "+")]),
    ]);
    var first = _by.Length;
    var interval = first + 1 + question.Quantiles.Count + question.Within.Count;
    return Run(connection, columns, "", (row, key) => new SecondsRow(key, row.Long(first),
      [.. question.Quantiles.Select((_, i) => row.Double(first + 1 + i))],
      [.. question.Within.Select((_, i) => row.Long(first + 1 + question.Quantiles.Count + i))],
      [.. question.Quantiles.Select((q, i) => Percentiles.IntervalRanks(row.Long(first), q) is null ? (TimeInterval?)null
        : new((int)row.Long(interval + (2 * i)), (int)row.Long(interval + (2 * i) + 1)))]), ct);

    // the value at an end of a quantile's interval, if there is one; see Percentiles
    string AtRank(double quantile, string end) {
      var q = quantile.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE";
      return $"list_extract(list_sort(list({seconds})), ceil((count(*) * {q}) {end} (1.96::DOUBLE * sqrt(count(*) * {q} * (1 - {q}))))::BIGINT)";
    }
  }

  /// <summary>Counts what is in no time, by reason.</summary>
  public List<ExcludedRow> Excluded(DuckConnection connection, CancellationToken ct) {
    var counted = _layout.Status is { } status ? $"{Sql.Name(status)} = {Bind(RowLayout.Counted)}" : "true";
    List<string> conditions = [.. _layout.LeftOut.Select(why => $"{Sql.Name(_layout.Status!)} = {Bind(why)}")];
    if (_layout.Arrival is { } arrival) conditions.Add($"{counted} AND {Sql.Name(RowLayout.Seconds(arrival))} IS NULL");
    foreach (var interval in _layout.Intervals) {
      conditions.Add($"{counted} AND {Sql.Name(RowLayout.Seconds(interval))} IS NULL");
      conditions.Add($"{counted} AND {Sql.Name(RowLayout.Seconds(interval))} < 0");
    }
    var columns = string.Join(", ", conditions.Select(condition => $"count(*) FILTER ({condition})"));
    return Run(connection, columns, "", (row, key) => new ExcludedRow(key, [.. conditions.Select((_, i) => row.Long(_by.Length + i))]), ct);
  }
}
