using System.Globalization;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Figures;

internal sealed partial class OpenEdition {
  private RollupReader Reader { get; init; } = null!;
  private Labels Labels => Reader.Labels;

  /// <summary>Rows, or incidents, of a period split in one way. Keys: type, category or area code, or "2025-09" for a month; "" for all.</summary>
  /// <exception cref="TooSlowException">No answer within the deadline.</exception>
  public async Task<Dictionary<string, long>> CountAsync(SplitBy by, Period period, Narrow narrow, Counted what, CancellationToken ct) {
    var answer = await Reader.AnswerAsync(new CountQuestion {
      From = period.From, To = period.To, By = By(by), Unit = what == Counted.Rows ? RowLayout.Rows : narrow.Category is null && by != SplitBy.Category ? "first" : "first_in_category",
      Areas = narrow.Area is { } area ? [Labels.Areas.NumberOf(area)] : null,
      Types = narrow.OnlyCrime ? _crimes : null,
      Categories = narrow.Category is { } category ? [Labels.Categories.NumberOf(category)] : null,
    }, ct);
    if (answer.TimedOut) throw new TooSlowException();
    return answer.Rows.ToDictionary(r => Key(by, r.Key), r => r.N);
  }

  /// <summary>Response times of an interval (dispatch, travel, total) of a period, split in one way.</summary>
  /// <exception cref="TooSlowException">No answer within the deadline.</exception>
  public async Task<IReadOnlyList<ResponseFigure>> ResponseAsync(string interval, ResponseSplit by, Period period, string? area, string? priority, CancellationToken ct) {
    throw new NotSupportedException();
  }

  private IReadOnlyCollection<int> _crimes = [];

  private static IReadOnlyList<Rollups.By> By(SplitBy by) => by switch {
    SplitBy.Month => [Rollups.By.Month], SplitBy.Area => [Rollups.By.Area], SplitBy.Type => [Rollups.By.Type], SplitBy.Category => [Rollups.By.Category], _ => [],
  };

  private string Key(SplitBy by, int[] key) => by switch {
    SplitBy.Month => string.Create(CultureInfo.InvariantCulture, $"{key[0] / 100:0000}-{key[0] % 100:00}"),
    SplitBy.Area => key[0] == Labels.None ? NotKnown : key[0] == Labels.CityOnly ? CityOnly : Labels.Areas.CodeOf(key[0]),
    SplitBy.Type => Labels.Types.CodeOf(key[0]), SplitBy.Category => Labels.Categories.CodeOf(key[0]), _ => "",
  };
}

/// <summary>What response times are split by.</summary>
internal enum ResponseSplit { All, Priority, Area, Month }

/// <summary>A question that found no answer within its deadline: the page says so (503) and shows no zero.</summary>
internal sealed class TooSlowException : Exception;
