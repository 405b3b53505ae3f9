using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Porchlight.Ui.Wording;

namespace Porchlight.Ui.Forms;

/// <summary>
/// A sent form, bound to <typeparamref name="T"/>: a class of settable properties with DataAnnotations whose <c>ErrorMessage</c> is a key of
/// its project's texts. What was typed is kept, also "abc" in a number. An endpoint that takes one demands an antiforgery token; a missing
/// or stale token gives a form that is not valid, and nothing is done.
/// Strings are trimmed, and empty ones are null. Reads url-encoded bodies only: a file would be spooled in clear to the temporary folder.
/// </summary>
[SuppressMessage("Design", "CA1000", Justification = "The framework finds BindAsync and PopulateMetadata by name on the parameter's own type.")]
public sealed class Form<T> : FormState, IEndpointParameterMetadataProvider where T : class, new() {
  private static readonly PropertyInfo[] Fields = [.. typeof(T).GetProperties().Where(p => p.SetMethod is { IsPublic: true })];
  private readonly IReadOnlyDictionary<string, StringValues>? _typed;

  /// <summary>A form not sent yet, holding these values.</summary>
  public Form(T? values = null) => Values = values ?? new T();

  internal static Form<T> Of(IReadOnlyDictionary<string, StringValues> typed, bool isStale) => new(typed, isStale);

  private Form(IReadOnlyDictionary<string, StringValues> typed, bool isStale) {
    (_typed, WasSent, IsStale) = (typed, true, isStale);
    Values = new T();
    // All are read before any is checked: a rule may look at a neighbor
    foreach (var (field, unreadable) in Fields.Select(f => (f, Read(f))).ToList()) {
      if ((unreadable ?? Check(field)) is { } message) Reject(field.Name, message);
    }
    foreach (var result in (Values as IValidatableObject)?.Validate(new ValidationContext(Values)) ?? [])
      Reject(result.MemberNames.FirstOrDefault(), Texts.Of(typeof(T))[result.ErrorMessage!]);
  }

  /// <summary>The values read. A field that could not be read holds its default.</summary>
  public T Values { get; }

  /// <inheritdoc/>
  public override StringValues TypedAll(string field) {
    if (_typed is not null) return _typed.TryGetValue(field, out var typed) ? typed : StringValues.Empty;
    var value = (Fields.FirstOrDefault(f => f.Name == field) ?? throw new ArgumentException($"{typeof(T).Name} has no field \"{field}\".", nameof(field))).GetValue(Values);
    return value is IEnumerable list and not string ? new([.. list.Cast<object>().Select(Write)]) : value is null ? StringValues.Empty : Write(value);
  }

  /// <summary>Called by the framework for an endpoint's parameter.</summary>
  public static async ValueTask<Form<T>?> BindAsync(HttpContext context, ParameterInfo parameter) {
    var request = context.Request;
    if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
      throw new BadHttpRequestException("Send this form url-encoded.", StatusCodes.Status415UnsupportedMediaType);
    // Before anything else: seen to save without a token where only the binder looked
    var isStale = context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true };
    // Noted, so the framework may let the form be read: what was typed is shown again
    context.Features.Set<IAntiforgeryValidationFeature>(null);
    var sent = await request.ReadFormAsync(context.RequestAborted);
    return Of(sent.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal), isStale);
  }

  /// <summary>Marks the endpoint so that the antiforgery middleware looks at its token, and so that no other kind of body reaches either.</summary>
  public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) {
    builder.Metadata.Add(new RequireAntiforgeryTokenAttribute());
    builder.Metadata.Add(new AcceptsMetadata(["application/x-www-form-urlencoded"], typeof(T)));
  }

  // Sets the property, or returns what to do
  private string? Read(PropertyInfo field) {
    var typed = TypedAll(field.Name).Select(v => v?.Trim()).Where(v => v?.Length > 0).Select(v => v!).ToList();
    if (ItemOf(field.PropertyType) is { } item) {
      var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
      foreach (var text in typed) {
        if (!Parse(text, item, out var value)) return Unreadable(item);
        list.Add(value);
      }
      field.SetValue(Values, list);
      return null;
    }
    var type = Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;
    if (type == typeof(bool)) {
      field.SetValue(Values, typed.Contains("true"));
      return null;
    }
    if (typed.Count == 0) return null;
    if (!Parse(typed[0], type, out var parsed)) return Unreadable(type);
    field.SetValue(Values, parsed);
    return null;
  }

  // What to do where a rule is broken: one thing a field
  private string? Check(PropertyInfo field) {
    var context = new ValidationContext(Values) { MemberName = field.Name };
    var value = field.GetValue(Values);
    foreach (var rule in field.GetCustomAttributes<ValidationAttribute>()) {
      // "Required" on a list asks for one choice at least
      var good = rule is RequiredAttribute && value is ICollection list ? list.Count > 0 : rule.GetValidationResult(value, context) == ValidationResult.Success;
      if (good) continue;
      return rule.ErrorMessage is { } key ? Texts.Of(typeof(T))[key] : Texts.Of(typeof(FormState))["form.unusable"];
    }
    return null;
  }

  private static string Unreadable(Type type) => Texts.Of(typeof(FormState))[
    type == typeof(int) || type == typeof(long) ? "form.whole-number" : type == typeof(decimal) ? "form.number"
    : type == typeof(DateOnly) ? "form.date" : type == typeof(TimeOnly) ? "form.time" : "form.choice"];

  private static Type? ItemOf(Type type) => type != typeof(string) && type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : null;

  private static bool Parse(string text, Type type, out object? value) {
    var culture = CultureInfo.InvariantCulture;
    const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint;
    (var good, value) = type switch {
      _ when type == typeof(string) => (true, text),
      _ when type == typeof(int) => (int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, culture, out var n), n),
      _ when type == typeof(long) => (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, culture, out var n), n),
      _ when type == typeof(decimal) => (decimal.TryParse(text, Written, culture, out var n), n),
      _ when type == typeof(Guid) => (Guid.TryParse(text, out var id), id),
      _ when type == typeof(DateOnly) => (DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day), day),
      _ when type == typeof(TimeOnly) => (TimeOnly.TryParseExact(text, "HH:mm", culture, DateTimeStyles.None, out var time), time),
      _ when type.IsEnum => (Enum.TryParse(type, text, ignoreCase: false, out var word) && Enum.IsDefined(type, word!), word),
      _ => throw new NotSupportedException($"{typeof(T).Name} has a field of {type.Name}, which no form can hold."),
    };
    return good;
  }

  private static string Write(object value) => value switch {
    bool yes => yes ? "true" : "",
    DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
    _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
  };
}
