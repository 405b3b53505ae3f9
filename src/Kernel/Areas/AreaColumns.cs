namespace Porchlight.Kernel.Areas;

/// <summary>Which properties of a boundary file's features say what. Null: proposed from the names and values; empty: not there.</summary>
/// <param name="Code">What rows of records name an area by: BEAT_NUM.</param>
/// <param name="Name">What people call it.</param>
/// <param name="District">What it is part of.</param>
/// <param name="Population">Its residents.</param>
public sealed record AreaColumns(string? Code = null, string? Name = null, string? District = null, string? Population = null) {
  /// <summary>Everything is proposed.</summary>
  public static readonly AreaColumns Proposed = new();

  // in order of preference, as letters and digits only: from exports of U.S. cities
  private static readonly string[] CodeNames = ["beatnum", "beatno", "beatid", "beatcode", "policebeat", "beat", "psa", "reportingdistrict", "rd", "distnum", "distnu", "distno",
    "districtid", "districtno", "district", "dist", "precinctid", "precinct", "prec", "sector", "zone", "areacode", "areaid", "area", "geoid", "tractce", "code", "id"];
  private static readonly string[] Names = ["beatname", "areaname", "districtname", "distname", "neighborhood", "name", "label", "namelsad", "description"];
  private static readonly string[] Districts = ["district", "dist", "distnum", "distno", "districtname", "precinct", "prec", "firstprec", "division", "bureau", "sector"];
  private static readonly string[] Populations = ["population", "totalpop", "totalpopulation", "poptotal", "popsum", "totpop", "pop", "residents", "pop2020", "p0010001"];

  /// <summary>Fills in what was not said. A code must tell nearly all features apart (a few may be parts of one area).</summary>
  internal AreaColumns Complete(IReadOnlyList<AreaFeature> features) {
    string[] known = [.. features.SelectMany(f => f.Properties.Keys).Distinct(StringComparer.Ordinal)];
    foreach (var said in (string?[])[Code, Name, District, Population]) {
      if (!string.IsNullOrEmpty(said) && !known.Contains(said, StringComparer.Ordinal))
        throw new RefusedException($"No feature has a property \"{said}\". It has: {string.Join(", ", known)}.");
    }
    var code = string.IsNullOrEmpty(Code) ? ProposeCode(features, known) : Code;
    var district = District ?? Propose(known, Districts, code);
    return new(code, Name ?? Propose(known, Names, code, district), district, Population ?? Propose(known, Populations, code));
  }

  private static string ProposeCode(IReadOnlyList<AreaFeature> features, IReadOnlyList<string> known) =>
    CodeNames.SelectMany(name => known.Where(k => Plain(k) == name)).FirstOrDefault(k => Distinct(features, k) >= features.Count * 0.9)
    ?? throw new RefusedException("Which property is each area's code? Say it with --code. The properties, and how many different values each has over "
      + $"{features.Count} features: {string.Join(", ", known.Select(k => $"{k} ({Distinct(features, k)})"))}.");

  private static int Distinct(IReadOnlyList<AreaFeature> features, string property) =>
    features.Select(f => f.Text(property)).OfType<string>().Select(AreaCode.Normal).Distinct(StringComparer.Ordinal).Count();

  private static string? Propose(IReadOnlyList<string> known, string[] names, params string?[] taken) =>
    names.SelectMany(name => known.Where(k => Plain(k) == name)).FirstOrDefault(k => !taken.Contains(k, StringComparer.Ordinal));

  private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
