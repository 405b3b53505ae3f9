using System.ComponentModel.DataAnnotations;

namespace Porchlight.Accounts.SignIn;

/// <summary>Email and password.</summary>
public sealed record SignInForm {
  [Required(ErrorMessage = "sign-in.email.missing")] public string? Email { get; set; }
  [Required(ErrorMessage = "sign-in.password.missing")] public string? Password { get; set; }
  /// <summary>The staff page that was asked for.</summary>
  public string? Next { get; set; }
}

/// <summary>The authenticator's six digits, or a recovery code.</summary>
public sealed record CodeForm {
  [Required(ErrorMessage = "code.missing")] public string? Code { get; set; }
  public string? Next { get; set; }
}

/// <summary>What the browser's passkey answered, as JSON.</summary>
public sealed record PasskeyForm {
  public string? Credential { get; set; }
  public string? Next { get; set; }
}

/// <summary>Asks for the question that a passkey answers.</summary>
public sealed record PasskeyQuestionForm;

/// <summary>Asks for a link to set a new password.</summary>
public sealed record ForgottenForm {
  [Required(ErrorMessage = "sign-in.email.missing")] public string? Email { get; set; }
}
