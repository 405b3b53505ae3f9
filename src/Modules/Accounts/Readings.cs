using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Porchlight.Accounts.Data;
using Porchlight.Kernel.People;
using Porchlight.Ui.Wording;

namespace Porchlight.Accounts;

internal static class Readings {
  /// <summary>"Administrator and Data steward".</summary>
  public static string InWords(this IEnumerable<StaffRole> roles, IReadOnlyCollection<string> keys) => Fmt.List([.. roles.Where(r => keys.Contains(r.Key)).Select(r => r.Name.Here)]);

  /// <summary>Whoever is signed in. Only for routes of the staff: the session was checked on this request.</summary>
  public static async Task<Person> MeAsync(this UserManager<Person> people, HttpContext context) =>
    await people.GetUserAsync(context.User) ?? throw new InvalidOperationException("A route of the staff without a person.");
}
