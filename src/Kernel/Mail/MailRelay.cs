using System.Net.Mail;
using Porchlight.Kernel.Settings;

namespace Porchlight.Kernel.Mail;

/// <summary>The department's mail relay, as its settings say.</summary>
internal sealed record MailRelay(string Host, int Port, MailAddress From, bool Tls, string? User, string? Password) {
  /// <summary>The relay, or what to do before there is one.</summary>
  public static (MailRelay? Relay, Problem? Problem) Of(DepartmentSettings settings, SettingSecrets secrets) {
    if (settings["mail-relay"] is not { } host || settings["mail-from"] is not { } from)
      return (null, new("No mail can be sent yet. Set mail-relay (your mail server) and mail-from (the address letters come from), then try again.",
        "Todavía no se puede enviar correo. Configure mail-relay (su servidor) y mail-from (la dirección de la que salen las cartas) e inténtelo otra vez."));
    var password = settings["mail-password"] is { } kept ? secrets.Open(kept) : "";
    if (password is null)
      return (null, new("The relay's password cannot be opened with this machine's keys. Set mail-password again.",
        "La contraseña del servidor de correo no se puede abrir con las claves de este equipo. Configure mail-password de nuevo."));
    var address = new MailAddress(from);
    if (address.DisplayName.Length == 0) address = new(address.Address, settings.Name.En);
    var port = int.TryParse(settings["mail-port"], out var said) ? said : 587;
    return (new(host, port, address, settings["mail-tls"] != "no", settings["mail-user"], password), null);
  }
}
