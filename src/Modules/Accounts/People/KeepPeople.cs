using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.Links;
using Porchlight.Kernel;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Tables;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts.People;

/// <summary>Who is on the staff, what each may do, and how they come in and leave.</summary>
internal static class KeepPeople {
  private const int PageSize = 50;

  public static void Map(RouteGroupBuilder administrators) {
    administrators.MapGet("/people", List);
    administrators.MapGet("/people/invite", (IEnumerable<StaffRole> roles, LinkSender links, CancellationToken ct) => InvitePageAsync(new(), roles, links, ct));
    administrators.MapPost("/people/invite", Invite);
    administrators.MapPost("/people/invitations/{linkId:guid}/take-back", TakeBack);
    administrators.MapGet("/people/{personId:guid}", Show);
    administrators.MapPost("/people/{personId:guid}", SetRoles);
    administrators.MapPost("/people/{personId:guid}/close", (Guid personId, Form<ActForm> form, Change change, HttpContext context, CancellationToken ct) =>
      change.RunAsync(personId, form, context, Trails.AccountClosed, "closed", async (person, db, now) => person.Close(await db.IsLastAdministratorAsync(person, ct), now), ct));
    administrators.MapPost("/people/{personId:guid}/open", (Guid personId, Form<ActForm> form, Change change, HttpContext context, CancellationToken ct) =>
      change.RunAsync(personId, form, context, Trails.AccountOpened, "opened", (person, _, _) => {
        person.ClosedAt = null;
        return Task.FromResult<Problem?>(null);
      }, ct));
    administrators.MapPost("/people/{personId:guid}/unlock", (Guid personId, Form<ActForm> form, Change change, HttpContext context, CancellationToken ct) =>
      change.RunAsync(personId, form, context, Trails.Unlocked, "unlocked", (person, _, _) => {
        (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
        return Task.FromResult<Problem?>(null);
      }, ct));
    administrators.MapPost("/people/{personId:guid}/start-again", StartAgain);
  }

  private static async Task<IResult> List(HttpContext context, AccountsDb db, IEnumerable<StaffRole> roles, TimeProvider clock, int? page, string? told, CancellationToken ct) {
    var now = clock.GetUtcNow();
    var count = await db.People.CountAsync(ct);
    var at = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
    var people = await db.People.AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Id).Skip((at - 1) * PageSize).Take(PageSize).ToListAsync(ct);
    var open = await db.Links.AsNoTracking().Where(l => l.Purpose == LinkPurpose.Invitation && l.OverAt == null && l.EndsAt > now).OrderBy(l => l.Email).Take(PageSize).ToListAsync(ct);
    var t = Texts.Of(typeof(KeepPeople));
    return Pages.Of<PeoplePage, PeopleModel>(new(
      new() {
        Caption = t["people.caption"], Columns = [new(t["people.name"]), new(t["people.email"]), new(t["people.roles"]), new(t["people.last"]), new(t["people.state"])],
        Rows = [.. people.Select(p => new Row([new Cell(p.Name) { Href = $"/staff/people/{p.Id}" }, p.Email!, roles.InWords(p.Roles), Day(p.SignedInAt),
          t[p.ClosedAt is not null ? "people.closed" : p.IsLockedAt(now) ? "people.locked" : "people.open"]]))],
        Pager = count > PageSize ? new(at, (count + PageSize - 1) / PageSize) : null,
      },
      new() {
        Caption = t["people.invited"], ShowCaption = true, Columns = [new(t["people.name"]), new(t["people.email"]), new(t["people.roles"]), new(t["people.until"])],
        Rows = [.. open.Select(l => new Row([l.Name ?? "", l.Email ?? "", roles.InWords(l.Roles), Day(l.EndsAt)]))], Empty = t["people.none-invited"],
      }, told is "invited" or "taken-back" ? told : null));
  }

  private static async Task<IResult> Invite(
      Form<InviteForm> form, HttpContext context, AccountsDb db, UserManager<Person> people, IEnumerable<StaffRole> roles, LinkSender links, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (form.IsValid && await people.FindByEmailAsync(form.Values.Email!) is not null)
      form.Reject(new("There is an account with this email already.", "Ya hay una cuenta con este correo."), nameof(InviteForm.Email));
    if (form.Values.Roles.Exists(r => roles.All(known => known.Key != r))) form.Reject(new("Choose from the roles shown.", "Elija entre las funciones que se muestran."), nameof(InviteForm.Roles));
    if (!form.IsValid) return await InvitePageAsync(form, roles, links, ct);
    var me = await people.MeAsync(context);
    var now = clock.GetUtcNow();
    // the newest invitation is the one that holds
    foreach (var older in await db.Links.Where(l => l.Purpose == LinkPurpose.Invitation && l.OverAt == null && l.Email == form.Values.Email).ToListAsync(ct)) older.End(now);
    var link = PersonLink.Make(LinkPurpose.Invitation, now, out var secret, form.Values.Email, form.Values.Name, form.Values.Roles);
    db.Links.Add(link);
    trail.Add(Trails.ActorOf(me), Trails.Invited, form.Values.Email!, from: context.Address(), detail: string.Join(", ", form.Values.Roles));
    return await links.SendAsync(link, secret, context, ct) is { } shown ? Pages.Of<LinkShownPage, LinkShownModel>(shown) : SeeOther.To("/staff/people?told=invited");
  }

