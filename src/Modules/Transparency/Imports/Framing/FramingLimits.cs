using Porchlight.Kernel.Storage;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Where reading stops being reasonable. Tests make them small; nothing else changes them.</summary>
internal sealed record FramingLimits {
  public static FramingLimits Usual { get; } = new();
  /// <summary>Bytes read at a time.</summary>
  public int BlockBytes { get; init; } = 4 << 20;
  /// <summary>A longer record is set aside; a quote is looked for no further than this from where its record begins.</summary>
  public int LongestRecord { get; init; } = 1 << 20;
  /// <summary>Without an end of line for so long, the file is no table.</summary>
  public int GiveUp { get; init; } = 64 << 20;
  /// <summary>How many bytes are staged between two looks at the free space. What is staged is written about once more as typed
  /// rows.</summary>
  public long BytesBetweenSpaceChecks { get; init; } = 256L << 20;
  /// <summary>Refuses when the folder's disk has less than so many bytes free.</summary>
  public Action<string, long> NeedSpace { get; init; } = Disk.Need;
}
