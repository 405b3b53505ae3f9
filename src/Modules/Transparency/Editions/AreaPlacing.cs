using System.Globalization;
using Porchlight.Kernel.Areas;
using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports;

namespace Porchlight.Transparency.Editions;

/// <summary>An area as an edition names it.</summary>
/// <param name="Code">
/// The map's own code; an area of an earlier map whose ground has changed since says until when: "0714 until 2012-12-18".
/// </param>
/// <param name="MapCode">The code on its map.</param>
/// <param name="From">First day that some map holds it; null where no map does.</param>
/// <param name="Until">Last day; null while it holds.</param>
internal sealed record EditionArea(
    string Code, string MapCode, string? Name, string? District, int? Population, DateOnly? From, DateOnly? Until);

/// <summary>
/// Gives every row its area. The row's own code wins where the map of its day has it; else the point is placed by geometry; else the place
/// is not known, and the row counts for the city. Where no map holds for that day, the rows' own codes are the areas.
/// </summary>
internal sealed class AreaPlacing(AreaAtlas atlas) {
  /// <summary>Every area of every map, oldest map first. An area whose ground did not change keeps one entry through the maps.</summary>
  public IReadOnlyList<EditionArea> Areas { get; } = Name(atlas);

  /// <summary>Which map a row's day is in: 0 before the first, then 1, 2, ...</summary>
  public string MapOf(string time) {
    if (atlas.Maps.Count == 0) return "0";
    var newestFirst = atlas.Maps.Index().Reverse().Select(m => $"WHEN {time} >= {SqlWords.Day(m.Item.HoldsFrom)} THEN {m.Index + 1}");
    return $"CASE {string.Join(' ', newestFirst)} ELSE 0 END";
  }

  /// <summary>Joins a row <c>r</c> to the code of its area, if a map has it: by its own code (<c>ac</c>), or by its point (<c>p</c>).</summary>
  public string Joins(string area) => atlas.Maps.Count == 0 ? "" : $"""
    LEFT JOIN area_codes ac ON ac.map = r._map AND ac.normal = {Normal($"r.{area}")}
    LEFT JOIN placed p ON p.map = r._map AND p.latitude = r.latitude AND p.longitude = r.longitude
    """;

  /// <summary>The code of a row's area, null where its place is not known.</summary>
  public string CodeOfRow(string area) {
    var own = $"nullif(upper(trim(r.{area})), '')";
    return atlas.Maps.Count == 0 ? own : $"CASE WHEN r._map = 0 THEN {own} ELSE coalesce(ac.code, p.code) END";
  }

  /// <summary>A code as it is compared: "0714" and "714" are one.</summary>
  public static string Normal(string code) => $"ltrim(upper(trim({code})), '0')";

  /// <summary>
  /// Makes <c>area_codes(map, normal, code)</c> and <c>placed(map, latitude, longitude, code)</c>; the latter from the points of live rows
  /// whose own code is not on their map.
  /// </summary>
  /// <returns>How many distinct points were placed.</returns>
  public long Make(DuckConnection duck, RecordType records, string staging, CancellationToken ct) {
    duck.Execute("CREATE OR REPLACE TABLE area_codes(map INTEGER, normal VARCHAR, code VARCHAR)", ct);
    for (var i = 0; i < atlas.Maps.Count; i++) {
      var rows = atlas.Maps[i].Areas.Select(a => $"({i + 1}, {Normal(Sql.Text(a.Code))}, {Sql.Text(CodeOf(i, a.Code))})");
      foreach (var chunk in rows.Chunk(500))
        duck.Execute($"INSERT INTO area_codes VALUES {string.Join(", ", chunk)}", ct);
    }
    duck.Execute("CREATE OR REPLACE TABLE placed(map INTEGER, latitude DOUBLE, longitude DOUBLE, code VARCHAR)", ct);
    if (atlas.Maps.Count == 0) return 0;
    var area = records.Of(FieldRole.Area)!.Name;
    var points = Path.Combine(staging, "placed.csv");
    long placed = 0;
    using (var reader = duck.Query($"""
        SELECT DISTINCT map, latitude, longitude
        FROM (SELECT {MapOf("event")} AS map, {Normal(area)} AS normal, latitude, longitude FROM live WHERE latitude IS NOT NULL)
        ANTI JOIN area_codes USING (map, normal) WHERE map > 0
        """, ct))
    using (var writer = new StreamWriter(points)) {
      writer.WriteLine("map,latitude,longitude,code");
      while (reader.Next()) {
        for (var row = 0; row < reader.Rows; row++) {
          var map = (int)reader.Long(0, row);
          var (latitude, longitude) = (reader.Double(1, row), reader.Double(2, row));
          if (atlas.Maps[map - 1].Place(longitude, latitude) is not { } found) continue;
          var code = CodeOf(map - 1, found.Code).Replace("\"", "\"\"", StringComparison.Ordinal);
          writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{map},{latitude:R},{longitude:R},\"{code}\""));
          placed++;
        }
      }
    }
    duck.Execute($$"""
      INSERT INTO placed SELECT map, latitude, longitude, code FROM read_csv({{Sql.Text(points)}}, header=true, auto_detect=false,
        columns={'map': 'INTEGER', 'latitude': 'DOUBLE', 'longitude': 'DOUBLE', 'code': 'VARCHAR'})
      """, ct);
    File.Delete(points);
    return placed;
  }

  private string CodeOf(int map, string code) => Areas.Single(a => a.MapCode == code && Holds(a, atlas.Maps[map].HoldsFrom)).Code;

  private static bool Holds(EditionArea area, DateOnly day) => area.From <= day && (area.Until is null || area.Until >= day);

  private static List<EditionArea> Name(AreaAtlas atlas) {
    List<EditionArea> areas = [];
    for (var i = 0; i < atlas.Maps.Count; i++) {
      var map = atlas.Maps[i];
      DateOnly? until = i + 1 < atlas.Maps.Count ? atlas.Maps[i + 1].HoldsFrom.AddDays(-1) : null;
      IReadOnlySet<string> same = i == 0 ? new HashSet<string>() : AreaAtlas.SameAreas(atlas.Maps[i - 1], map);
      foreach (var area in map.Areas) {
        var before = same.Contains(area.Code) ? areas.FindIndex(a => a.MapCode == area.Code && a.Until == map.HoldsFrom.AddDays(-1)) : -1;
        var from = before >= 0 ? areas[before].From : map.HoldsFrom;
        var entry = new EditionArea(area.Code, area.Code, area.Name, area.District, area.Population, from, until);
        if (before >= 0) areas[before] = entry;
        else areas.Add(entry);
      }
    }
    // the plain code is the ground in force; what it meant before says until when
    string Until(DateOnly last) => last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    return [.. areas.Select(a => a.Until is { } last ? a with { Code = $"{a.MapCode} until {Until(last)}" } : a)];
  }
}
