using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Keys;

/// <summary>
/// The keys that protect cookies, forms and secrets at rest. They change by themselves and lie in the database, where every machine finds them,
/// sealed with one secret that never does: <c>secrets/house.key</c> in the data folder, made at first use and copied by hand to further machines.
/// </summary>
public static class HouseKeys {
  /// <summary>Registers data protection on them.</summary>
  public static IServiceCollection AddHouseKeys(this IServiceCollection services) {
    services.AddDataProtection().SetApplicationName("Porchlight");
    services.AddSingleton<HouseSecret>();
    services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory, HouseSecret>((options, scopes, secret) => {
      var repository = new KeysInDatabase(scopes);
      (options.XmlRepository, options.XmlEncryptor) = (repository, new SealedKey(secret, repository));
    });
    return services;
  }

  /// <summary>What to do where this machine's secret does not open the keys there are: its public pages work, and nobody can sign in on it.</summary>
  public static async Task<Problem?> CheckAsync(IServiceProvider services, CancellationToken ct) {
    await using var scope = services.CreateAsyncScope();
    var keys = await scope.ServiceProvider.GetRequiredService<PlatformDb>().Keys.AsNoTracking().Select(k => k.Xml).ToListAsync(ct);
    try {
      SealedKey.OpenAll(services.GetRequiredService<HouseSecret>(), keys.Select(XElement.Parse));
      return null;
    } catch (RefusedException wrong) {
      return wrong.Problem;
    }
  }
}

/// <summary>A key of data protection, sealed.</summary>
internal sealed class ProtectionKey {
  public Guid ProtectionKeyId { get; init; } = Guid.CreateVersion7();
  public required string Name { get; init; }
  public required string Xml { get; init; }

  internal static void Map(ModelBuilder model) => model.Entity<ProtectionKey>(e => {
    e.ToTable("kernel_keys");
    e.Property(k => k.Name).HasMaxLength(80);
  });
}

/// <summary>The one secret of the house: 32 bytes in a file that only its owner reads.</summary>
internal sealed class HouseSecret(DataFolder folder) {
  private const int TagBytes = 16, NonceBytes = 12;
  private string FilePath => Path.Combine(folder.Root, "secrets", "house.key");

  public string Seal(string plain) {
    var text = Encoding.UTF8.GetBytes(plain);
    Span<byte> all = new byte[NonceBytes + TagBytes + text.Length];
    RandomNumberGenerator.Fill(all[..NonceBytes]);
    using var aes = new AesGcm(ReadOrMake(FilePath), TagBytes);
    aes.Encrypt(all[..NonceBytes], text, all[(NonceBytes + TagBytes)..], all[NonceBytes..(NonceBytes + TagBytes)]);
    return Convert.ToBase64String(all);
  }

  public string Open(string sealedText) {
    ReadOnlySpan<byte> all = Convert.FromBase64String(sealedText);
    var text = new byte[all.Length - NonceBytes - TagBytes];
    // a machine without the secret must not make another: keys sealed with it would be good nowhere else
    if (!File.Exists(FilePath)) throw Wrong("is not there");
    using var aes = new AesGcm(ReadOrMake(FilePath), TagBytes);
    try {
      aes.Decrypt(all[..NonceBytes], all[(NonceBytes + TagBytes)..], all[NonceBytes..(NonceBytes + TagBytes)], text);
    } catch (AuthenticationTagMismatchException) {
      throw Wrong("does not open this database\'s keys");
    }
    return Encoding.UTF8.GetString(text);
  }

  private RefusedException Wrong(string how) => new($"{FilePath} {how}. Copy the file of the machine that made the database, or bring it back from a backup. "
    + "Until then nobody can sign in on this machine; the public pages work.");

  private static byte[] ReadOrMake(string path) {
    PrivateFolder.Make(Path.GetDirectoryName(path)!);
    // two processes that start at once on a new folder: one makes it, both read it
    if (!File.Exists(path)) {
      var made = $"{path}.{Guid.CreateVersion7():N}";
      using (var file = PrivateFolder.NewFile(made)) {
        file.Write(RandomNumberGenerator.GetBytes(32));
        file.Flush(flushToDisk: true);
      }
      try {
        File.Move(made, path, overwrite: false);
      } catch (IOException) when (File.Exists(path)) {
        File.Delete(made);
      }
    }
    var key = File.ReadAllBytes(path);
    return key.Length == 32 ? key : throw new RefusedException($"{path} holds {key.Length} bytes where 32 are right. Bring it back from a backup.");
  }
}

internal sealed class SealedKey(HouseSecret secret, KeysInDatabase keys) : IXmlEncryptor {
  private const string Element = "sealed";

  public EncryptedXmlInfo Encrypt(XElement plaintextElement) {
    OpenAll(secret, keys.GetAllElements());
    return new(new XElement(Element, secret.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(OpenedKey));
  }

  /// <exception cref="RefusedException">The secret is not the one that sealed them.</exception>
  public static void OpenAll(HouseSecret secret, IEnumerable<XElement> keys) {
    foreach (var key in keys.SelectMany(k => k.Descendants(Element))) secret.Open(key.Value);
  }
}

/// <summary>Named in the sealed key itself; data protection makes it.</summary>
internal sealed class OpenedKey(IServiceProvider services) : IXmlDecryptor {
  public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<HouseSecret>().Open(encryptedElement.Value));
}

// data protection asks from blocking code; it does so once a day and once in ninety days
internal sealed class KeysInDatabase(IServiceScopeFactory scopes) : IXmlRepository {
  public IReadOnlyCollection<XElement> GetAllElements() {
    using var scope = scopes.CreateScope();
    return [.. scope.ServiceProvider.GetRequiredService<PlatformDb>().Keys.AsNoTracking().Select(k => k.Xml).ToList().Select(XElement.Parse)];
  }

  public void StoreElement(XElement element, string friendlyName) {
    using var scope = scopes.CreateScope();
    var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
    db.Keys.Add(new() { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
    db.SaveChangesAsync().GetAwaiter().GetResult();
  }
}
