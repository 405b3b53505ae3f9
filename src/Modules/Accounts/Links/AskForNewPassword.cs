using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.SignIn;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Trail;
using Porchlight.Ui;
using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.Links;

/// <summary>
/// Someone who forgot the password asks for a link. The answer is the same whether there is such an account or not. Without a mail relay
/// nothing can be sent: the answer names an administrator as the way.
/// </summary>
internal static class AskForNewPassword {
  public static void Map(RouteGroupBuilder door) => door.MapPost("/password/forgotten", Ask);

  private static async Task<IResult> Ask(
      Form<ForgottenForm> form, HttpContext context, AccountsDb db, UserManager<Person> people, PasswordChecks checks, LinkSender links, StaffTrail trail, TimeProvider clock, CancellationToken ct) {
    if (!form.IsValid) return SeeOther.To("/staff/sign-in");
    using var turn = await checks.TakeTurnAsync(context.Address(), ct);
    if (turn is null) return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    var person = await people.FindByEmailAsync(form.Values.Email!);
    trail.Add(null, Trails.PasswordAsked, form.Values.Email!, person is { ClosedAt: null } ? TrailOutcome.Done : TrailOutcome.Refused, context.Address());
    var hasMail = await links.HasMailAsync(ct);
    if (person is { ClosedAt: null } && hasMail) {
      var link = PersonLink.Make(LinkPurpose.NewPassword, clock.GetUtcNow(), out var secret, person.Email, person.Name, [], person.Id);
      db.Links.Add(link);
      await links.SendAsync(link, secret, context, ct);
    } else {
      await db.SaveAsync(ct);
    }
    return SeeOther.To($"/staff/sign-in?told={(hasMail ? "link" : "no-mail")}");
  }
}
