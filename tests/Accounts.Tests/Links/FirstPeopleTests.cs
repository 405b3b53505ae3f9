using System.Net;
using System.Text.RegularExpressions;
using Porchlight.Accounts.First;
using Porchlight.Accounts.SignIn;
using Porchlight.Kernel.People;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests.Links;

public sealed class FirstPeopleTests {
  private const string Good = "four words in a row";

  [Theory, OnBoth]
  public async Task The_first_administrator_comes_in_by_a_link_and_invites_a_second_person(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var link = await FirstLinkAsync(host);
    using var ruth = host.NewVisitor();
    await ruth.OpenAsync(link);
    // all that is wrong is said at once, and what was typed stays
    await ruth.SendAsync(link, ("Email", "ruth@portalder.example"), ("Name", "Ruth Alvarez"), ("Password", "short"), ("Code", "000000"));
    ruth.Page.Is(HttpStatusCode.UnprocessableEntity).Says("Use 12 characters or more");
    ruth.Page.Says("That code is not the one the app shows");
    Assert.Equal("Ruth Alvarez", ruth.Page.Only("#field-Name").GetAttribute("value"));
    var codes = await StartAsync(host, ruth, link, ("Email", "ruth@portalder.example"), ("Name", "Ruth Alvarez"));
    Assert.Equal(10, codes);
    (await ruth.OpenAsync("/staff")).Says("Ruth Alvarez");

    await ruth.OpenAsync("/staff/people/invite");
    await ruth.SendAsync("/staff/people/invite", ("Name", "Dana Whitfield"), ("Email", "dana@portalder.example"), ("Roles", StaffRoles.Steward));
    var invitation = new Uri(HtmlPage.Text(ruth.Page.Is(HttpStatusCode.OK).Only(".link-once"))).PathAndQuery;
    using var dana = host.NewVisitor();
    await dana.OpenAsync(invitation);
    await StartAsync(host, dana, invitation, ("Name", "Dana Whitfield"));
    (await dana.OpenAsync("/staff")).Says("Data steward");
    (await dana.OpenAsync("/staff/people")).Is(HttpStatusCode.Forbidden);

    // each link worked once
    using var late = host.NewVisitor();
    (await late.OpenAsync(link)).Is(HttpStatusCode.NotFound);
    (await late.OpenAsync(invitation)).Is(HttpStatusCode.NotFound);
    Assert.Empty(await host.UseAsync((FirstPeople first) => first.SayAsync("http://localhost", default)));
  }

  [Fact]
  public async Task A_link_ends_after_seven_days_and_when_a_newer_one_is_made() {
    await using var host = await TestHost.StartAsync();
    var older = await FirstLinkAsync(host);
    var newer = await FirstLinkAsync(host);
    using var visitor = host.NewVisitor();
    (await visitor.OpenAsync(older)).Is(HttpStatusCode.NotFound);
    (await visitor.OpenAsync(newer)).Is(HttpStatusCode.OK);
    host.Clock.Advance(TimeSpan.FromDays(7));
    (await visitor.OpenAsync(newer)).Is(HttpStatusCode.NotFound);
  }

  [Fact]
  public async Task Demonstration_data_brings_accounts_that_sign_in_and_no_link() {
    await using var host = await TestHost.StartAsync();
    (await host.RunVerbAsync("settings", "set", "demonstration", "yes")).Done();
    var said = await host.UseAsync((FirstPeople first) => first.SayAsync("http://localhost", default));
    Assert.DoesNotContain(said, l => l.Contains("/staff/links/", StringComparison.Ordinal));
    var words = Regex.Match(said.Single(l => l.Contains("Administrator", StringComparison.Ordinal)), "Administrator: (\\S+), password (\\S+), authenticator secret (\\S+)");
    using var visitor = await host.SignInAsync(new StaffAccount(words.Groups[1].Value, words.Groups[2].Value, words.Groups[3].Value));
    // the same ones the next time
    Assert.Equal(said, await host.UseAsync((FirstPeople first) => first.SayAsync("http://localhost", default)));
  }

  [Fact]
  public async Task A_lost_phone_is_mended_from_the_shell_by_a_link_that_sets_both_anew() {
    await using var host = await TestHost.StartAsync();
    var account = await host.MakeStaffAsync(StaffRoles.Steward);
    using var session = await host.SignInAsync(account);
    var link = new Uri((await host.RunVerbAsync("admin", "reset-factor", account.Email)).Done().Out.Trim()).PathAndQuery;
    await session.OpenAsync("/staff");
    Assert.StartsWith("/staff/sign-in", session.At, StringComparison.Ordinal);
    (await session.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password))).Is(HttpStatusCode.UnprocessableEntity);
    using var again = host.NewVisitor();
    await again.OpenAsync(link);
    await StartAsync(host, again, link, ("Name", "Test Person"));
    (await again.OpenAsync("/staff")).Is(HttpStatusCode.OK);
    Assert.Contains(await SignIn.SignInTests.EntriesAsync(host), e => e is { Action: Trails.FactorsReset, ActorName: "the shell" } && e.Subject == account.Email);
    (await host.RunVerbAsync("admin", "unlock", "nobody@portalder.example")).Refused("There is no account");
  }

  private static async Task<string> FirstLinkAsync(TestHost host) =>
    new Uri((await host.UseAsync((FirstPeople first) => first.SayAsync("http://localhost", default))).Single().Split(' ')[^1]).PathAndQuery;

  private static async Task<int> StartAsync(TestHost host, Visitor visitor, string link, params (string, string)[] filled) {
    var secret = HtmlPage.Text(visitor.Page.Only(".code-to-scan code")).Replace(" ", "", StringComparison.Ordinal);
    host.Clock.Advance(TimeSpan.FromSeconds(30));
    var code = OneTimeCodes.Code(OneTimeCodes.Secret(secret), OneTimeCodes.StepAt(host.Clock.GetUtcNow()));
    await visitor.SendAsync(link, [.. filled, ("Password", Good), ("Code", code)]);
    return visitor.Page.Is(HttpStatusCode.OK).All(".codes-once li").Count;
  }
}
