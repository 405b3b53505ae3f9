using Porchlight.Transparency.Figures;
using Porchlight.Transparency.Rollups;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.ResponseTimes;

/// <summary>How a time stands against another.</summary>
internal enum Pace { Faster, AboutTheSame, Slower, TooFew }

/// <summary>
/// The test behind "faster" and "slower": the two times' intervals do not overlap, so that it is more than chance, and they are over 15
/// seconds apart, so that someone waiting would notice. The dictionary page says the same in words.
/// </summary>
internal static class Pacing {
  /// <summary>Under so many calls no time is given at all.</summary>
  public const int FewestForTime = 10;
  /// <summary>A difference of no more is not noticed by who waits.</summary>
  public const int NoticedFrom = 15;

  /// <summary>Compares the two medians.</summary>
  public static Pace OfMedians(ResponseFigure? now, ResponseFigure? before) => Of(now, before, f => f.Median, f => f.MedianWithin);

  /// <summary>Compares the two 90th percentiles.</summary>
  public static Pace OfNinths(ResponseFigure? now, ResponseFigure? before) => Of(now, before, f => f.Ninth, f => f.NinthWithin);

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

  private static Pace Of(ResponseFigure? now, ResponseFigure? before, Func<ResponseFigure, double?> time, Func<ResponseFigure, TimeInterval?> within) {
    if (!now.HasTime() || !before.HasTime() || within(now!) is not { } a || within(before!) is not { } b) return Pace.TooFew;
    var later = time(now!) - time(before!);
    if (Math.Abs(later!.Value) <= NoticedFrom) return Pace.AboutTheSame;
    return a.High < b.Low ? Pace.Faster : a.Low > b.High ? Pace.Slower : Pace.AboutTheSame;
  }
}
