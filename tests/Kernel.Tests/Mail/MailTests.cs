using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Kernel.Mail;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Storage;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Mail;

/// <summary>Against a real SMTP server on this machine.</summary>
public sealed class MailTests {
  private const string Ana = "ana@residents.example";
  private static CancellationToken Ct => TestContext.Current.CancellationToken;

  [Theory, OnBoth]
  public async Task A_letter_is_sent_after_the_save_that_it_tells_of(Provider provider) {
    await using var smtp = await SmtpServer.StartAsync();
    await using var host = await StartAsync(smtp.Port, provider);
    await QueueAsync(host, new($"Ana Muñoz <{Ana}>", "Su invitación\r\nBcc: all@residents.example", "Buenos días, Ana.\n" + new string('x', 2000) + "\n.\n¡Adiós!\n"), save: false);
    Assert.False(await RunAsync(host));
    await QueueAsync(host, new($"Ana Muñoz <{Ana}>", "Su invitación\r\nBcc: all@residents.example", "Buenos días, Ana.\n" + new string('x', 2000) + "\n.\n¡Adiós!\n"));
    Assert.True(await RunAsync(host));
    await Wait.UntilAsync(() => smtp.Taken.Count > 0);
    var letter = Assert.Single(smtp.Taken);
    Assert.Equal(("no-reply@portalder.example", Ana), (letter.From, Assert.Single(letter.To)));
    Assert.Equal("Su invitación  Bcc: all@residents.example", letter.Headers["subject"]);
    Assert.Equal($"Ana Muñoz <{Ana}>", letter.Headers["to"]);
    Assert.Equal("Port Alder Police <no-reply@portalder.example>", letter.Headers["from"]);
    Assert.Equal("auto-generated", letter.Headers["auto-submitted"]);
    Assert.Matches("^<[0-9a-f]{32}@portalder.example>$", letter.Headers["message-id"]);
    Assert.DoesNotContain("bcc", letter.Headers.Keys);
    Assert.Equal("Buenos días, Ana.\n" + new string('x', 2000) + "\n.\n¡Adiós!", letter.Text.ReplaceLineEndings("\n").TrimEnd());
    Assert.False(await RunAsync(host));
  }

  [Fact]
  public async Task A_letter_that_waits_cannot_be_read_in_the_database() {
    await using var host = await TestHost.StartAsync();
    await QueueAsync(host, new(Ana, "Your link", "https://police.example/staff/invitation/secret"));
    var row = await host.UseAsync((PlatformDb db) => db.Outbox.SingleAsync(Ct));
    Assert.DoesNotContain("ana@", row.Content, StringComparison.OrdinalIgnoreCase);
    Assert.DoesNotContain("secret", row.Content, StringComparison.OrdinalIgnoreCase);
  }

  [Fact]
  public async Task A_relay_that_takes_nothing_is_asked_again_with_the_same_letter() {
    await using var refusing = await SmtpServer.StartAsync("--refuse");
    await using var taking = await SmtpServer.StartAsync();
    await using var host = await StartAsync(refusing.Port);
    await QueueAsync(host, new(Ana, "Your link", "x"));
    Assert.True(await RunAsync(host));
    var row = await host.UseAsync((PlatformDb db) => db.Outbox.SingleAsync(Ct));
    Assert.Null(row.ParkedAt);
    Assert.Contains("answered: 5.7.1 This server takes no letters. Ask whoever runs the mail server", row.Problem, StringComparison.Ordinal);
    (await host.RunVerbAsync("settings", "set", "mail-port", $"{taking.Port}")).Done();
    host.Clock.Advance(OutboxDispatcher.PauseAfter(1));
    Assert.True(await RunAsync(host));
    await Wait.UntilAsync(() => taking.Taken.Count > 0);
  }

  [Fact]
  public async Task A_letter_to_an_address_that_the_relay_does_not_know_is_parked_at_once() {
    await using var smtp = await SmtpServer.StartAsync("--bounce", Ana);
    await using var host = await StartAsync(smtp.Port);
    await QueueAsync(host, new(Ana, "Your link", "x"));
    await RunAsync(host);
    var parked = Assert.Single(await host.UseAsync((ParkedMessages p) => p.ListAsync(10, Ct)));
    Assert.Equal(("MailToSend", "SendQueuedMail"), (parked.Event, parked.Handler));
    Assert.Contains($"refused the address {Ana}: 5.1.1 No such user here. Check the address.", parked.Problem, StringComparison.Ordinal);
  }

