using System.Globalization;

namespace Porchlight.Ui.Charts;

/// <summary>Numbers as SVG attributes.</summary>
internal static class Svg {
  /// <summary>At most two decimals.</summary>
  public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

  /// <summary>A length as a share of the whole: "41.5%".</summary>
  public static string Percent(double value) => Number(value) + "%";

  /// <summary>A part of a whole as a percentage; nothing of nothing is 0%.</summary>
  public static string Percent(decimal part, decimal whole) => Percent(whole == 0 ? 0 : (double)(part * 100 / whole));
}
