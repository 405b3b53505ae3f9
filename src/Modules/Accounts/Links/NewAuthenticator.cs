using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.SignIn;
using Porchlight.Kernel.Settings;
using Porchlight.Ui.Parts;

namespace Porchlight.Accounts.Links;

/// <summary>
/// A new authenticator: its secret is shown to scan, travels protected with the page that is sent back, and is kept when the page is good.
/// </summary>
internal sealed class NewAuthenticator(IDataProtectionProvider protection, SettingsOnHand settings, IUserStore<Person> store) {
  private readonly IDataProtector _protector = protection.CreateProtector("accounts.new-authenticator");

  /// <summary>What a page shows of it: a new one, or the one that was sent.</summary>
  /// <param name="sent">What came back with the page, or null.</param>
  /// <param name="owner">The link or the person it is for: one page's secret is no good on another.</param>
  /// <param name="account">What the app shows beside the code.</param>
  /// <param name="ct">Stops waiting for the settings.</param>
  public async Task<AuthenticatorModel> ShowAsync(string? sent, Guid owner, string account, CancellationToken ct) {
    var secret = Read(sent, owner) ?? OneTimeCodes.NewSecret();
    var issuer = Uri.EscapeDataString((await settings.GetAsync(ct)).Name.En);
    return new(string.Join(' ', secret.Chunk(4).Select(c => new string(c))), For(owner).Protect(secret),
      ScanCode.Of($"otpauth://totp/{issuer}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={issuer}"));
  }

  /// <summary>The secret that was sent, or null where it is none of ours.</summary>
  public string? Read(string? sent, Guid owner) {
    if (string.IsNullOrEmpty(sent)) return null;
    try {
      return For(owner).Unprotect(sent);
    } catch (CryptographicException) {
      return null;
    }
  }

  /// <summary>Makes it the person's own. The caller saves.</summary>
  public Task KeepAsync(Person person, string secret, CancellationToken ct) => ((IUserAuthenticatorKeyStore<Person>)store).SetAuthenticatorKeyAsync(person, secret, ct);

  /// <summary>Ten new recovery codes in place of the old ones, each good once. The caller saves, and shows them once.</summary>
  public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Person person, CancellationToken ct) {
    // no letter or digit that is taken for another
    List<string> codes = [.. Enumerable.Range(0, 10).Select(_ => RandomNumberGenerator.GetString("23456789BCDFGHJKMNPQRTVWXY", 10).Insert(5, "-"))];
    await ((IUserTwoFactorRecoveryCodeStore<Person>)store).ReplaceCodesAsync(person, codes, ct);
    return codes;
  }

  private IDataProtector For(Guid owner) => _protector.CreateProtector(owner.ToString());
}

/// <summary>An authenticator's secret, to scan or to type.</summary>
/// <param name="Secret">In groups of four letters.</param>
/// <param name="Protected">As it is sent back.</param>
/// <param name="Code">The picture to scan.</param>
public sealed record AuthenticatorModel(string Secret, string Protected, ScanCode Code);
