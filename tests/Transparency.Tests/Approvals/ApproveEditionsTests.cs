using System.Net;
using Porchlight.Kernel.People;
using Porchlight.Testing;
using Porchlight.Transparency.Data;

namespace Porchlight.Transparency.Tests.Approvals;

public sealed class ApproveEditionsTests {
  private const string Editions = "/staff/numbers/editions";

  [Theory, OnBoth]
  public async Task One_person_prepares_an_edition_and_another_makes_it_public(Provider provider) {
    await using var host = await TestHost.StartAsync(provider);
    using var files = new TestFolder();
    await ImportAsync(host, files, 3);
    using var dana = await host.SignInAsync(StaffRoles.Steward);
    (await dana.OpenAsync(Editions)).Says("Nothing is public yet. 1 import is ready.");
    await dana.SendAsync("/incidents/prepare");
    var preview = dana.At;
    dana.Page.Is(HttpStatusCode.OK).Says("Preview of edition 1");
    Assert.Contains(dana.Page.All("tbody tr").Select(r => string.Join(' ', r.Children.Select(HtmlPage.Text))), row => row == "2025 – 3 3 more");
    await dana.SendAsync("/send", ("Reason", ""));
    dana.Page.Is(HttpStatusCode.UnprocessableEntity).Says("Say in one sentence what changed");
    (await dana.SendAsync("/send", ("Reason", "The first numbers."), ("ReasonSpanish", "Las primeras cifras."))).Is(HttpStatusCode.OK);

    // whoever prepared it sees no button, and the button's address does nothing for them
    dana.Page.None("form[action$='/approve']");
    var token = dana.Page.All("input[name=_form]")[0].GetAttribute("value")!;
    await dana.PostAsync(preview + "/approve", [KeyValuePair.Create("_form", token)]);
    dana.Page.Is(HttpStatusCode.UnprocessableEntity).Says("someone else must approve it");
    Assert.Null(await PublicAsync(host));

    using var marcus = await host.SignInAsync(StaffRoles.InformationOfficer);
    (await marcus.OpenAsync("/staff")).Says("waits for approval");
    await marcus.OpenAsync(marcus.Page.All("main a").Single(a => a.TextContent.Contains("waits for approval", StringComparison.Ordinal)).GetAttribute("href")!);
    (await marcus.SendAsync("/approve")).Is(HttpStatusCode.OK).Says("Approved by Test Person");
    var edition = await PublicAsync(host);
    Assert.Equal(("The first numbers. Las primeras cifras.", "prepared by one person, approved by another", 1), (edition!.Reason, edition.How, edition.Number));
    (await host.GetAsync("/data/editions")).Says("The first numbers.");
    // once
    await marcus.OpenAsync(preview);
    marcus.Page.None("form[action$='/approve']");
    using var auditor = await host.SignInAsync(StaffRoles.Auditor);
    (await auditor.OpenAsync(preview)).Is(HttpStatusCode.Forbidden);
  }

  [Fact]
  public async Task A_preview_that_the_data_has_overtaken_is_not_published_and_one_that_is_refused_says_why() {
    await using var host = await TestHost.StartAsync();
    using var files = new TestFolder();
    await ImportAsync(host, files, 3);
    using var dana = await host.SignInAsync(StaffRoles.Steward);
    using var marcus = await host.SignInAsync(StaffRoles.InformationOfficer);
    var preview = await PrepareAndSendAsync(dana);
    await ImportAsync(host, files, 5);
    await marcus.OpenAsync(preview);
    (await marcus.SendAsync("/approve")).Is(HttpStatusCode.UnprocessableEntity).Says("The data has changed since this preview was made.");
    Assert.Null(await PublicAsync(host));
    // nothing of the approval was kept, so it can still be refused
    await marcus.SendAsync("/refuse", ("Why", "September is not whole yet."));
    marcus.Page.Is(HttpStatusCode.OK).Says("Refused by Test Person: September is not whole yet.");
    await dana.OpenAsync(await PrepareAndSendAsync(dana));
    Assert.Contains(dana.Page.All("tbody tr").Select(r => string.Join(' ', r.Children.Select(HtmlPage.Text))), row => row == "2025 – 5 5 more");
  }

  [Fact]
  public async Task Where_nothing_has_changed_there_is_nothing_to_prepare() {
    await using var host = await TestHost.StartAsync();
    using var files = new TestFolder();
    using var dana = await host.SignInAsync(StaffRoles.Steward);
    await dana.OpenAsync(Editions);
    dana.Page.None("form[action$='/incidents/prepare']");
    await ImportAsync(host, files, 3);
    (await host.RunVerbAsync("publish", "incidents", "--reason", "First.", "--unattended")).Done();
    await dana.OpenAsync(Editions);
    (await dana.SendAsync("/incidents/prepare")).Is(HttpStatusCode.UnprocessableEntity).Says("Nothing has changed since edition 1.");
  }

  private static async Task<string> PrepareAndSendAsync(Visitor visitor) {
    await visitor.OpenAsync(Editions);
    await visitor.SendAsync("/incidents/prepare");
    await visitor.SendAsync("/send", ("Reason", "New numbers."));
    return visitor.At;
  }

  private static async Task ImportAsync(TestHost host, TestFolder files, int rows) {
    var csv = "incident_number,reported_at,offense\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"25-{i:000},2025-09-{i:00} 10:00:00,23H\n"));
    (await host.RunVerbAsync("import", "incidents", files.Write($"incidents-{rows}.csv", csv), "--source", "records", "--accept-proposed-mapping")).Done();
  }

  private static Task<Edition?> PublicAsync(TestHost host) => host.UseAsync((TransparencyDb db) => db.PublicEdition("incidents", default));
}
