using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.SignIn;

/// <summary>The sign-in page.</summary>
/// <param name="Form">Email and password.</param>
/// <param name="Told">What was just done ("You are signed out"), or null.</param>
public sealed record SignInModel(FormState Form, string? Told);

/// <summary>The page that asks for the second factor.</summary>
public sealed record CodeModel(FormState Form);
