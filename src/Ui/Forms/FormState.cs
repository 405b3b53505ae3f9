using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Porchlight.Ui.Forms;

/// <summary>Something to fix, tied to a field, or to the whole form where <paramref name="Field"/> is null.</summary>
/// <param name="Field">The property's name.</param>
/// <param name="Message">What to do, in the language of this request.</param>
public sealed record FieldProblem(string? Field, string Message);

/// <summary>What the field components and the error summary know of a form: what was typed, and what needs fixing.</summary>
public abstract class FormState {
  private readonly List<FieldProblem> _problems = [];

  /// <summary>Whether this is a sent form, or one not filled in yet.</summary>
  public bool WasSent { get; private protected init; }

  /// <summary>Whether the token that proves the form is ours was missing or stale. Nothing was done; the page says to send it again.</summary>
  public bool IsStale { get; private protected init; }

  /// <summary>Everything to fix, in the order of the fields.</summary>
  public IReadOnlyList<FieldProblem> Problems => _problems;

  /// <summary>Whether the endpoint may act on it.</summary>
  public bool IsValid => WasSent && !IsStale && _problems.Count == 0;

  /// <summary>200 before it is sent, 400 when stale, 422 where something needs fixing.</summary>
  public int Status => IsStale ? StatusCodes.Status400BadRequest : _problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;

  /// <summary>Refuses for a reason the values alone do not show (a full meeting). Tied to a field where one is named.</summary>
  public void Reject(Problem problem, string? field = null) => Reject(field, Words.IsSpanish && problem.Spanish is { } es ? es : problem.English);

  /// <summary>What stands in a field: exactly what was typed, or the value the form began with.</summary>
  public string Typed(string field) => TypedAll(field) is [var first, ..] ? first ?? "" : "";

  /// <summary>All values of a field that may have several.</summary>
  public abstract StringValues TypedAll(string field);

  /// <summary>What needs fixing in a field, or null.</summary>
  public string? ProblemOf(string field) => _problems.Find(p => p.Field == field)?.Message;

  /// <summary>The id of a field's control; radios and checkboxes add a number from the second on.</summary>
  public static string IdOf(string field, int index = 0) => index == 0 ? $"field-{field}" : $"field-{field}-{index}";

  private protected void Reject(string? field, string message) => _problems.Add(new(field, message));
}
