using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Porchlight.Accounts.SignIn;
using Porchlight.Testing;

namespace Porchlight.Browser.Tests;

/// <summary>The staff's pages in a real browser: what must hold on each, and how one signs in.</summary>
public sealed class StaffTests(Served served, AdministratorSession session) : IClassFixture<AdministratorSession> {
  private static readonly string[] Pages = [
    "/staff", "/staff/me", "/staff/me/password", "/staff/me/authenticator", "/staff/me/recovery-codes", "/staff/me/passkey", "/staff/people", "/staff/people/invite", "/staff/trail", "/staff/settings", "/staff/running",
  ];

  public static TheoryData<string, string> PagesInBothLanguages() {
    var data = new TheoryData<string, string>();
    foreach (var page in Pages)
      foreach (var language in (string[])["/en", "/es"]) data.Add(page, language);
    return data;
  }

  [Theory, MemberData(nameof(PagesInBothLanguages))]
  public async Task A_staff_page_is_as_good_as_a_public_one(string path, string language) {
    await using var context = await session.ContextAsync();
    var page = await context.NewPageAsync();
    List<string> wrong = [];
    page.Console += (_, message) => { if (message.Type == "error") wrong.Add(message.Text); };
    page.PageError += (_, error) => wrong.Add(error);
    foreach (var width in (int[])[320, 390, 1280]) {
      await page.SetViewportSizeAsync(width, 900);
      Assert.Equal(200, (await page.GotoAsync(language + path))!.Status);
      wrong.AddRange((await page.SidewaysAsync()).Select(s => $"{width} px: {s}"));
      if (width == 320) continue;
      wrong.AddRange((await page.RunAxe(EveryPageTests.Rules)).Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
    }
    wrong.AddRange(await page.KeyboardAsync());
    wrong.AddRange(await page.MarkupAsync());
    Assert.Equal([], wrong);
    Assert.Equal(language[1..], await page.EvaluateAsync<string>("document.documentElement.lang"));
    Assert.Equal(1, await page.Locator("h1").CountAsync());
  }

  [Theory]
  [InlineData("/staff/sign-in", "/en"), InlineData("/staff/sign-in", "/es")]
  public async Task The_door_is_as_good_as_a_public_page_and_its_refusal_keeps_the_email(string path, string language) {
    var page = await served.OpenAsync(language + path, 390, script: false);
    await page.FillAsync("#field-Email", "nobody@portalder.example");
    await page.FillAsync("#field-Password", "whatever it is");
    await page.ClickAsync("form[action$='/staff/sign-in'] button");
    Assert.Equal("nobody@portalder.example", await page.InputValueAsync("#field-Email"));
    await page.Context.CloseAsync();
    var scripted = await served.OpenAsync(language + path, 390);
    Assert.Equal([], (await scripted.RunAxe(EveryPageTests.Rules)).Violations.Select(v => $"{v.Id}: {v.Help}"));
    Assert.Equal([], await scripted.SidewaysAsync());
    Assert.Equal([], await scripted.KeyboardAsync());
    Assert.Equal([], await scripted.MarkupAsync());
    await scripted.Context.CloseAsync();
  }

  [Fact]
  public async Task A_passkey_is_made_and_then_signs_in_alone() {
    var account = served.Account("Data steward");
    var page = await served.OpenAsync("/staff");
    var devtools = await page.Context.NewCDPSessionAsync(page);
    await devtools.SendAsync("WebAuthn.enable");
    await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new() {
      ["options"] = new Dictionary<string, object> {
        ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
      },
    });
    await AdministratorSession.SignInAsync(page, account);
    await page.GotoAsync("/staff/me/passkey");
    await page.FillAsync("#field-Current", account.Password);
    await page.FillAsync("#field-Name", "Work phone");
    await page.ClickAsync("form[data-passkey] button");
    await page.WaitForURLAsync("**/staff/me?told=passkey");
    Assert.Contains("Work phone", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    await page.ClickAsync(".staff-me form button");
    await page.WaitForURLAsync("**/staff/sign-in?told=out");
    await page.ClickAsync("form[data-passkey] button");
    await page.WaitForURLAsync("**/staff");
    Assert.Contains("Dana Whitfield", await page.InnerTextAsync(".staff-me"), StringComparison.Ordinal);
    await page.Context.CloseAsync();
  }

  [Fact]
  public async Task Password_and_authenticator_sign_in_with_script_switched_off_at_phone_width() {
    var page = await served.OpenAsync("/es/staff/me", 390, script: false);
    await AdministratorSession.SignInAsync(page, served.Account("Auditor"));
    await page.WaitForURLAsync("**/es/staff/me");
    Assert.Contains("Ines Duarte", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
    Assert.Equal(403, (await page.GotoAsync("/es/staff/people"))!.Status);
    await page.Context.CloseAsync();
  }
}

/// <summary>The demonstration's administrator, signed in once for all tests: a code is good once.</summary>
public sealed class AdministratorSession {
  private readonly Served _served;
  private readonly Lazy<Task<string>> _state;

  public AdministratorSession(Served served) => (_served, _state) = (served, new(MakeAsync));

  /// <summary>A new browser context with the session in it.</summary>
  public async Task<IBrowserContext> ContextAsync() =>
    await _served.Browser.NewContextAsync(new() { BaseURL = _served.Url.ToString(), StorageState = await _state.Value, Locale = "en-US" });

  private async Task<string> MakeAsync() {
    var page = await _served.OpenAsync("/staff");
    await SignInAsync(page, _served.Account("Administrator"));
    await page.WaitForURLAsync("**/staff");
    var state = await page.Context.StorageStateAsync();
    await page.Context.CloseAsync();
    return state;
  }

  /// <summary>Fills in the two forms of the door.</summary>
  public static async Task SignInAsync(IPage page, StaffAccount account) {
    await page.FillAsync("#field-Email", account.Email);
    await page.FillAsync("#field-Password", account.Password);
    await page.ClickAsync("form[action$='/staff/sign-in'] button");
    await page.FillAsync("#field-Code", OneTimeCodes.Code(OneTimeCodes.Secret(account.Secret), OneTimeCodes.StepAt(TimeProvider.System.GetUtcNow())));
    await page.ClickAsync("main form button");
  }
}
