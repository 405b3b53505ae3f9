using System.Net.Mail;
using NodaTime;

namespace Porchlight.Kernel.Settings;

/// <summary>A setting a department may say, and what a good value looks like.</summary>
/// <param name="Key">Lower case with hyphens: the word on the command line and in the file.</param>
/// <param name="Help">What it is for, and an example.</param>
/// <param name="Refuses">Returns what to do where a value is not usable, else null.</param>
public sealed record SettingDefinition(string Key, string Help, Func<string, Problem?> Refuses) {
  /// <summary>Kept sealed, and shown to nobody.</summary>
  public bool IsSecret { get; init; }
}

/// <summary>Every setting there is. An unknown key is refused with the nearest known one.</summary>
public static class SettingCatalog {
  private static readonly Func<string, Problem?> Anything = _ => null;

  /// <summary>All settings, in the order they are listed.</summary>
  public static readonly IReadOnlyList<SettingDefinition> All = [
    new("name", "Short name on every page: Port Alder Police", Anything),
    new("name-es", "The same in Spanish: Policía de Port Alder", Anything),
    new("full-name", "Full name for the footer and citations: Port Alder Police Department", Anything),
    new("full-name-es", "The same in Spanish", Anything),
    new("government", "Under the name: City of Port Alder", Anything),
    new("government-es", "The same in Spanish: Ciudad de Port Alder", Anything),
    new("city", "The place itself: Port Alder", Anything),
    new("address", "Street address, lines parted by semicolons: 220 Harbor Street; Port Alder", Anything),
    new("emergency-phone", "911 unless told", Phone),
    new("non-emergency-phone", "The number that is not for emergencies: 555-0142", Phone),
    new("crisis-phone", "988 unless told", Phone),
    new("web-address", "Where residents find this site: https://police.portalder.example", Address),
    new("time-zone", "IANA name of the department's zone: America/New_York", Zone),
    new("own-agency", "The department's own name in the agency column of its exports, several parted by semicolons: Police", Anything),
    new("promise-answer-days", "Days until someone answers a resident: 3", Days),
    new("mail-relay", "The mail server that letters are handed to: mail.portalder.example", Host),
    new("mail-port", "Its port: 587 unless told; 25 is usual too", MailPort),
    new("mail-from", "Who letters come from: no-reply@portalder.example", Mail),
    new("mail-user", "The name to sign in with at the relay, if it asks for one", Anything),
    new("mail-password", "The password that goes with it; kept sealed and never shown", Anything) { IsSecret = true },
    new("mail-tls", "no where the relay offers no STARTTLS and is on your own network; yes unless told", YesOrNo),
    new("demonstration", "yes where every figure is invented: a strip above every page says so", YesOrNo),
  ];

  /// <summary>The definition of a key, or null.</summary>
  public static SettingDefinition? Find(string key) => All.FirstOrDefault(s => s.Key == key);

  private static Problem? YesOrNo(string value) => value is "yes" or "no" ? null : new("Say yes or no.", "Diga yes (sí) o no.");
  private static Problem? Host(string value) => Uri.CheckHostName(value) is not UriHostNameType.Unknown
    ? null : new("Write the name of a machine like mail.police.example.gov.", "Escriba el nombre de un equipo como mail.police.example.gov.");
  private static Problem? Mail(string value) => MailAddress.TryCreate(value, out _)
    ? null : new("Write an address like no-reply@police.example.gov.", "Escriba una dirección como no-reply@police.example.gov.");
  private static Problem? MailPort(string value) => !int.TryParse(value, out var n) || n is < 1 or > 65535
    ? new("Write a port, a number from 1 to 65535.", "Escriba un puerto, un número de 1 a 65535.")
    : n == 465 ? new("Port 465 speaks TLS from its first byte, which Porchlight does not. Use 587 or 25, where it begins with STARTTLS.",
      "El puerto 465 usa TLS desde el primer byte y Porchlight no. Use 587 o 25, donde empieza con STARTTLS.") : null;
  private static Problem? Phone(string value) => value.Count(char.IsAsciiDigit) >= 3 && value.All(c => char.IsAsciiDigit(c) || " +-().x".Contains(c))
    ? null : new("Write a phone number like 555-0142.", "Escriba un número de teléfono como 555-0142.");
  private static Problem? Address(string value) => Uri.TryCreate(value, UriKind.Absolute, out var u) && u.Scheme is "http" or "https" && !value.EndsWith('/')
    ? null : new("Write an address like https://police.example.gov, without a slash at its end.", "Escriba una dirección como https://police.example.gov, sin barra al final.");
  private static Problem? Zone(string value) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(value) is not null
    ? null : new("Write an IANA zone like America/Chicago.", "Escriba una zona IANA como America/Chicago.");
  private static Problem? Days(string value) => int.TryParse(value, out var n) && n is > 0 and < 366
    ? null : new("Write a whole number of days, 1 to 365.", "Escriba un número entero de días, de 1 a 365.");
}
