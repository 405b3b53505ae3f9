using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Porchlight.Kernel.Settings;

/// <summary>Seals what a department must say and nobody may read again: the password of its mail relay.</summary>
public sealed class SettingSecrets(IDataProtectionProvider protection) {
  private readonly IDataProtector _protector = protection.CreateProtector("Porchlight.Settings");

  /// <summary>As it is kept.</summary>
  public string Seal(string secret) => _protector.Protect(secret);

  /// <summary>As it was said; null where the keys that sealed it are gone, and it must be said again.</summary>
  public string? Open(string kept) {
    try {
      return _protector.Unprotect(kept);
    } catch (CryptographicException) {
      return null;
    }
  }
}
