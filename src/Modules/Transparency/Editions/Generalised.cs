using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Editions;

/// <summary>
/// The one place where a restricted row becomes a published one: values mapped, times to their hour, points to their block, and every row that
/// a rule calls sensitive held back for the city's totals. What is not named here does not leave <c>restricted/</c>.
/// </summary>
internal sealed class Generalised(DatasetDeclaration dataset, RecordType records, AreaPlacing places, IReadOnlyList<string> protectedAddresses) {
  /// <summary>Statuses whose rows are in no file: counted in the manifest.</summary>
  public IReadOnlyList<string> LeavesOut => IsCalls ? [] : ["other-agency", "void"];

  private Field? Of(FieldRole role) => records.Of(role);
  private bool IsCalls => dataset.Intervals.Count > 0;

  /// <summary>
  /// Every live row with its type, priority, area, status and whether it is for the city only. Reads <c>live</c>, the <c>map_</c> tables,
  /// <c>area_codes</c>, <c>placed</c> and <c>knows_closing(source)</c>.
  /// </summary>
  public string Named() {
    var (type, area) = (Of(FieldRole.Type)!, Of(FieldRole.Area)!.Name);
    List<string> sensitive = [];
    foreach (var rule in dataset.Sensitive) sensitive.Add(Rule(rule));
    foreach (var field in records.Fields.Where(f => f.Type == FieldType.Code && f.Role is FieldRole.Type or FieldRole.TypeDetail && f.Protects))
      sensitive.Add($"coalesce(m_{field.Name}.sensitive, false)");
    if (Of(FieldRole.TypeDetail) is { Type: FieldType.Text, Name: var detail }) sensitive.Add($"coalesce(r.{detail} IN (SELECT value FROM sensitive_details), false)");
    // a value no map knows, in a field that protects people
    foreach (var field in records.Fields.Where(f => f.Protects && f.Type is FieldType.Code or FieldType.Flag && f.Protects))
      sensitive.Add($"(r.{field.Name} IS NOT NULL AND coalesce(m_{field.Name}.code, 'unmapped') = 'unmapped')");
    if (Of(FieldRole.Address) is { } address && protectedAddresses.Count > 0)
      sensitive.Add($"({string.Join(" OR ", protectedAddresses.Select(a => $"contains(concat(' ', regexp_replace(upper(r.{address.Name}), '\\s+', ' ', 'g')), {Sql.Text(" " + a)})"))})");
    var code = $"coalesce(m_{type.Name}.code, 'unmapped')";
    var status = Of(FieldRole.Status) is { } s ? $"m_{s.Name}.code" : "NULL";
    // where a source says which agency is this department, one that no one has named is another
    var agency = Of(FieldRole.Agency) is not { Name: var a } ? "false"
      : $"r.{a} IS NOT NULL AND coalesce(m_{a}.code, 'other') <> 'own' AND r._source IN (SELECT source FROM map_{a} WHERE code = 'own')";
    var firstType = dataset.TypeCodes is null ? code : $"CASE WHEN {status} = 'unfounded' THEN 'unfounded' ELSE {code} END";
    var columns = $"""
      SELECT r._source, r._import, r.file_row_number, r.event, {firstType} AS type, {places.CodeOfRow(area)} AS area, {Priority()} AS priority,
      {Status(status, agency)} AS status, ({string.Join(" OR ", sensitive)}) AS sensitive, {Identity("r")} AS identity,
      {Point("latitude")} AS lat_cell, {Point("longitude")} AS lon_cell
      {string.Concat(dataset.Intervals.Select(i => $", epoch(r.{i.To} - r.{i.From})::INTEGER AS s_{i.Name}"))}
      """;
    var joins = records.Fields.Where(f => columns.Contains($"m_{f.Name}.", StringComparison.Ordinal))
      .Select(f => $"LEFT JOIN map_{f.Name} m_{f.Name} ON m_{f.Name}.source = r._source AND m_{f.Name}.value = upper(trim(r.{f.Name}))");
    return $"""
      {columns} FROM (SELECT *, {places.MapOf("event")} AS _map FROM live) r
      {places.Joins(area)} {string.Join(' ', joins)}
      """;
  }

