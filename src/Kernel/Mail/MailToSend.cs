namespace Porchlight.Kernel.Mail;

/// <summary>A letter to one person: plain text.</summary>
/// <param name="To">An address, or a name with one: "Rosa Álvarez &lt;rosa@portalder.example&gt;".</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Lines of plain text.</param>
public sealed record Letter(string To, string Subject, string Text);

/// <summary>What waits in the outbox: a letter, sealed, because it may hold a link that signs someone in.</summary>
internal sealed record MailToSend(Guid MailId, string Sealed);
