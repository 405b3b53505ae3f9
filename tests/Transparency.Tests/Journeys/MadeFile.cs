using System.Globalization;

namespace Porchlight.Transparency.Tests.Journeys;

/// <summary>Exports that a test makes up: reports of January 2026, each at a time of its own.</summary>
internal static class MadeFile {
  public const string Header = "Case Number,Date Reported,Offense,Beat,Block";
  private static readonly string[] Offenses = ["Burglary", "Robbery", "Simple Assault", "Motor Vehicle Theft", "Vandalism"], Beats = ["A1", "A2", "B1"];

  /// <summary>Reports number <paramref name="from"/> and on, in order of time.</summary>
  public static List<string> Reports(int count, int from = 1) => [.. Enumerable.Range(from, count).Select(n => Report(n, At(n)))];

  /// <summary>One report of a number and time; its other cells follow from its number unless told.</summary>
  public static string Report(int number, DateTime at, string? offense = null, string? beat = null) =>
    string.Create(CultureInfo.InvariantCulture, $"26-{number:00000},{at:yyyy-MM-dd HH:mm:ss},{offense ?? Offenses[number * 7 % 5]},{beat ?? Beats[number % 3]},{number * 13 % 97}00 MAIN ST");

  /// <summary>When a report came in: some minutes after the one before, never the same many, over January and February for the first 1,600, and again for the next.</summary>
  public static DateTime At(int number) => new DateTime(2026, 1, 1, 0, 11, 0).AddMinutes((number * 53 + number * number * 37 % 41) % (59 * 24 * 60)).AddSeconds(number % 60);

  public static string Of(IEnumerable<string> rows, string header = Header) => $"{header}\n{string.Join('\n', rows)}\n";
}
