using System.Net.Mail;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;

namespace Porchlight.Kernel.Mail;

/// <summary>Letters to people, sent by the department's relay some seconds after the save that they tell of.</summary>
public sealed class Mailer(PlatformDb db, SettingStore settings, SettingSecrets secrets, TimeProvider clock, IDataProtectionProvider protection) {
  private readonly IDataProtector _protector = protection.CreateProtector("Porchlight.Mail");

  /// <summary>Whether the settings name a relay and a sender: where not, a link is shown to the one who asks for it.</summary>
  public async Task<bool> HasRelayAsync(CancellationToken ct) => MailRelay.Of(await settings.LoadAsync(ct), secrets).Relay is not null;

  /// <summary>
  /// Adds a letter to this request's save; it is sent if that is saved. A relay that does not take it is asked again for half a day, and what is
  /// never taken is among the parked messages. Returns what to do where the address is none.
  /// </summary>
  public Problem? Queue(Letter letter) {
    if (!MailAddress.TryCreate(letter.To, out _)) return MailSender.NoAddress(letter.To);
    db.Publish(new MailToSend(Guid.CreateVersion7(clock.GetUtcNow()), _protector.Protect(JsonSerializer.Serialize(letter))));
    return null;
  }

  internal Letter Open(MailToSend mail) => JsonSerializer.Deserialize<Letter>(_protector.Unprotect(mail.Sealed))!;
}

/// <summary>Sends what <see cref="Mailer"/> queued.</summary>
internal sealed class SendQueuedMail(Mailer mailer, MailSender sender, SettingStore settings) : IHandle<MailToSend> {
  public async Task HandleAsync(MailToSend happened, CancellationToken ct) {
    if (await sender.SendAsync(await settings.LoadAsync(ct), mailer.Open(happened), happened.MailId, ct) is not { } refusal) return;
    if (refusal.IsFinal) throw new RefusedException(refusal.Problem);
    throw new IOException(refusal.Problem.English);
  }
}

/// <summary>Sends one letter at once, so that whoever sets the relay up hears what it answers.</summary>
public sealed class MailTest {
  private readonly MailSender _sender;
  private readonly SettingStore _settings;

  internal MailTest(MailSender sender, SettingStore settings) => (_sender, _settings) = (sender, settings);

  /// <summary>Null where the relay took the letter; else what it answered and what to do, within 20 seconds.</summary>
  public async Task<Problem?> TryAsync(string to, CancellationToken ct) {
    var said = await _settings.LoadAsync(ct);
    var letter = new Letter(to, $"{said.Name.En}: mail works / el correo funciona",
      "This letter was sent to try the mail relay. Nothing needs to be done.\n\n"
      + "Esta carta se envió para probar el servidor de correo. No hace falta hacer nada.\n");
    return (await _sender.SendAsync(said, letter, Guid.CreateVersion7(), ct))?.Problem;
  }
}

/// <summary>Registers what sends mail.</summary>
public static class MailServices {
  /// <summary>One <see cref="Mailer"/> and one <see cref="MailTest"/> a scope.</summary>
  public static IServiceCollection AddMail(this IServiceCollection services) {
    services.AddDataProtection().SetApplicationName("Porchlight");
    return services.AddSingleton<SettingSecrets>().AddSingleton<MailSender>().AddScoped<Mailer>().AddHandler<MailToSend, SendQueuedMail>()
      .AddScoped(s => new MailTest(s.GetRequiredService<MailSender>(), s.GetRequiredService<SettingStore>()));
  }
}
