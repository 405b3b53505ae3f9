using Porchlight.Transparency.Figures;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.ResponseTimes;

/// <summary>
/// What a reader asked of the times: days, an area, a priority; without one, the most urgent calls.
/// </summary>
internal sealed class AskedTimes {
  private static readonly Texts T = Texts.Of(typeof(AskedTimes));
  private readonly Asked _asked;

  public AskedTimes(OpenEdition edition, string? period = null, string? area = null, string? priority = null) {
    _asked = new(edition, period, area);
    var found = edition.Priorities.ToList().FindIndex(p => string.Equals(p.Code, priority, StringComparison.OrdinalIgnoreCase));
    IsUnknown = _asked.IsUnknown || !string.IsNullOrEmpty(priority) && found < 0;
    if (edition.Priorities.Count == 0) return;
    var at = Math.Max(0, found);
    (Priority, IsMostUrgent) = (edition.Priorities[at].Code, at == 0);
    Calls = IsMostUrgent ? T["times.calls.urgent"] : T["times.calls.of", Named(edition.Priorities[at].Label.Here)];
  }

  /// <summary>Whether an area or a priority was asked for that is none.</summary>
  public bool IsUnknown { get; }
  public bool IsUnknownPeriod => _asked.IsUnknownPeriod;
  public Comparison Compare => _asked.Compare;
  public string PeriodWord => _asked.PeriodWord;
  public string? Area => _asked.Narrow.Area;
  /// <summary>The priority the headline, the months and the areas are about; null where the source has none.</summary>
  public string? Priority { get; }
  public bool IsMostUrgent { get; }
  /// <summary>"the most urgent calls", to stand in a sentence.</summary>
  public string Calls { get; } = T["times.calls.all"];
  /// <summary>" in Linden Park (B12)", or nothing.</summary>
  public string Place => _asked.AreaTitle is { } title ? T["times.in", title] : "";

  /// <summary>The same question as an address's query.</summary>
  public IEnumerable<KeyValuePair<string, string?>> Query =>
    Priority is null || IsMostUrgent ? _asked.Query : _asked.Query.Append(new("priority", Priority));

  /// <summary>"Priority 1" where the source only has a number or a letter, else its own word.</summary>
  public static string Named(string label) => label.Length <= 3 ? T["times.priority.named", label] : label;
}
