namespace Porchlight.Ui.Forms;

/// <summary>A choice in a select, a set of radios or of checkboxes.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is read.</param>
/// <param name="Hint">A second line under a radio or checkbox.</param>
public sealed record Option(string Value, string Label, string? Hint = null);
