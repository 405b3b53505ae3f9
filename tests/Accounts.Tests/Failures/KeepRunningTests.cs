using System.Globalization;
using System.Net;
using Porchlight.Kernel.Outbox;
using Porchlight.Kernel.People;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests.Failures;

public sealed class KeepRunningTests {
  [Fact]
  public async Task A_letter_that_no_relay_takes_is_on_the_home_page_and_is_tried_again_or_dropped_with_a_reason() {
    await using var smtp = await SmtpServer.StartAsync("--bounce", "dana@portalder.example");
    await using var host = await TestHost.StartAsync();
    foreach (var (key, value) in new[] { ("mail-relay", "127.0.0.1"), ("mail-port", smtp.Port.ToString(CultureInfo.InvariantCulture)), ("mail-from", "no-reply@portalder.example"), ("mail-tls", "no") })
      (await host.RunVerbAsync("settings", "set", key, value)).Done();
    using var visitor = await host.SignInAsync(StaffRoles.Administrator);
    await visitor.OpenAsync("/staff/people/invite");
    await visitor.SendAsync("/staff/people/invite", ("Name", "Dana"), ("Email", "dana@portalder.example"), ("Roles", StaffRoles.Steward));
    for (var i = 0; i < 200 && await host.UseAsync(async (ParkedMessages parked) => (await parked.StateAsync(default)).Parked) == 0; i++) await Task.Delay(100);
    (await visitor.OpenAsync("/staff")).Says("One message could not be delivered.");
    (await visitor.OpenAsync("/staff/running")).Says("refused the address");
    await visitor.SendAsync("/drop", ("Reason", ""));
    visitor.Page.Is(HttpStatusCode.UnprocessableEntity).Says("Say why, for the trail");
    (await visitor.SendAsync("/drop", ("Reason", "she wrote to us"))).Is(HttpStatusCode.OK).Says("Everything was delivered");
    (await visitor.OpenAsync("/staff")).Says("Nothing waits");
    Assert.Contains(await SignIn.SignInTests.EntriesAsync(host), e => e.Action == ParkedMessages.Dropped && e.ActorName == "Test Person");
  }
}
