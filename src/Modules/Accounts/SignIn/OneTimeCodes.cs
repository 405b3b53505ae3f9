using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Porchlight.Accounts.Data;

namespace Porchlight.Accounts.SignIn;

/// <summary>
/// The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds). Each is good once: a code of the same or an earlier half minute than
/// the last one taken is refused (section 5.2), which Identity's own provider does not do. Clocks may be 30 seconds apart.
/// </summary>
internal sealed class OneTimeCodes(TimeProvider clock) : IUserTwoFactorTokenProvider<Person> {
  public const string Name = "one-time-code";
  private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / 30;

  /// <summary>The code of a half minute (RFC 4226, section 5.3).</summary>
  public static string Code(ReadOnlySpan<byte> secret, long step) {
    Span<byte> message = stackalloc byte[8], hash = stackalloc byte[20];
    BinaryPrimitives.WriteInt64BigEndian(message, step);
    // the RFC's algorithm, and the only one that all apps know: its weakness is no weakness in an HMAC
#pragma warning disable CA5350
    HMACSHA1.HashData(secret, message, hash);
#pragma warning restore CA5350
    var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & 0x7fffffff;
    return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
  }

  /// <summary>The bytes behind Base32 letters (RFC 4648), spaces left out.</summary>
  public static byte[] Secret(string letters) {
    List<byte> bytes = [];
    int bits = 0, held = 0;
    foreach (var letter in letters.Where(c => c != ' ')) {
      bits = bits << 5 | Letters.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
      if ((held += 5) < 8) continue;
      bytes.Add((byte)(bits >> (held -= 8)));
    }
    return [.. bytes];
  }

  /// <summary>A new secret: 20 bytes, as RFC 4226 recommends, in Base32.</summary>
  public static string NewSecret() => RandomNumberGenerator.GetString(Letters, 32);

  /// <summary>The half minute whose code this is, of those that are near and later than <paramref name="after"/>; or null.</summary>
  public static long? StepOf(string secret, string code, DateTimeOffset now, long after) {
    var bytes = Secret(secret);
    long? found = null;
    for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
      if (step > after && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(Code(bytes, step)), System.Text.Encoding.UTF8.GetBytes(code)))
        found ??= step;
    return found;
  }

  // Identity asks for the second factor only where someone says that there is one
  public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) => await manager.GetAuthenticatorKeyAsync(user) is not null;

  public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) => throw new NotSupportedException("The app on the person's phone makes the codes.");

  public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user) {
    if (await manager.GetAuthenticatorKeyAsync(user) is not { } secret || StepOf(secret, token, clock.GetUtcNow(), user.LastCodeStep) is not { } step) return false;
    user.LastCodeStep = step;
    // saved before anyone is let in; of two who send it at once, the row's version lets one through
    return (await manager.UpdateAsync(user)).Succeeded;
  }
}
