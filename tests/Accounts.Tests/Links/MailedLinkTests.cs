using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Porchlight.Kernel.People;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests.Links;

/// <summary>Links and the try of the relay, through a real SMTP server.</summary>
public sealed class MailedLinkTests {
  [Fact]
  public async Task An_invitation_goes_by_mail_and_a_forgotten_password_too_and_neither_is_shown() {
    await using var smtp = await SmtpServer.StartAsync();
    await using var host = await TestHost.StartAsync();
    await SetRelayAsync(host, smtp.Port);
    using var visitor = await host.SignInAsync(StaffRoles.Administrator);
    await visitor.OpenAsync("/staff/people/invite");
    await visitor.SendAsync("/staff/people/invite", ("Name", "Dana Whitfield"), ("Email", "dana@portalder.example"), ("Roles", StaffRoles.Steward));
    visitor.Page.Is(HttpStatusCode.OK).Says("The invitation is on its way.");
    visitor.Page.NeverSays("/staff/links/");
    var letter = await LetterAsync(smtp, 1);
    Assert.Equal(["dana@portalder.example"], letter.To);
    Assert.Contains("Tiene una invitación", letter.Text, StringComparison.Ordinal);
    using var dana = host.NewVisitor();
    (await dana.OpenAsync(LinkIn(letter))).Is(HttpStatusCode.OK).Says("dana@portalder.example");

    var account = await host.MakeStaffAsync(StaffRoles.Auditor);
    using var forgot = host.NewVisitor();
    foreach (var email in new[] { "nobody@portalder.example", account.Email }) {
      await forgot.OpenAsync("/staff/sign-in");
      (await forgot.SendAsync("/staff/password/forgotten", ("Email", email))).Says("If there is an account with that email");
    }
    var reset = await LetterAsync(smtp, 2);
    Assert.Equal([account.Email], reset.To);
    await forgot.OpenAsync(LinkIn(reset));
    (await forgot.SendAsync("/password", ("Password", "password12345"))).Is(HttpStatusCode.UnprocessableEntity);
    (await forgot.SendAsync("/password", ("Password", "another four good words"))).Says("Your new password is set.");
    using var old = host.NewVisitor();
    await old.OpenAsync("/staff/sign-in");
    (await old.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password))).Is(HttpStatusCode.UnprocessableEntity);
    // the second factor is still asked for
    using var again = await host.SignInAsync(account with { Password = "another four good words" });
    (await again.OpenAsync(LinkIn(reset))).Is(HttpStatusCode.NotFound);
  }

  [Fact]
  public async Task The_try_of_the_relay_says_what_it_answered() {
    await using var host = await TestHost.StartAsync();
    using var visitor = await host.SignInAsync(StaffRoles.Administrator);
    await visitor.OpenAsync("/staff/settings");
    (await visitor.SendAsync("/staff/settings/mail-test")).Says("No mail can be sent yet.");
    await using (var refusing = await SmtpServer.StartAsync("--refuse")) {
      await SetRelayAsync(host, refusing.Port);
      (await visitor.SendAsync("/staff/settings/mail-test")).Only(".notice-late");
    }
    await using var smtp = await SmtpServer.StartAsync();
    await SetRelayAsync(host, smtp.Port);
    (await visitor.SendAsync("/staff/settings/mail-test")).Says("The mail server took the letter");
    await LetterAsync(smtp, 1);
  }

  [Fact]
  public async Task The_relay_s_password_is_never_on_the_page_nor_on_the_trail_and_stays_when_left_empty() {
    await using var host = await TestHost.StartAsync();
    using var visitor = await host.SignInAsync(StaffRoles.Administrator);
    await visitor.OpenAsync("/staff/settings");
    await visitor.SendAsync("/staff/settings", ("MailPassword", "a secret of the relay"), ("City", "Port Alder"));
    await visitor.SendAsync("/staff/settings", ("City", "Port Alder Bay"));
    Assert.DoesNotContain("a secret of the relay", visitor.Page.Document.Source.Text, StringComparison.Ordinal);
    var changes = (await SignIn.SignInTests.EntriesAsync(host)).Where(e => e.Action == Trails.SettingChanged).ToList();
    Assert.Equal("(not set) -> (secret)", Assert.Single(changes, e => e.Subject == "mail-password").Detail);
  }

  private static async Task SetRelayAsync(TestHost host, int port) {
    foreach (var (key, value) in new[] { ("mail-relay", "127.0.0.1"), ("mail-port", port.ToString(CultureInfo.InvariantCulture)), ("mail-from", "no-reply@portalder.example"), ("mail-tls", "no") })
      (await host.RunVerbAsync("settings", "set", key, value)).Done();
    host.Clock.Advance(TimeSpan.FromSeconds(2));
  }

  private static string LinkIn(TakenLetter letter) => new Uri(Regex.Match(letter.Text, "http\\S+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value).PathAndQuery;

  private static async Task<TakenLetter> LetterAsync(SmtpServer smtp, int count) {
    for (var i = 0; i < 200 && smtp.Taken.Count < count; i++) await Task.Delay(100);
    Assert.True(smtp.Taken.Count >= count, "No letter came within 20 seconds.");
    return smtp.Taken[count - 1];
  }
}
