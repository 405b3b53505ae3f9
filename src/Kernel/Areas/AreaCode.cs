namespace Porchlight.Kernel.Areas;

/// <summary>How codes of areas are compared: files write "0714", "714" and " b12" for what a map calls 714 and B12.</summary>
public static class AreaCode {
  /// <summary>Trimmed, upper case, without leading zeros; zeros alone are "0". Empty where nothing is written.</summary>
  public static string Normal(string code) {
    var trimmed = code.Trim().ToUpperInvariant();
    var bare = trimmed.TrimStart('0');
    return bare.Length == 0 && trimmed.Length > 0 ? "0" : bare;
  }
}
