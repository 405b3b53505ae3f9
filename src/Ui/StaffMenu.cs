using System.Security.Claims;
using Porchlight.Kernel.People;

namespace Porchlight.Ui;

/// <summary>An entry of the staff's menu, added with <see cref="UiSetup.AddStaffMenuItem"/>. People see those that one of their roles opens.</summary>
/// <param name="Key">The word by which a page says it belongs here: "people".</param>
/// <param name="Label">At most two words.</param>
/// <param name="Href">A path under /staff.</param>
/// <param name="Order">Smaller first.</param>
/// <param name="Roles">Any of these; none named: all of the staff.</param>
public sealed record StaffMenuItem(string Key, Words Label, string Href, int Order, params IReadOnlyList<string> Roles);

/// <summary>Who is signed in on this request.</summary>
/// <param name="PersonId">The account.</param>
/// <param name="Name">As others see it.</param>
/// <param name="Roles">Keys.</param>
/// <param name="Says">The roles in words.</param>
public sealed record SignedIn(Guid PersonId, string Name, IReadOnlyList<string> Roles, string Says) {
  internal static SignedIn? Of(ClaimsPrincipal user, IEnumerable<StaffRole> roles) {
    if (user.Identity?.IsAuthenticated != true || !Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
    var keys = user.FindAll(ClaimTypes.Role).Select(c => c.Value).ToList();
    return new(id, user.FindFirstValue(ClaimTypes.Name) ?? "", keys, string.Join(", ", roles.Where(r => keys.Contains(r.Key)).Select(r => r.Name.Here)));
  }
}
