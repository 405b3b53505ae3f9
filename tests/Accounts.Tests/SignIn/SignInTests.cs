using System.Net;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Trail;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests.SignIn;

public sealed class SignInTests {
  private const string Refusal = "That email and password do not open an account.";

  [Fact]
  public async Task Without_a_session_the_staff_s_door_leads_to_email_and_password_in_one_form() {
    await using var host = await TestHost.StartAsync();
    using var visitor = host.NewVisitor();
    (await visitor.OpenAsync("/staff")).Is(HttpStatusCode.OK);
    Assert.StartsWith("/staff/sign-in", visitor.At, StringComparison.Ordinal);
    var form = visitor.Page.Only("form[action='/staff/sign-in']");
    Assert.NotNull(form.QuerySelector("input[name=Email]"));
    Assert.NotNull(form.QuerySelector("input[name=Password][type=password]"));
  }

  [Theory, OnBoth]
  public async Task Password_and_authenticator_let_a_person_in_to_the_page_that_was_asked_for(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var account = await host.MakeStaffAsync(StaffRoles.Administrator);
    using var visitor = host.NewVisitor();
    await visitor.OpenAsync("/es/staff/people?page=1");
    (await visitor.SendAsync("/staff/sign-in", ("Email", account.Email.ToUpperInvariant()), ("Password", account.Password))).Is(HttpStatusCode.OK);
    (await visitor.SendAsync("/staff/sign-in/code", ("Code", host.CodeOf(account)))).Is(HttpStatusCode.OK);
    Assert.Equal("/es/staff/people?page=1", visitor.At);
    // the same session holds in the other language and without a prefix, and nowhere else
    (await visitor.OpenAsync("/staff/people")).Is(HttpStatusCode.OK);
    (await visitor.OpenAsync("/en/staff/me")).Says(account.Email);
    Assert.Contains(await EntriesAsync(host), e => e is { Action: Trails.SignedIn, Outcome: TrailOutcome.Done } && e.Subject == account.Email && e.From is not null);
  }

  [Fact]
  public async Task Every_refusal_says_the_same_and_keeps_the_typed_email() {
    await using var host = await TestHost.StartAsync();
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    using var visitor = host.NewVisitor();
    await visitor.OpenAsync("/staff/sign-in");
    foreach (var (email, password) in new[] { ("nobody@portalder.example", "whatever it is"), (account.Email, "not the password") }) {
      (await visitor.SendAsync("/staff/sign-in", ("Email", email), ("Password", password))).Is(HttpStatusCode.UnprocessableEntity).Says(Refusal);
      Assert.Equal(email, visitor.Page.Only("#field-Email").GetAttribute("value"));
    }
  }

