using System.Net;
using Porchlight.Accounts.SettingsPage;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Settings;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests.SettingsPage;

public sealed class KeepSettingsTests {
  [Fact]
  public void The_page_has_every_setting_there_is_but_the_one_that_says_all_is_invented() =>
    Assert.Equal(SettingCatalog.All.Select(s => s.Key).Where(k => k != "demonstration").Order(), SettingsForm.Fields.Select(f => f.Key).Order());

  [Fact]
  public async Task An_administrator_changes_settings_that_every_page_uses_and_the_trail_says_who() {
    await using var host = await TestHost.StartAsync();
    using var visitor = await host.SignInAsync(StaffRoles.Administrator);
    await visitor.OpenAsync("/staff/settings");
    await visitor.SendAsync("/staff/settings", ("Name", "Harbor Police"), ("NonEmergencyPhone", "call us"), ("TimeZone", "Eastern"), ("PromiseAnswerDays", "soon"));
    visitor.Page.Is(HttpStatusCode.UnprocessableEntity).Says("Three things need fixing");
    Assert.Equal("call us", visitor.Page.Only("#field-NonEmergencyPhone").GetAttribute("value"));
    await visitor.SendAsync("/staff/settings", ("NonEmergencyPhone", "555-0142"), ("TimeZone", "America/New_York"), ("PromiseAnswerDays", "3"));
    visitor.Page.Is(HttpStatusCode.OK).Says("The settings are saved.");
    host.Clock.Advance(TimeSpan.FromSeconds(2));
    (await host.GetAsync("/")).Says("555-0142");
    var changes = (await SignIn.SignInTests.EntriesAsync(host)).Where(e => e.Action == Trails.SettingChanged).ToList();
    Assert.Equal(["name", "non-emergency-phone", "promise-answer-days", "time-zone"], changes.Select(e => e.Subject).Order());
    Assert.All(changes, e => Assert.Equal("Test Person", e.ActorName));
    Assert.Contains(changes, e => e.Detail == "(not set) -> Harbor Police");
  }
}
