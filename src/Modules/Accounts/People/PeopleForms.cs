using System.ComponentModel.DataAnnotations;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Tables;

namespace Porchlight.Accounts.People;

/// <summary>An invitation.</summary>
public sealed record InviteForm {
  [Required(ErrorMessage = "start.name.missing"), StringLength(120, ErrorMessage = "start.name.long")] public string? Name { get; set; }
  [Required(ErrorMessage = "sign-in.email.missing"), EmailAddress(ErrorMessage = "sign-in.email.form"), StringLength(254, ErrorMessage = "sign-in.email.form")] public string? Email { get; set; }
  [Required(ErrorMessage = "invite.roles.missing")] public List<string> Roles { get; set; } = [];
}

/// <summary>What a person may do.</summary>
public sealed record RolesForm {
  [Required(ErrorMessage = "invite.roles.missing")] public List<string> Roles { get; set; } = [];
}

/// <summary>A button without fields.</summary>
public sealed record ActForm;

/// <summary>All people.</summary>
/// <param name="Table">A page of them.</param>
/// <param name="Invitations">Those not used yet.</param>
/// <param name="Told">What was just done, or null.</param>
public sealed record PeopleModel(DataTableModel Table, DataTableModel Invitations, string? Told);

/// <summary>The page that invites.</summary>
public sealed record InviteModel(FormState Form, IReadOnlyList<Option> Roles, bool HasMail);

/// <summary>A link that is shown once, because no mail relay is set to send it.</summary>
public sealed record LinkShownModel(string Name, string Email, string Link, string Until, bool IsNewStart);

/// <summary>One person.</summary>
/// <param name="Form">The roles.</param>
/// <param name="PersonId">Whose page.</param>
/// <param name="Name">The name.</param>
/// <param name="Email">The email.</param>
/// <param name="Roles">All roles there are.</param>
/// <param name="Facts">Since when, last sign-in, locked until.</param>
/// <param name="IsLocked">Locked after wrong tries.</param>
/// <param name="IsClosed">May not sign in any more.</param>
/// <param name="IsMe">One's own page.</param>
/// <param name="Told">What was just done, or null.</param>
public sealed record PersonModel(
  FormState Form, Guid PersonId, string Name, string Email, IReadOnlyList<Option> Roles, IReadOnlyList<(string Name, Cell Value)> Facts, bool IsLocked, bool IsClosed, bool IsMe, string? Told);
