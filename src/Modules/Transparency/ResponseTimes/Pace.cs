using Porchlight.Transparency.Figures;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.ResponseTimes;

/// <summary>How a time stands against another.</summary>
internal enum Pace { Faster, AboutTheSame, Slower, TooFew }

/// <summary>
/// The test behind "faster" and "slower". An edition's figures hold no interval of a median, so the words ask for a difference that is both
/// hard to come by through chance among so many calls and long enough for someone waiting to notice: over 10% and over 15 seconds, with 100
/// calls or more on each side. The dictionary page says the same in words.
/// </summary>
internal static class Pacing {
  /// <summary>Under so many calls no time is given at all.</summary>
  public const int FewestForTime = 10;
  /// <summary>Under so many on either side, two times are not compared.</summary>
  public const int FewestForWords = 100;
  private const double Share = 0.10, Seconds = 15;

  /// <summary>Compares the two medians.</summary>
  public static Pace OfMedians(ResponseFigure? now, ResponseFigure? before) => Of(now, before, f => f.Median);

  /// <summary>Compares the two 90th percentiles.</summary>
  public static Pace OfNinths(ResponseFigure? now, ResponseFigure? before) => Of(now, before, f => f.Ninth);

  /// <summary>Whether a time may be given: ten calls or more, and no more than a tenth of them not reached.</summary>
  public static bool HasTime(this ResponseFigure? figure) =>
    figure is { HasHeadline: true, Calls: >= FewestForTime, Median: not null, Ninth: not null };

  /// <summary>Whether more than a tenth were not reached, so that the times of the rest would look better than they were.</summary>
  public static bool IsTooOftenUnreached(this ResponseFigure? figure) => figure is { ShareNotReached: > 0.1 };

  /// <summary>"3.1%".</summary>
  public static string NotReachedInWords(this ResponseFigure figure) => Fmt.Percent((decimal)figure.ShareNotReached);

  /// <summary>"6 min 12 s".</summary>
  public static string Write(double seconds) => Fmt.Duration(TimeSpan.FromSeconds(seconds));

  /// <summary>The same inside a sentence: a line may not end between a number and its unit.</summary>
  public static string InSentence(double seconds) => Write(seconds).Replace(' ', '\u00a0');

  private static Pace Of(ResponseFigure? now, ResponseFigure? before, Func<ResponseFigure, double?> time) {
    if (!now.HasTime() || !before.HasTime() || now!.Calls < FewestForWords || before!.Calls < FewestForWords) return Pace.TooFew;
    var (a, b) = (time(now)!.Value, time(before)!.Value);
    var clear = Math.Abs(a - b) > Seconds && Math.Abs(a - b) > b * Share;
    return !clear ? Pace.AboutTheSame : a < b ? Pace.Faster : Pace.Slower;
  }
}
