using System.Reflection;
using Porchlight.Ui.Forms;

namespace Porchlight.Accounts.SettingsPage;

/// <summary>What the department says once. A property is a setting's key in Pascal case.</summary>
public sealed record SettingsForm {
  public string? Name { get; set; }
  public string? NameEs { get; set; }
  public string? FullName { get; set; }
  public string? FullNameEs { get; set; }
  public string? Government { get; set; }
  public string? GovernmentEs { get; set; }
  public string? City { get; set; }
  public string? Address { get; set; }
  public string? EmergencyPhone { get; set; }
  public string? NonEmergencyPhone { get; set; }
  public string? CrisisPhone { get; set; }
  public string? WebAddress { get; set; }
  public string? TimeZone { get; set; }
  public string? OwnAgency { get; set; }
  public string? PromiseAnswerDays { get; set; }
  public string? MailRelay { get; set; }
  public string? MailPort { get; set; }
  public string? MailFrom { get; set; }
  public string? MailUser { get; set; }
  public string? MailPassword { get; set; }
  public string? MailTls { get; set; }

  internal static readonly IReadOnlyList<(string Key, PropertyInfo Property)> Fields = [.. typeof(SettingsForm).GetProperties().Select(p => (KeyOf(p.Name), p))];

  private static string KeyOf(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>The settings page.</summary>
/// <param name="Form">All of them.</param>
/// <param name="Told">Whether they were just saved.</param>
/// <param name="Mail">What the relay answered to a try, or null.</param>
public sealed record SettingsModel(FormState Form, bool Told, MailAnswerModel? Mail);

/// <summary>What a relay answered.</summary>
/// <param name="Worked">It took the letter.</param>
/// <param name="Says">What to do where it did not, else where the letter went.</param>
public sealed record MailAnswerModel(bool Worked, string Says);

/// <summary>Tries the relay with a letter to oneself.</summary>
public sealed record MailTestForm;