  [Fact]
  public async Task Trying_a_relay_that_works_sends_a_letter() {
    await using var smtp = await SmtpServer.StartAsync("--user", "porchlight", "--password", "s3cret pass");
    await using var host = await StartAsync(smtp.Port);
    (await host.RunVerbAsync("settings", "set", "mail-user", "porchlight")).Done();
    (await host.RunVerbAsync("settings", "set", "mail-password", "s3cret pass")).Done();
    Assert.Null(await TryAsync(host));
    await Wait.UntilAsync(() => smtp.Taken.Count > 0);
    Assert.Equal("Port Alder Police: mail works / el correo funciona", smtp.Taken[0].Headers["subject"]);
  }

  [Fact]
  public async Task Each_way_that_mail_can_fail_says_what_to_do_in_both_languages() {
    await using (var unset = await TestHost.StartAsync()) await SaysAsync(unset, "Set mail-relay (your mail server) and mail-from");

    await using var bouncing = await SmtpServer.StartAsync("--bounce", Ana);
    await using var host = await StartAsync(bouncing.Port);
    await SaysAsync(host, $"127.0.0.1 (port {bouncing.Port}) refused the address {Ana}: 5.1.1 No such user here. Check the address.");
    Assert.Contains("is not a mail address", (await host.UseAsync((MailTest test) => test.TryAsync("ana at home", Ct)))!.English, StringComparison.Ordinal);

    await using (var refusing = await SmtpServer.StartAsync("--refuse")) {
      await SetAsync(host, "mail-port", $"{refusing.Port}");
      await SaysAsync(host, "answered: 5.7.1 This server takes no letters. Ask whoever runs the mail server to let this machine send from no-reply@portalder.example.");
    }
    await SaysAsync(host, "refused the connection. Check mail-port, and that the mail server runs.");

    await using (var locked = await SmtpServer.StartAsync("--user", "porchlight", "--password", "right")) {
      await SetAsync(host, "mail-port", $"{locked.Port}");
      await SaysAsync(host, "did not accept the sign-in: 5.7.0 Authentication required. Check mail-user and mail-password.");
      await SetAsync(host, "mail-user", "porchlight");
      await SetAsync(host, "mail-password", "wrong");
      await SaysAsync(host, "did not accept the sign-in: 5.7.0 Authentication required. Check mail-user and mail-password.");
      await SetAsync(host, "mail-tls", "yes");
      await SaysAsync(host, "offers no STARTTLS, so letters would travel in the open.");
      await SetAsync(host, "mail-tls", "no");
    }
    await SetAsync(host, "mail-user", "");

    Assert.Equal(TimeSpan.FromSeconds(20), host.Services.GetRequiredService<MailSender>().Limit);
    host.Services.GetRequiredService<MailSender>().Limit = TimeSpan.FromSeconds(1);
    await using (var slow = await SmtpServer.StartAsync("--slow", "60")) {
      await SetAsync(host, "mail-port", $"{slow.Port}");
      var began = Stopwatch.StartNew();
      await SaysAsync(host, "did not answer within 1 seconds.");
      Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(10));
    }
    using (var silent = new TcpListener(IPAddress.Loopback, 0)) {
      silent.Start();
      await SetAsync(host, "mail-port", $"{((IPEndPoint)silent.LocalEndpoint).Port}");
      await SaysAsync(host, "did not answer within 1 seconds.");
    }
    await SetAsync(host, "mail-relay", "no-such-machine.invalid");
    await SaysAsync(host, "There is no machine named no-such-machine.invalid. Check mail-relay.");
  }

  [Fact]
  public async Task A_relay_whose_certificate_is_trusted_gets_the_letter_encrypted_and_another_gets_none() {
    using var folder = new TestFolder();
    var certificate = MakeCertificate(folder);
    await using var smtp = await SmtpServer.StartAsync("--certificate", certificate, "--user", "porchlight", "--password", "right");
    await using var host = await StartAsync(smtp.Port);
    foreach (var (key, value) in ((string, string)[])[("mail-relay", "localhost"), ("mail-tls", "yes"), ("mail-user", "porchlight"), ("mail-password", "right")]) await SetAsync(host, key, value);
    await SaysAsync(host, "shows a certificate that this machine does not trust for that name.");
    Assert.Empty(smtp.Taken);

    // trust is the process's: another one, that was told whom to trust
    var words = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "porchlight.dll"), "settings", "try-mail", Ana, "--data", host.Folder.Root]) {
      RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, Environment = { ["SSL_CERT_FILE"] = certificate },
    };
    using var process = Process.Start(words)!;
    var said = await process.StandardOutput.ReadToEndAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60)) + await process.StandardError.ReadToEndAsync(Ct);
    Assert.True(said.Contains("The relay took the letter.", StringComparison.Ordinal), said);
    await Wait.UntilAsync(() => smtp.Taken.Count > 0);
    Assert.True(smtp.Taken[0].Tls);
  }

  [Fact]
  public async Task The_password_of_the_relay_is_kept_sealed_and_shown_to_nobody() {
    await using var host = await TestHost.StartAsync();
    await SetAsync(host, "mail-password", "s3cret pass");
    var listed = (await host.RunVerbAsync("settings")).Done().Out;
    Assert.Matches("mail-password +\\(set\\)", listed);
    Assert.DoesNotContain("s3cret", listed, StringComparison.Ordinal);
    var kept = (await host.UseAsync((SettingStore s) => s.LoadAsync(Ct)))["mail-password"]!;
    Assert.DoesNotContain("s3cret", kept, StringComparison.Ordinal);
    Assert.Equal("s3cret pass", host.Services.GetRequiredService<SettingSecrets>().Open(kept));
  }

  [Fact]
  public async Task A_password_sealed_with_keys_that_are_gone_must_be_said_again() {
    await using var host = await StartAsync(25);
    await host.UseAsync((PlatformDb db) => { db.Settings.Add(new() { Key = "mail-password", Value = "sealed elsewhere", ChangedAt = default }); return db.SaveChangesAsync(Ct); });
    await SaysAsync(host, "Set mail-password again.");
  }

  private static async Task<TestHost> StartAsync(int port, Provider provider = Provider.Sqlite) {
    var host = await TestHost.StartAsync(provider);
    await host.UseAsync(async (SettingStore settings) => Assert.Null(await settings.SetAsync(new Dictionary<string, string> {
      ["name"] = "Port Alder Police", ["mail-relay"] = "127.0.0.1", ["mail-port"] = $"{port}", ["mail-from"] = "no-reply@portalder.example", ["mail-tls"] = "no",
    }, Ct)));
    return host;
  }

  private static Task QueueAsync(TestHost host, Letter letter, bool save = true) => host.UseAsync(async (IServiceProvider scope) => {
    Assert.Null(scope.GetRequiredService<Mailer>().Queue(letter));
    if (save) await scope.GetRequiredService<PlatformDb>().SaveChangesAsync(Ct);
  });

  private static Task<bool> RunAsync(TestHost host) => host.Services.GetRequiredService<OutboxDispatcher>().RunOneAsync(Ct);
  private static Task<Problem?> TryAsync(TestHost host) => host.UseAsync((MailTest test) => test.TryAsync(Ana, Ct));
  private static Task SetAsync(TestHost host, string key, string value) =>
    host.UseAsync(async (SettingStore settings) => Assert.Null(await settings.SetAsync(new Dictionary<string, string> { [key] = value }, Ct)));

  private static async Task SaysAsync(TestHost host, string what) {
    var problem = await TryAsync(host).WaitAsync(TimeSpan.FromSeconds(30));
    Assert.NotNull(problem);
    Assert.True(problem.English.Contains(what, StringComparison.Ordinal), problem.English);
    Assert.False(string.IsNullOrWhiteSpace(problem.Spanish));
  }

  private static string MakeCertificate(TestFolder folder) {
    using var key = RSA.Create(2048);
    var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    var names = new SubjectAlternativeNameBuilder();
    names.AddDnsName("localhost");
    request.CertificateExtensions.Add(names.Build());
    request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
    using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
    return folder.Write("relay.pem", made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
  }
}
