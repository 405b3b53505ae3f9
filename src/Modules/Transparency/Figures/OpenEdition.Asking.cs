namespace Porchlight.Transparency.Figures;

internal sealed partial class OpenEdition {
  /// <summary>Rows, or incidents, of a period split in one way. Keys: type, category or area code, or "2025-09" for a month; "" for all.</summary>
  public Task<Dictionary<string, long>> CountAsync(SplitBy by, Period period, Narrow narrow, Counted what, CancellationToken ct) => throw new NotSupportedException();

  /// <summary>Response times of an interval (dispatch, travel, total) of a period, split in one way.</summary>
  public Task<IReadOnlyList<ResponseFigure>> ResponseAsync(string interval, ResponseSplit by, Period period, string? area, string? priority, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>What response times are split by.</summary>
internal enum ResponseSplit { All, Priority, Area, Month }
