using Microsoft.AspNetCore.WebUtilities;
using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Figures;

/// <summary>What a reader asked of a data page, made safe.</summary>
internal sealed class Asked {
  public Asked(OpenEdition edition, string? period, string? area, string? category = null) {
    var days = edition.Periods.Read(period);
    IsUnknownPeriod = days is null;
    Compare = edition.Periods.Compare(days ?? edition.Periods.ToDate);
    PeriodWord = edition.Periods.All().FirstOrDefault(p => p.Period == Compare.Now) is { Word: { } word } ? word : Compare.Now.Word;
    var chosen = edition.AreasInForce.Concat(edition.AreasBefore).FirstOrDefault(a => string.Equals(a.Code, area, StringComparison.OrdinalIgnoreCase));
    AreaTitle = chosen?.Title;
    Narrow = new(chosen?.Code, TypeTable.Categories.FirstOrDefault(c => c.Code == category && c.Group.Length > 0)?.Code);
    IsUnknown = !string.IsNullOrEmpty(area) && Narrow.Area is null || !string.IsNullOrEmpty(category) && Narrow.Category is null;
  }

  /// <summary>Whether an area or a category was asked for that is none: the whole city is no answer to that.</summary>
  public bool IsUnknown { get; }
  /// <summary>Whether <c>period</c> is no period here.</summary>
  public bool IsUnknownPeriod { get; }
  public Comparison Compare { get; }
  public string PeriodWord { get; }
  public Narrow Narrow { get; }
  public string? AreaTitle { get; }

  /// <summary>Heading of this period's column: the year where both lie in one, else "Now".</summary>
  public string NowName => Name(Compare.Now);
  public string? BeforeName => Compare.Before is { } before ? Name(before) : null;

  /// <summary>The same question as an address's query, for links to its own rows.</summary>
  public IEnumerable<KeyValuePair<string, string?>> Query => new Dictionary<string, string?> {
    ["period"] = PeriodWord, ["area"] = Narrow.Area, ["category"] = Narrow.Category,
  }.Where(q => !string.IsNullOrEmpty(q.Value));

  /// <summary>This page narrowed to a category.</summary>
  public string Link(string category) => QueryHelpers.AddQueryString("/data/crime", Query.Where(q => q.Key != "category").Append(new("category", category)));

  private static string Name(Period period) => period.From.Year == period.To.Year ? $"{period.To.Year}" : period.Short;
}