  private static async Task<IResult> TakeBack(Guid linkId, Form<ActForm> form, HttpContext context, AccountsDb db, UserManager<Person> people, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (await db.Links.SingleOrDefaultAsync(l => l.PersonLinkId == linkId && l.Purpose == LinkPurpose.Invitation, ct) is not { } link) return TypedResults.NotFound();
    if (form.IsStale) return SeeOther.To("/staff/people");
    link.End(clock.GetUtcNow());
    trail.Add(Trails.ActorOf(await people.MeAsync(context)), Trails.InvitationTakenBack, link.Email!, from: context.Address());
    await db.SaveAsync(ct);
    return SeeOther.To("/staff/people?told=taken-back");
  }

  private static async Task<IResult> Show(Guid personId, HttpContext context, UserManager<Person> people, IEnumerable<StaffRole> roles, TimeProvider clock, string? told) =>
    await people.FindByIdAsync(personId.ToString()) is { } person
      ? PersonPage(new Form<RolesForm>(new() { Roles = person.Roles }), person, await people.MeAsync(context), roles, clock, told) : TypedResults.NotFound();

  private static async Task<IResult> SetRoles(
      Guid personId, Form<RolesForm> form, HttpContext context, AccountsDb db, UserManager<Person> people, IEnumerable<StaffRole> roles, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (await people.FindByIdAsync(personId.ToString()) is not { } person) return TypedResults.NotFound();
    var before = string.Join(", ", person.Roles);
    if (form.Values.Roles.Exists(r => roles.All(known => known.Key != r))) form.Reject(new("Choose from the roles shown.", "Elija entre las funciones que se muestran."), nameof(RolesForm.Roles));
    if (form.IsValid && person.GiveRoles(form.Values.Roles, await db.IsLastAdministratorAsync(person, ct)) is { } refusal) form.Reject(refusal, nameof(RolesForm.Roles));
    if (!form.IsValid) return PersonPage(form, person, await people.MeAsync(context), roles, clock, null);
    trail.Add(Trails.ActorOf(await people.MeAsync(context)), Trails.RolesChanged, person.Email!, from: context.Address(), detail: $"{before} -> {string.Join(", ", person.Roles)}");
    await people.UpdateSecurityStampAsync(person);
    return SeeOther.To($"/staff/people/{personId}?told=roles");
  }

  private static async Task<IResult> StartAgain(
      Guid personId, Form<ActForm> form, HttpContext context, AccountsDb db, UserManager<Person> people, LinkSender links, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (await people.FindByIdAsync(personId.ToString()) is not { ClosedAt: null } person) return TypedResults.NotFound();
    if (form.IsStale) return SeeOther.To($"/staff/people/{personId}");
    var link = PersonLink.Make(LinkPurpose.StartAgain, clock.GetUtcNow(), out var secret, person.Email, person.Name, person.Roles, person.Id);
    db.Links.Add(link);
    trail.Add(Trails.ActorOf(await people.MeAsync(context)), Trails.FactorsReset, person.Email!, from: context.Address(), detail: "link made");
    return await links.SendAsync(link, secret, context, ct) is { } shown ? Pages.Of<LinkShownPage, LinkShownModel>(shown) : SeeOther.To($"/staff/people/{personId}?told=link");
  }

  internal static IResult PersonPage(Form<RolesForm> form, Person person, Person me, IEnumerable<StaffRole> roles, TimeProvider clock, string? told) {
    var t = Texts.Of(typeof(KeepPeople));
    List<(string, Cell)> facts = [(t["people.since"], Day(person.CreatedAt)), (t["people.last"], Day(person.SignedInAt))];
    if (person.ClosedAt is { } closed) facts.Add((t["people.closed"], Day(closed)));
    return Pages.Of<PersonPage, PersonModel>(new(form, person.Id, person.Name, person.Email!, Options(roles), facts, person.IsLockedAt(clock.GetUtcNow()), person.ClosedAt is not null, person.Id == me.Id,
      told is "roles" or "closed" or "opened" or "unlocked" or "link" ? told : null), form.Status);
  }

  private static async Task<IResult> InvitePageAsync(Form<InviteForm> form, IEnumerable<StaffRole> roles, LinkSender links, CancellationToken ct) =>
    Pages.Of<InvitePage, InviteModel>(new(form, Options(roles), await links.HasMailAsync(ct)), form.Status);

  private static List<Option> Options(IEnumerable<StaffRole> roles) => [.. roles.Select(r => new Option(r.Key, r.Name.Here, r.MayDo.Here))];

  private static string Day(DateTimeOffset? at) => at is { } time ? Fmt.Date(DateOnly.FromDateTime(time.UtcDateTime)) : "–";
}

/// <summary>A change of one person's account by an administrator: found, changed, on the trail, its sessions ended.</summary>
internal sealed class Change(AccountsDb db, UserManager<Person> people, IEnumerable<StaffRole> roles, StaffTrail trail, TimeProvider clock) {
  public async Task<IResult> RunAsync(
      Guid personId, FormState form, HttpContext context, string action, string told, Func<Person, AccountsDb, DateTimeOffset, Task<Problem?>> change, CancellationToken ct) {
    if (await people.FindByIdAsync(personId.ToString()) is not { } person) return TypedResults.NotFound();
    if (form.IsStale) return SeeOther.To($"/staff/people/{personId}");
    var me = await people.MeAsync(context);
    if (await change(person, db, clock.GetUtcNow()) is { } refusal) {
      var shown = new Form<RolesForm>(new() { Roles = person.Roles });
      shown.Reject(refusal);
      return KeepPeople.PersonPage(shown, person, me, roles, clock, null);
    }
    trail.Add(Trails.ActorOf(me), action, person.Email!, from: context.Address());
    await people.UpdateSecurityStampAsync(person);
    return SeeOther.To($"/staff/people/{personId}?told={told}");
  }
}
