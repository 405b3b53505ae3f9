using System.ComponentModel.DataAnnotations;
using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.Links;

/// <summary>What a new person says: name, password, and the first code of the authenticator.</summary>
public sealed record StartForm {
  [Required(ErrorMessage = "start.name.missing"), StringLength(120, ErrorMessage = "start.name.long")] public string? Name { get; set; }
  /// <summary>Asked of the first administrator only: others were invited by it.</summary>
  [EmailAddress(ErrorMessage = "sign-in.email.form"), StringLength(254, ErrorMessage = "sign-in.email.form")] public string? Email { get; set; }
  [Required(ErrorMessage = "start.password.missing")] public string? Password { get; set; }
  [Required(ErrorMessage = "code.missing")] public string? Code { get; set; }
  /// <summary>The authenticator's secret, protected, so that the page may be sent again with the same one.</summary>
  public string? Secret { get; set; }
}

/// <summary>A new password.</summary>
public sealed record NewPasswordForm {
  [Required(ErrorMessage = "start.password.missing")] public string? Password { get; set; }
}

/// <summary>The page of a link that makes an account ready.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Authenticator">What to scan.</param>
/// <param name="Email">Whose account; null where the form asks.</param>
/// <param name="Roles">What this person will be.</param>
/// <param name="Until">When the link ends.</param>
public sealed record StartModel(FormState Form, AuthenticatorModel Authenticator, string? Email, string Roles, string Until);

/// <summary>The page of a link that sets a password.</summary>
public sealed record NewPasswordModel(FormState Form, string Email);

/// <summary>Recovery codes, shown once.</summary>
public sealed record CodesModel(IReadOnlyList<string> Codes, bool IsNew);