  /// <summary><c>named</c> with what its other rows say of an incident.</summary>
  public string Decided(bool several) => several
    ? "SELECT n.* EXCLUDE (sensitive), n.sensitive OR coalesce(p.sensitive, false) AS sensitive, coalesce(p.first, n.counts) AS first, "
      + "coalesce(p.first_in_category, n.counts) AS first_in_category "
      + "FROM named n LEFT JOIN repeated p ON p.import = n._import AND p.row = n.file_row_number"
    : "SELECT *, counts AS first, counts AS first_in_category FROM named";

  /// <summary>What leaves <c>restricted/</c>: the layout's columns of the rows of a month ($1) up to the next ($2).</summary>
  public string Published(RowLayout layout) {
    string?[] codes = [layout.Area, layout.Type, layout.Category, layout.Priority, layout.Status];
    var without = LeavesOut.Count == 0 ? "" : $" AND status NOT IN ({SqlWords.List(LeavesOut)})";
    string Column(string c) => c == layout.EventHour ? $"date_trunc('hour', event) AS {c}"
      : layout.Flags.Contains(c) ? $"{c}::UTINYINT AS {c}" : codes.Contains(c) ? $"{c}::VARCHAR AS {c}" : c;
    return $"SELECT {string.Join(", ", layout.Columns.Select(Column))} "
      + $"FROM decided WHERE event >= $1 AND event < $2 AND NOT sensitive{without}";
  }

  /// <summary>Counts for the city only, from <c>tally</c>, of the periods in <c>city(start, next, kind, code, type)</c>.</summary>
  public static string City(RowLayout layout) =>
    $"SELECT c.start AS period, c.kind, c.code AS type, sum(t.n)::BIGINT AS n"
    + string.Concat(layout.Flags.Select(f => $", sum(t.{f})::BIGINT AS {f}"))
    + " FROM tally t JOIN city c ON c.type = t.type AND t.month >= c.start AND t.month < c.next"
    + " WHERE t.sensitive AND t.status = 'counted' GROUP BY c.start, c.kind, c.code";

  private string Rule(SensitiveRule rule) {
    var field = records[rule.Field];
    if (rule.Below is { } below) return $"coalesce(r.{field.Name} < {below}, false)";
    var mapped = field.Type is FieldType.Code or FieldType.Flag ? $"m_{field.Name}.code" : $"r.{field.Name}";
    return $"coalesce({mapped} IN ({SqlWords.List(rule.Is)}), false)";
  }

  private string Priority() => Of(FieldRole.Priority) is { } p ? $"m_{p.Name}.code" : "NULL::VARCHAR";

  // calls that no officer was sent to by this department are counted beside the figure, never in it
  private string Status(string status, string agency) {
    var gone = $"coalesce({status} IN ('void', 'duplicate', 'cancelled'), false)";
    if (!IsCalls) return $"CASE WHEN {agency} THEN 'other-agency' WHEN {gone} THEN 'void' ELSE 'counted' END";
    var onView = Of(FieldRole.OnView)!.Name;
    var (closed, there) = (Of(FieldRole.Closed)!.Name, Of(FieldRole.OnScene)!.Name);
    return $"""
      CASE WHEN {agency} THEN 'other-agency' WHEN {gone} THEN 'cancelled' WHEN r.{onView} IS NOT NULL AND coalesce(m_{onView}.code, 'yes') <> 'no' THEN 'on-view'
      WHEN r._source IN (SELECT source FROM knows_closing) AND r.{closed} IS NULL AND r.{there} IS NULL THEN 'open' ELSE 'counted' END
      """;
  }

  /// <summary>Names the incident a row belongs to; null where the dataset has none, or the row does not say which.</summary>
  public string Identity(string row) {
    var unit = dataset.Units.FirstOrDefault(u => u.IdentifiedBy.Count > 0);
    return unit is null ? "NULL::VARCHAR" : string.Join(" || '|' || ", unit.IdentifiedBy.Select(f => $"{row}.{f}").Prepend($"{row}._source"));
  }

  private static string Point(string degrees) => $"floor(r.{degrees} * 1000)::INTEGER";
}
