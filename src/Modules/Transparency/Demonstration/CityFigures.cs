namespace Porchlight.Transparency.Demonstration;

/// <summary>The kinds of crime of the mock's table, in its order.</summary>
internal enum Crime {
  Theft, Vandalism, CarTheft, Burglary, Fraud, Robbery, OtherProperty,
  SimpleAssault, Threats, AggravatedAssault, SexOffense, Kidnapping, Homicide,
  Drugs, Weapons, OtherSociety,
}

/// <summary>What one year of the city counts.</summary>
/// <param name="Months">Crimes reported in each of the twelve months.</param>
/// <param name="Beats">January to September, in the order of <see cref="CityMap.Beats"/>; last, those without a usable place.</param>
/// <param name="Crimes">January to September, by <see cref="Crime"/>.</param>
/// <param name="LindenMonths">Those of beat B12, whose scorecard the mock shows, in each month.</param>
/// <param name="LindenCrimes">January to September in B12, by <see cref="Crime"/>.</param>
/// <param name="Calls">Priority 1 calls of the department in January to September, and how fast officers came.</param>
internal sealed record YearFigures(int[] Months, int[] Beats, int[] Crimes, int[] LindenMonths, int[] LindenCrimes, UrgentCalls Calls);

/// <summary>Priority 1 calls, January to September. Times in seconds from the call to the first officer there.</summary>
internal sealed record UrgentCalls(int Reached, int OnView, int Missing, Arrival City, int LindenReached, Arrival Linden);

/// <summary>The median and the 90th percentile of times, in seconds.</summary>
internal sealed record Arrival(double Median, double NineInTen);

/// <summary>
/// The figures of the look's mock pages (data-crime-desktop, area-b12-desktop, data-hub-desktop), whose 2025 is here the data's last year.
/// Where a mock shows only a rounded change, the year before is the whole number that fits it and the total. The mock shows no
/// October to December of its last year and no year before 2024: those follow the curve of 2024.
/// </summary>
internal static class CityFigures {
  /// <summary>The index of beat B12 (Linden Park).</summary>
  public const int Linden = 7;
  /// <summary>The index that stands for "place not known".</summary>
  public const int NoPlace = 24;
  /// <summary>January to September, the months the mock's tables cover.</summary>
  public const int MonthsShown = 9;

  private static readonly YearFigures Last = new(
    Months: [959, 871, 970, 1002, 1064, 1092, 1117, 1096, 1043, 1025, 948, 973],
    Beats: [
      /* A11 */ 391, 424, 484, 1106, 507, 96, /* B11 */ 452, 331, 253, 454, 432, 382,
      /* C11 */ 379, 455, 477, 434, 372, 283, /* D11 */ 194, 148, 500, 226, 279, 14, /* no place */ 141],
    Crimes: [3118, 1087, 702, 521, 498, 121, 55, 1243, 402, 338, 31, 4, 3, 684, 231, 176],
    LindenMonths: [38, 33, 36, 35, 40, 41, 39, 36, 33, 36, 32, 34],
    LindenCrimes: [112, 41, 24, 19, 16, 4, 3, 48, 17, 11, 1, 0, 0, 19, 8, 8],
    Calls: new(11_862, 1_204, 86, new(372, 820), 412, new(410, 845)));

  private static readonly YearFigures Before = new(
    Months: [1012, 935, 1040, 1066, 1128, 1163, 1204, 1189, 1134, 1098, 1016, 1042],
    Beats: [
      /* A11 */ 415, 477, 501, 1219, 543, 87, /* B11 */ 490, 378, 261, 429, 474, 429,
      /* C11 */ 398, 439, 511, 492, 395, 308, /* D11 */ 226, 161, 518, 254, 297, 14, /* no place */ 155],
    Crimes: [3402, 1120, 868, 578, 571, 139, 53, 1251, 398, 361, 30, 3, 5, 702, 219, 171],
    LindenMonths: [40, 37, 41, 42, 45, 46, 44, 43, 40, 41, 37, 39],
    LindenCrimes: [131, 44, 22, 27, 19, 6, 4, 50, 18, 12, 2, 0, 0, 22, 9, 12],
    Calls: new(12_034, 1_187, 91, new(385, 832), 405, new(391, 800)));

  private static readonly YearFigures First = Before with {
    Months = [1047, 940, 1081, 1078, 1160, 1171, 1242, 1203, 1149, 1131, 1029, 1068],
    LindenMonths = [42, 36, 43, 41, 47, 46, 45, 45, 41, 40, 38, 41],
    Calls = new(12_190, 1_175, 97, new(391, 841), 401, new(388, 806)),
  };

  /// <summary>A year of the data: 0 is its last, -1 the one before, -2 the first.</summary>
  public static YearFigures Of(int year) => year switch { 0 => Last, -1 => Before, _ => First };
}