  [Fact]
  public async Task Five_wrong_tries_lock_an_account_and_the_refusal_stays_the_same_also_for_the_right_password() {
    await using var host = await TestHost.StartAsync();
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    using var visitor = host.NewVisitor();
    await visitor.OpenAsync("/staff/sign-in");
    for (var i = 0; i < 5; i++) (await visitor.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", "wrong wrong wrong"))).Says(Refusal);
    (await visitor.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password))).Is(HttpStatusCode.UnprocessableEntity).Says(Refusal);
    Assert.Contains(await EntriesAsync(host), e => e.Action == Trails.Locked && e.Subject == account.Email);
    (await host.RunVerbAsync("admin", "unlock", account.Email)).Done();
    (await visitor.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password))).Is(HttpStatusCode.OK);
    Assert.StartsWith("/staff/sign-in/code", visitor.At, StringComparison.Ordinal);
  }

  [Fact]
  public async Task A_code_is_good_once_and_a_recovery_code_too() {
    await using var host = await TestHost.StartAsync();
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    using var first = await host.SignInAsync(account);
    var code = host.CodeOf(account);
    using var second = host.NewVisitor();
    await second.OpenAsync("/staff/sign-in");
    await second.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password));
    (await second.SendAsync("/staff/sign-in/code", ("Code", code))).Is(HttpStatusCode.UnprocessableEntity).Says("was used before");
    await first.OpenAsync("/staff/me/recovery-codes");
    var recovery = HtmlPage.Text((await first.SendAsync("/staff/me/recovery-codes", ("Current", account.Password))).All(".codes-once li")[3]);
    (await second.SendAsync("/staff/sign-in/code", ("Code", recovery.ToLowerInvariant()))).Is(HttpStatusCode.OK);
    Assert.Equal("/staff", second.At);
    using var third = host.NewVisitor();
    await third.OpenAsync("/staff/sign-in");
    await third.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password));
    (await third.SendAsync("/staff/sign-in/code", ("Code", recovery))).Is(HttpStatusCode.UnprocessableEntity);
  }

  [Fact]
  public async Task A_session_ends_after_thirty_idle_minutes_and_after_twelve_hours_and_at_once_with_the_account() {
    await using var host = await TestHost.StartAsync();
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    using var idle = await host.SignInAsync(account);
    for (var i = 0; i < 3; i++) {
      host.Clock.Advance(TimeSpan.FromMinutes(29));
      (await idle.OpenAsync("/staff")).Is(HttpStatusCode.OK);
      Assert.Equal("/staff", idle.At);
    }
    host.Clock.Advance(TimeSpan.FromMinutes(31));
    await idle.OpenAsync("/staff/me");
    Assert.Equal("/staff/sign-in?next=%2Fstaff%2Fme", idle.At);

    using var busy = await host.SignInAsync(account);
    for (var i = 0; i < 30; i++) {
      host.Clock.Advance(TimeSpan.FromMinutes(25));
      await busy.OpenAsync("/staff");
    }
    Assert.StartsWith("/staff/sign-in", busy.At, StringComparison.Ordinal);

    using var closed = await host.SignInAsync(account);
    using var administrator = await host.SignInAsync(StaffRoles.Administrator);
    await administrator.OpenAsync("/staff/people");
    var href = administrator.Page.All("table a").First(a => a.Closest("tr")!.TextContent.Contains(account.Email, StringComparison.Ordinal)).GetAttribute("href")!;
    await administrator.OpenAsync(href);
    (await administrator.SendAsync("/close")).Is(HttpStatusCode.OK).Says("The account is closed");
    await closed.OpenAsync("/staff");
    Assert.StartsWith("/staff/sign-in", closed.At, StringComparison.Ordinal);
    await closed.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password));
    closed.Page.Is(HttpStatusCode.UnprocessableEntity).Says(Refusal);
  }

  [Fact]
  public async Task Signing_out_ends_the_session_and_an_address_elsewhere_is_never_followed() {
    await using var host = await TestHost.StartAsync();
    using var visitor = await host.SignInAsync(StaffRoles.Steward);
    (await visitor.SendAsync("/staff/sign-out")).Is(HttpStatusCode.OK).Says("You are signed out.");
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    await visitor.OpenAsync("/staff/sign-in?next=https%3A%2F%2Fevil.example%2Fstaff");
    await visitor.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password));
    await visitor.SendAsync("/staff/sign-in/code", ("Code", host.CodeOf(account)));
    Assert.Equal("/staff", visitor.At);
  }

  [Fact]
  public async Task No_cookie_of_the_staff_s_reaches_a_public_page() {
    await using var host = await TestHost.StartAsync();
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    using var visitor = host.NewVisitor();
    await visitor.OpenAsync("/staff/sign-in");
    var form = visitor.Page.Only("form[action='/staff/sign-in'] input[name=_form]").GetAttribute("value")!;
    using var answer = await visitor.Client.PostAsync("/staff/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> {
      ["_form"] = form, ["Email"] = account.Email, ["Password"] = account.Password,
    }));
    Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
    Assert.NotEmpty(cookies);
    Assert.All(cookies, c => Assert.Matches("path=/((es|en)/)?staff;.*httponly", c.ToLowerInvariant()));
  }

  [Fact]
  public async Task Too_many_tries_from_one_address_are_told_to_wait_and_the_email_stays() {
    await using var host = await TestHost.StartAsync();
    using var visitor = host.NewVisitor();
    await visitor.OpenAsync("/staff/sign-in");
    for (var i = 0; i < 21; i++) await visitor.SendAsync("/staff/sign-in", ("Email", $"n{i}@portalder.example"), ("Password", "whatever it is"));
    visitor.Page.Is(HttpStatusCode.TooManyRequests).Says("Wait a minute");
    Assert.Equal("n20@portalder.example", visitor.Page.Only("#field-Email").GetAttribute("value"));
  }

  internal static Task<IReadOnlyList<TrailEntry>> EntriesAsync(TestHost host) =>
    host.UseAsync(async (StaffTrail trail) => (await trail.SearchAsync(new(), null, 500, default)).Entries);
}
