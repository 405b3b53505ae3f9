using System.ComponentModel.DataAnnotations;
using Porchlight.Accounts.Links;
using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.Own;

/// <summary>A new password in place of the old one.</summary>
public sealed record OwnPasswordForm {
  [Required(ErrorMessage = "own.current.missing")] public string? Current { get; set; }
  [Required(ErrorMessage = "start.password.missing")] public string? Password { get; set; }
}

/// <summary>A new authenticator in place of the old one.</summary>
public sealed record OwnAuthenticatorForm {
  [Required(ErrorMessage = "own.current.missing")] public string? Current { get; set; }
  [Required(ErrorMessage = "code.missing")] public string? Code { get; set; }
  public string? Secret { get; set; }
}

/// <summary>New recovery codes in place of the old ones.</summary>
public sealed record OwnCodesForm {
  [Required(ErrorMessage = "own.current.missing")] public string? Current { get; set; }
}

/// <summary>A passkey to add: what the browser made, and what to call it.</summary>
public sealed record OwnPasskeyForm {
  [Required(ErrorMessage = "own.current.missing")] public string? Current { get; set; }
  [StringLength(60, ErrorMessage = "own.passkey.long")] public string? Name { get; set; }
  public string? Credential { get; set; }
}

/// <summary>A passkey to remove.</summary>
public sealed record RemovePasskeyForm {
  public string? Id { get; set; }
}

/// <summary>One's own account.</summary>
/// <param name="Email">Signs in with it.</param>
/// <param name="Roles">In words.</param>
/// <param name="Passkeys">Those there are.</param>
/// <param name="CodesLeft">Recovery codes not used yet.</param>
/// <param name="Told">What was just done, or null.</param>
public sealed record OwnModel(string Email, string Roles, IReadOnlyList<PasskeyModel> Passkeys, int CodesLeft, string? Told);

/// <summary>A passkey.</summary>
public sealed record PasskeyModel(string Id, string Name, string Added);

/// <summary>The page for a new password.</summary>
public sealed record OwnPasswordModel(FormState Form);

/// <summary>The page for a new authenticator.</summary>
public sealed record OwnAuthenticatorModel(FormState Form, AuthenticatorModel Authenticator);

/// <summary>The page for new recovery codes.</summary>
public sealed record OwnCodesModel(FormState Form);

/// <summary>The page for a new passkey.</summary>
public sealed record OwnPasskeyModel(FormState Form);
