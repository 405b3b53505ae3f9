using System.Net;
using Porchlight.Kernel.People;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests.People;

public sealed class KeepPeopleTests {
  [Theory, OnBoth]
  public async Task Roles_change_at_once_and_the_last_administrator_stays(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    var steward = await host.MakeStaffAsync(StaffRoles.Steward);
    using var administrator = await host.SignInAsync(StaffRoles.Administrator);
    using var other = await host.SignInAsync(steward);
    await OpenPersonAsync(administrator, steward.Email);
    await administrator.SendAsync(administrator.At, ("Roles", StaffRoles.Auditor));
    administrator.Page.Is(HttpStatusCode.OK).Says("The roles are saved.");
    await other.OpenAsync("/staff");
    Assert.StartsWith("/staff/sign-in", other.At, StringComparison.Ordinal);
    host.Clock.Advance(TimeSpan.FromSeconds(30));
    using var auditor = await host.SignInAsync(steward);
    (await auditor.OpenAsync("/staff/trail")).Is(HttpStatusCode.OK).Says("accounts.roles-changed");

    await administrator.OpenAsync("/staff/people");
    var own = administrator.Page.All("table a").Select(a => a.GetAttribute("href")!).Distinct().ToList();
    foreach (var href in own) {
      await administrator.OpenAsync(href);
      if (administrator.Page.Document.QuerySelector("form[action$='/close']") is not null) continue;
      // one's own page: the only administrator cannot stop being one
      await administrator.SendAsync(href, ("Roles", StaffRoles.Auditor));
      administrator.Page.Is(HttpStatusCode.UnprocessableEntity).Says("This is the only administrator.");
      return;
    }
    Assert.Fail("Nobody's page was one's own.");
  }

  [Fact]
  public async Task An_invitation_can_be_made_once_for_an_email_and_bad_ones_say_what_to_do() {
    await using var host = await TestHost.StartAsync();
    using var administrator = await host.SignInAsync(StaffRoles.Administrator);
    await administrator.OpenAsync("/staff/people/invite");
    await administrator.SendAsync("/staff/people/invite", ("Name", ""), ("Email", "dana"));
    administrator.Page.Is(HttpStatusCode.UnprocessableEntity).Says("Enter a name");
    administrator.Page.Says("Enter an email like name@example.com");
    administrator.Page.Says("Choose one role at least");
    var steward = await host.MakeStaffAsync(StaffRoles.Steward);
    await administrator.SendAsync("/staff/people/invite", ("Name", "Dana"), ("Email", steward.Email.ToUpperInvariant()), ("Roles", StaffRoles.Steward));
    administrator.Page.Is(HttpStatusCode.UnprocessableEntity).Says("There is an account with this email already.");
    await administrator.SendAsync("/staff/people/invite", ("Email", "dana@portalder.example"), ("Roles", "chief"));
    administrator.Page.Is(HttpStatusCode.UnprocessableEntity);
  }

  private static async Task OpenPersonAsync(Visitor visitor, string email) {
    await visitor.OpenAsync("/staff/people");
    await visitor.OpenAsync(visitor.Page.All("table tr").First(r => r.TextContent.Contains(email, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!);
  }
}
