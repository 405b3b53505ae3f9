using Microsoft.AspNetCore.Components;

namespace Porchlight.Ui.Forms;

/// <summary>What every field of a posted form has: its form, its property's name, a label, perhaps a hint.</summary>
public abstract class Field : Part {
  /// <summary>The form it belongs to.</summary>
  [Parameter, EditorRequired] public FormState Form { get; set; } = null!;
  /// <summary>The property: <c>nameof(RsvpForm.Email)</c>.</summary>
  [Parameter, EditorRequired] public string Name { get; set; } = "";
  /// <summary>The question or the name of what is asked.</summary>
  [Parameter, EditorRequired] public string Label { get; set; } = "";
  /// <summary>Why we ask, or what it looks like.</summary>
  [Parameter] public string? Hint { get; set; }
  /// <summary>Says "(optional)" after the label. A form marks what may be left out, not what may not.</summary>
  [Parameter] public bool Optional { get; set; }

  /// <summary>The control's id.</summary>
  protected string Id => FormState.IdOf(Name);
  /// <summary>What needs fixing here.</summary>
  protected string? Problem => Form.ProblemOf(Name);
  /// <summary>The ids of hint and problem, which a screen reader says after the label.</summary>
  protected string? DescribedBy => (Hint, Problem) switch {
    (null, null) => null,
    (not null, null) => Id + "-hint",
    (null, not null) => Id + "-problem",
    _ => $"{Id}-hint {Id}-problem",
  };
  /// <summary>"true" where something needs fixing, else nothing.</summary>
  protected string? Invalid => Problem is null ? null : "true";
  /// <summary>The frame's classes.</summary>
  protected string GroupClass => Problem is null ? "usa-form-group" : "usa-form-group usa-form-group--error";
}
