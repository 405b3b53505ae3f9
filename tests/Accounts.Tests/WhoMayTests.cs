using System.Net;
using Microsoft.AspNetCore.Routing;
using Porchlight.Kernel.People;
using Porchlight.Testing;

namespace Porchlight.Accounts.Tests;

/// <summary>Every route of the staff's, tried as nobody, as each role, and with a form of another's.</summary>
public sealed class WhoMayTests {
  // what is open to whoever has a link or wants to sign in
  private static readonly string[] Doors = ["/staff/sign-in", "/staff/sign-in/code", "/staff/sign-in/passkey", "/staff/sign-in/passkey-question", "/staff/password/forgotten", "/staff/links/{secret}", "/staff/links/{secret}/password"];

  [Fact]
  public async Task Nobody_gets_in_anywhere_and_is_led_to_the_door() {
    await using var host = await TestHost.StartAsync();
    using var visitor = host.NewVisitor();
    foreach (var (method, route) in Routes(host)) {
      using var answer = await visitor.Client.SendAsync(new(method, Filled(route)) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null });
      if (Doors.Contains(route)) Assert.True(answer.StatusCode != HttpStatusCode.OK || route == "/staff/sign-in", $"{method} {route}: {answer.StatusCode}");
      else Assert.True(answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location!.OriginalString.StartsWith("/staff/sign-in", StringComparison.Ordinal), $"{method} {route}: {answer.StatusCode}");
    }
  }

  [Theory]
  [InlineData(StaffRoles.Steward), InlineData(StaffRoles.InformationOfficer), InlineData(StaffRoles.Auditor)]
  public async Task A_role_opens_its_own_pages_and_no_others(string role) {
    await using var host = await TestHost.StartAsync();
    using var visitor = await host.SignInAsync(role);
    string[] administrators = ["/staff/people", "/staff/settings", "/staff/running"];
    foreach (var (method, route) in Routes(host).Where(r => !Doors.Contains(r.Route) && r.Route != "/staff/sign-out")) {
      using var answer = await visitor.Client.SendAsync(new(method, Filled(route)) { Content = method == HttpMethod.Post ? new FormUrlEncodedContent([]) : null });
      var isClosed = (route.StartsWith("/staff/numbers", StringComparison.Ordinal) && role == StaffRoles.Auditor) || administrators.Any(a => route.StartsWith(a, StringComparison.Ordinal)) || (route.StartsWith("/staff/trail", StringComparison.Ordinal) && role != StaffRoles.Auditor);
      Assert.True(isClosed == (answer.StatusCode == HttpStatusCode.Forbidden), $"{role} {method} {route}: {answer.StatusCode}");
      // a post without a token does nothing, whoever sends it
      if (method == HttpMethod.Post) Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }
  }

  [Fact]
  public async Task A_form_of_another_s_session_does_nothing() {
    await using var host = await TestHost.StartAsync();
    using var administrator = await host.SignInAsync(StaffRoles.Administrator);
    using var other = await host.SignInAsync(StaffRoles.Administrator);
    await other.OpenAsync("/staff/settings");
    var theirs = other.Page.All("input[name=_form]")[0].GetAttribute("value")!;
    await administrator.OpenAsync("/staff/settings");
    await administrator.SendAsync("/staff/settings", ("_form", theirs), ("City", "Elsewhere"));
    administrator.Page.Is(HttpStatusCode.BadRequest);
    // what was typed is still there, and nothing was saved
    Assert.Equal("Elsewhere", administrator.Page.Only("#field-City").GetAttribute("value"));
    Assert.NotEqual("Elsewhere", (await administrator.OpenAsync("/staff/settings")).Only("#field-City").GetAttribute("value"));
  }

  private static List<(HttpMethod Method, string Route)> Routes(TestHost host) {
    using var client = host.NewClient();
    var found = host.Endpoints.OfType<RouteEndpoint>().Select(e => (e, Route: "/" + e.RoutePattern.RawText!.Trim('/')))
      .Where(r => r.Route == "/staff" || r.Route.StartsWith("/staff/", StringComparison.Ordinal))
      .SelectMany(r => r.e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => (new HttpMethod(m), r.Route))).ToList();
    Assert.True(found.Count > 20);
    return found;
  }

  private static string Filled(string route) => route.Replace("{secret}", "none", StringComparison.Ordinal)
    .Replace("{personId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{messageId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("{preparedId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
    .Replace("{dataset}", "none", StringComparison.Ordinal).Replace("{name}", "none", StringComparison.Ordinal).Replace("{linkId:guid}", Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
}
