using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Porchlight.Transparency.Imports.Framing;

/// <summary>Where among 64 bytes quotes, delimiters, line feeds and carriage returns stand: a bit for each byte, the first byte's lowest.</summary>
internal readonly record struct ByteMasks(ulong Quotes, ulong Delimiters, ulong Lines, ulong Returns) {
  /// <summary>Looks at the 64 bytes from <paramref name="at"/> on.</summary>
  [MethodImpl(MethodImplOptions.AggressiveInlining)]
  public static ByteMasks Of(ref byte at, byte delimiter) {
    if (Vector512.IsHardwareAccelerated) {
      var bytes = Vector512.LoadUnsafe(ref at);
      return new(Where(bytes, (byte)'"'), Where(bytes, delimiter), Where(bytes, (byte)'\n'), Where(bytes, (byte)'\r'));
    }
    Vector256<byte> low = Vector256.LoadUnsafe(ref at), high = Vector256.LoadUnsafe(ref at, 32);
    return new(Where(low, high, (byte)'"'), Where(low, high, delimiter), Where(low, high, (byte)'\n'), Where(low, high, (byte)'\r'));
  }

  /// <summary>Bit i of the answer is the exclusive-or of bits 0 to i.</summary>
  public static ulong RunningXor(ulong bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
  }

  private static ulong Where(Vector512<byte> bytes, byte wanted) =>
    Vector512.Equals(bytes, Vector512.Create(wanted)).ExtractMostSignificantBits();

  private static ulong Where(Vector256<byte> low, Vector256<byte> high, byte wanted) {
    var all = Vector256.Create(wanted);
    return Vector256.Equals(low, all).ExtractMostSignificantBits() | (ulong)Vector256.Equals(high, all).ExtractMostSignificantBits() << 32;
  }
}
