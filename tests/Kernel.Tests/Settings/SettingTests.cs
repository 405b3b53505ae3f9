using Porchlight.Kernel.Settings;
using Porchlight.Kernel.Verbs;
using Porchlight.Testing;

namespace Porchlight.Kernel.Tests.Settings;

public sealed class SettingTests {
  [Theory, OnBoth]
  public async Task A_setting_made_at_the_shell_is_what_the_program_reads(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    (await host.RunVerbAsync("settings", "set", "name", "Port Alder Police")).Done();
    (await host.RunVerbAsync("settings", "set", "name-es", "Policía de Port Alder")).Done();
    var said = await host.UseAsync((SettingStore store) => store.LoadAsync(default));
    Assert.Equal(new Words("Port Alder Police", "Policía de Port Alder"), said.Name);
  }

  [Theory, OnBoth]
  public async Task An_empty_value_takes_a_setting_back(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    (await host.RunVerbAsync("settings", "set", "city", "Port Alder")).Done();
    (await host.RunVerbAsync("settings", "set", "city", "")).Done();
    Assert.Null((await host.UseAsync((SettingStore store) => store.LoadAsync(default))).City);
  }

  [Fact]
  public async Task Of_many_settings_with_one_wrong_none_is_saved() {
    await using var host = await TestHost.StartAsync();
    using var folder = new TestFolder();
    var file = folder.Write("settings.json", """{ "city": "Port Alder", "time-zone": "Alder/Time" }""");
    (await host.RunVerbAsync("settings", "load", file)).Refused("Write an IANA zone like America/Chicago.");
    Assert.Null((await host.UseAsync((SettingStore store) => store.LoadAsync(default))).City);
  }

  [Fact]
  public async Task A_misspelled_setting_is_refused_with_the_nearest_one() {
    await using var host = await TestHost.StartAsync();
    (await host.RunVerbAsync("settings", "set", "time-zonne", "America/Chicago")).Refused("Did you mean \"time-zone\"?");
  }

  [Theory]
  [InlineData("emergency-phone", "nine")]
  [InlineData("web-address", "police.example.gov")]
  [InlineData("web-address", "https://police.example.gov/")]
  [InlineData("time-zone", "Central")]
  [InlineData("promise-answer-days", "0")]
  [InlineData("promise-answer-days", "soon")]
  [InlineData("demonstration", "true")]
  [InlineData("mail-relay", "mail server")]
  [InlineData("mail-port", "465")]
  [InlineData("mail-port", "0")]
  [InlineData("mail-from", "no reply")]
  [InlineData("mail-tls", "starttls")]
  public async Task A_value_that_could_not_be_used_is_refused(string key, string value) {
    await using var host = await TestHost.StartAsync();
    (await host.RunVerbAsync("settings", "set", key, value)).Refused("is not usable");
  }

  [Fact]
  public async Task The_help_lists_every_setting_there_is() {
    await using var host = await TestHost.StartAsync();
    var help = (await host.RunVerbAsync("settings", "--help")).Done().Out;
    Assert.All(SettingCatalog.All, setting => Assert.Contains(setting.Key, help, StringComparison.Ordinal));
  }

  [Theory]
  [InlineData("not json", "is not a JSON object of texts (line 1)")]
  [InlineData("{ \"name\": 5 }", "is not a JSON object of texts")]
  public async Task A_settings_file_that_cannot_be_read_is_refused_with_its_line(string text, string says) {
    await using var host = await TestHost.StartAsync();
    using var folder = new TestFolder();
    (await host.RunVerbAsync("settings", "load", folder.Write("settings.json", text))).Refused(says);
    (await host.RunVerbAsync("settings", "load", folder["none.json"])).Refused("There is no file");
  }

  [Fact]
  public void A_department_that_said_nothing_still_has_a_name_and_its_emergency_phones() {
    var said = DepartmentSettings.None;
    Assert.Equal("Police Department", said.Name.En);
    Assert.Equal("911", said.EmergencyPhone);
    Assert.Equal("988", said.CrisisPhone);
    Assert.Null(said.TimeZone);
    Assert.Empty(said.OwnAgency);
    Assert.False(said.IsDemonstration);
  }

  [Fact]
  public async Task Wrong_words_end_with_their_own_exit_code_and_say_where_the_help_is() {
    await using var host = await TestHost.StartAsync();
    var wrong = await host.RunVerbAsync("settings", "set", "name");
    Assert.Equal(ExitCodes.Usage, wrong.Exit);
    Assert.Contains("`porchlight settings set --help` says how.", wrong.Error, StringComparison.Ordinal);
    Assert.Equal(ExitCodes.Usage, (await host.RunVerbAsync("sing")).Exit);
  }
}
