using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Porchlight.Kernel.Settings;

namespace Porchlight.Kernel.Mail;

/// <summary>Hands a letter to the department's relay by SMTP, with STARTTLS unless told not to, and says in plain words what the relay answered.</summary>
internal sealed class MailSender(SettingSecrets secrets) {
  private const string ServerSaid = "The server response was: ";

  /// <summary>What is longer than this is a relay that does not answer.</summary>
  public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(20);

  /// <summary>Null where the relay took it; else what to do.</summary>
  /// <param name="settings">The department's.</param>
  /// <param name="letter">To one person.</param>
  /// <param name="id">The same at each try, so that a letter that arrives twice is known to be one.</param>
  /// <param name="ct">Gives up.</param>
  public async Task<MailRefusal?> SendAsync(DepartmentSettings settings, Letter letter, Guid id, CancellationToken ct) {
    var (relay, problem) = MailRelay.Of(settings, secrets);
    if (relay is null) return new(problem!);
    if (!MailAddress.TryCreate(letter.To, out var to)) return new(NoAddress(letter.To), IsFinal: true);
    using var message = new MailMessage(relay.From, to) {
      Subject = PlainText.Cut(letter.Subject, 200), SubjectEncoding = Encoding.UTF8, Body = letter.Text, BodyEncoding = Encoding.UTF8,
      BodyTransferEncoding = TransferEncoding.QuotedPrintable, IsBodyHtml = false,
    };
    message.Headers["Message-ID"] = $"<{id:N}@{relay.From.Host}>";
    // so that nobody's "I am away" comes back
    message.Headers["Auto-Submitted"] = "auto-generated";
    using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
    limit.CancelAfter(Limit);
    using var client = new SmtpClient(relay.Host, relay.Port) { EnableSsl = relay.Tls };
    if (relay.User is { } user) client.Credentials = new NetworkCredential(user, relay.Password);
    try {
      // the client's own giving up can hang while it connects
      await client.SendMailAsync(message, limit.Token).WaitAsync(limit.Token);
      return null;
    } catch (OperationCanceledException) when (!ct.IsCancellationRequested) {
      return new(Slow(relay));
    } catch (SmtpException refused) {
      return Explain(relay, refused, to.Address);
    }
  }

  public static Problem NoAddress(string address) => new($"\"{address}\" is not a mail address. Write one like name@police.example.gov.",
    $"\"{address}\" no es una dirección de correo. Escriba una como nombre@police.example.gov.");

  private Problem Slow(MailRelay relay) => new(
    $"{At(relay)} did not answer within {Limit.TotalSeconds:0} seconds. Check mail-relay and mail-port, and that the firewall lets this machine reach it.",
    $"{At(relay)} no respondió en {Limit.TotalSeconds:0} segundos. Revise mail-relay y mail-port, y que el cortafuegos permita llegar desde este equipo.");

  private static MailRefusal Explain(MailRelay relay, SmtpException refused, string to) {
    var at = At(relay);
    var said = Said(refused);
    var code = (int)refused.StatusCode;
    return Cause<SocketException>(refused)?.SocketErrorCode switch {
      SocketError.ConnectionRefused => new(new($"{at} refused the connection. Check mail-port, and that the mail server runs.",
        $"{at} rechazó la conexión. Revise mail-port y que el servidor de correo esté en marcha.")),
      SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new(new($"There is no machine named {relay.Host}. Check mail-relay.",
        $"No hay ningún equipo llamado {relay.Host}. Revise mail-relay.")),
      SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable => new(new(
        $"{at} cannot be reached. Check mail-relay, and that the firewall lets this machine reach it.",
        $"No se puede llegar a {at}. Revise mail-relay y que el cortafuegos permita llegar desde este equipo.")),
      _ when Cause<AuthenticationException>(refused) is not null => new(new(
        $"{at} shows a certificate that this machine does not trust for that name. Use the name on the certificate, or have its issuer trusted here.",
        $"{at} presenta un certificado en el que este equipo no confía para ese nombre. Use el nombre del certificado, o acepte aquí a quien lo emitió.")),
      _ when refused is SmtpFailedRecipientException && code >= 500 => new(new($"{at} refused the address {to}: {said}. Check the address.",
        $"{at} rechazó la dirección {to}: {said}. Revise la dirección."), IsFinal: true),
      _ when code is 530 or 534 or 535 or 538 => new(new($"{at} did not accept the sign-in: {said}. Check mail-user and mail-password.",
        $"{at} no aceptó el inicio de sesión: {said}. Revise mail-user y mail-password.")),
      _ when refused.Message.Contains("does not support secure connections", StringComparison.Ordinal) => new(new(
        $"{at} offers no STARTTLS, so letters would travel in the open. Use port 587, or set mail-tls to no where the relay is on your own network.",
        $"{at} no ofrece STARTTLS, así que las cartas viajarían sin cifrar. Use el puerto 587, o ponga mail-tls en no si el servidor está en su propia red.")),
      _ => new(new($"{at} answered: {said}. Ask whoever runs the mail server to let this machine send from {relay.From.Address}.",
        $"{at} respondió: {said}. Pida a quien administra el servidor de correo que permita a este equipo enviar desde {relay.From.Address}.")),
    };
  }

  private static string At(MailRelay relay) => $"{relay.Host} (port {relay.Port})";

  // "Mailbox unavailable. The server response was: 5.1.1 no such user" -> what the server said
  private static string Said(SmtpException refused) {
    var text = refused.Message;
    var at = text.IndexOf(ServerSaid, StringComparison.Ordinal);
    return PlainText.Cut(at < 0 ? text : text[(at + ServerSaid.Length)..], 200).Trim().TrimEnd('.');
  }

  private static T? Cause<T>(Exception? error) where T : Exception {
    for (; error is not null; error = error.InnerException) if (error is T found) return found;
    return null;
  }
}

/// <summary>Why a letter was not sent.</summary>
/// <param name="Problem">What to do.</param>
/// <param name="IsFinal">Whether another try would end the same way, whatever the relay does.</param>
internal sealed record MailRefusal(Problem Problem, bool IsFinal = false);
