using Porchlight.Kernel.DuckDb;
using Porchlight.Kernel.Verbs;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Imports;

/// <summary>What a steward should see of a file before its figures are believed: units, repeats, places, agencies, times that cannot be.</summary>
internal static class ImportReport {
  public static IEnumerable<string> Lines(DuckConnection duck, string accepted, DatasetDeclaration dataset, RecordType records, SourceMapping mapping, Repeats keys, CancellationToken ct) {
    var fields = new RowTyping(records, mapping, default).Fields.ToDictionary(f => f.Name);
    long Count(string where) => duck.Scalar<long>($"SELECT count(*) FROM {accepted} WHERE {where}", ct);
    var rows = Count("true");
    if (mapping.EventTime is { } time) yield return $"Counted by {records[time].Label.En.ToLowerInvariant()} ({time}).";

    foreach (var unit in dataset.Units.Where(u => u.IdentifiedBy.Count > 0 && u.IdentifiedBy.All(fields.ContainsKey))) {
      var written = string.Join(" AND ", unit.IdentifiedBy.Select(f => $"{f} IS NOT NULL"));
      var isKey = unit.IdentifiedBy.SequenceEqual(mapping.Key) && Count(written) == rows;
      var units = isKey ? keys.Distinct : KeyRepeats.Find(duck, $"SELECT hash({string.Join(", ", unit.IdentifiedBy)}) FROM {accepted} WHERE {written}", ct).Distinct;
      yield return $"{units:N0} {unit.Label.En} on {Amount.Of(rows, "row")}.";
    }
    if (mapping.Key.Count == 0) {
      yield return "No column identifies a row: rows are keyed by what they say, so a corrected row reads as one gone and one new."
        + (records.Parent is { } parent ? $" The rows of one {parent.Label.En.ToLowerInvariant()} take the place of its earlier ones." : "");
    }
    if (keys.Hashes.Count > 0) {
      var exact = duck.Scalar<long>($"SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM (SELECT {Workbench.Key(records, mapping)} AS k, {Workbench.Says(records, mapping)} AS s FROM {accepted}) GROUP BY k, s HAVING n > 1)", ct);
      yield return $"{Amount.Of(keys.Hashes.Count, "key stands", "keys stand")} on more than one row; each row is kept." + (exact > 0 ? $" {Amount.Of(exact, "row repeats another exactly: it is kept and counted; look whether it is real.", "rows repeat another exactly: they are kept and counted; look whether they are real.")}" : "");
    }

    if (fields.ContainsKey("latitude")) {
      var placed = Count("latitude IS NOT NULL");
      if (placed < rows) yield return $"{Amount.Of(rows - placed, "row has", "rows have")} no usable point.";
      // a point of over 5% of all rows is among those of over 2.5% of 20,000; only these are counted
      var crowded = duck.List($"""
        SELECT latitude, longitude, count(*) AS n FROM {accepted} SEMI JOIN (
          SELECT latitude, longitude FROM (SELECT latitude, longitude FROM {accepted} WHERE latitude IS NOT NULL USING SAMPLE reservoir(20000 ROWS) REPEATABLE (1))
          GROUP BY 1, 2 HAVING count(*) > 0.025 * least(20000, {placed})) USING (latitude, longitude)
        GROUP BY 1, 2 HAVING n > 100 AND n > 0.05 * {placed} ORDER BY n DESC LIMIT 3
        """, [], r => $"{r.Double(0):0.#####}, {r.Double(1):0.#####} on {Amount.Of(r.Long(2), "row")}", ct);
      foreach (var point in crowded) yield return $"One point stands for many rows, as a placeholder does: {point}.";
    }
    if (records.Of(FieldRole.Area) is { } area && fields.ContainsKey(area.Name)) {
      var without = Count($"{area.Name} IS NULL");
      if (without > 0) yield return $"{Amount.Of(without, "row has no area code; it is placed by its point if there is one.", "rows have no area code; they are placed by their point where there is one.")}";
    }
    if (records.Of(FieldRole.Agency) is { } agency && fields.ContainsKey(agency.Name) && mapping.Values.TryGetValue(agency.Name, out var agencies)) {
      var split = duck.List($"SELECT {agency.Name}, count(*) AS n FROM {accepted} GROUP BY 1 ORDER BY n DESC LIMIT 12", [], r => (Name: r.Text(0), Rows: r.Long(1)), ct);
      if (split.Count > 1) yield return "Agencies: " + string.Join(", ", split.Select(s => $"{s.Name ?? "(none)"} {s.Rows:N0}{(s.Name is { } n && agencies.Codes.TryGetValue(n.ToUpperInvariant(), out var c) && c.Code == "own" ? " (own)" : "")}")) + ".";
    }
    foreach (var flag in fields.Values.Where(f => f.Type == FieldType.Flag)) {
      var split = duck.List($"SELECT {flag.Name}, count(*) AS n FROM {accepted} GROUP BY 1 ORDER BY n DESC LIMIT 8", [], r => $"{r.Text(0) ?? "(none)"} {r.Long(1):N0}", ct);
      yield return $"{flag.Label.En} ({flag.Name}): {string.Join(", ", split)}.";
    }
    foreach (var interval in dataset.Intervals.Where(i => fields.ContainsKey(i.From) && fields.ContainsKey(i.To))) {
      var (missing, negative, zero, day) = duck.List($"""
        SELECT count(*) FILTER ({interval.From} IS NULL OR {interval.To} IS NULL), count(*) FILTER ({interval.To} < {interval.From}),
        count(*) FILTER ({interval.To} = {interval.From}), count(*) FILTER ({interval.To} > {interval.From} + INTERVAL 1 DAY) FROM {accepted}
        """, [], r => (r.Long(0), r.Long(1), r.Long(2), r.Long(3)), ct)[0];
      yield return $"{interval.Label.En}: {Amount.Of(missing, "row")} without, {negative:N0} negative (left out and counted), {zero:N0} of no length, {day:N0} over a day.";
    }
    if (records.Of(FieldRole.Closed) is { } closed && fields.ContainsKey(closed.Name) && records.Of(FieldRole.OnScene) is { } there
        && Count($"{closed.Name} IS NULL{(fields.ContainsKey(there.Name) ? $" AND {there.Name} IS NULL" : "")}") is > 0 and var open)
      yield return $"{Amount.Of(open, "call is", "calls are")} still open: counted apart.";
    if (records.Of(FieldRole.Type) is { } type && dataset.TypeCodes is not null && mapping.Values.TryGetValue(type.Name, out var types)) {
      var byClass = duck.List($"SELECT {type.Name}, count(*) FROM {accepted} GROUP BY 1", [], r => (Value: r.Text(0), Rows: r.Long(1)), ct)
        .GroupBy(v => v.Value is { } text && types.Codes.TryGetValue(text.ToUpperInvariant(), out var to) && TypeTable.Nibrs.TryGetValue(to.Code, out var code) ? code.Class : TypeClass.Unmapped)
        .ToDictionary(g => g.Key, g => g.Sum(v => v.Rows));
      yield return "What counts: " + string.Join(", ", byClass.OrderBy(c => c.Key).Select(c => $"{Word(c.Key)} {c.Value:N0}")) + ".";
    }
  }

  private static string Word(TypeClass kind) => kind switch {
    TypeClass.Crime => "reported crime (Group A)",
    TypeClass.GroupB => "Group B, arrests only",
    TypeClass.NotAnOffense => "not an offense",
    TypeClass.Unfounded => "unfounded",
    _ => "unmapped",
  };
}
