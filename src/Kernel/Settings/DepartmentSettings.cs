using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;

namespace Porchlight.Kernel.Settings;

/// <summary>
/// What a department says once and every page and importer uses: names, phones, time zone, promises. Missing ones read as empty, and pages
/// leave out the line.
/// </summary>
public sealed class DepartmentSettings(IReadOnlyDictionary<string, string> values) {
  /// <summary>Nothing said yet.</summary>
  public static readonly DepartmentSettings None = new(new Dictionary<string, string>());

  /// <summary>The department, as its own people write it: "Port Alder Police".</summary>
  public Words Name => Pair("name") ?? new("Police Department", "Departamento de Policía");
  /// <summary>With "Department": the name in the footer and in citations.</summary>
  public Words FullName => Pair("full-name") ?? Name;
  /// <summary>"City of Port Alder"; null when not said.</summary>
  public Words? Government => Pair("government");
  /// <summary>"Port Alder"; null when not said.</summary>
  public string? City => this["city"];
  /// <summary>Street address for the footer, lines parted by semicolons.</summary>
  public string? Address => this["address"];
  /// <summary>911 unless told.</summary>
  public string EmergencyPhone => this["emergency-phone"] ?? "911";
  /// <summary>The number that is not for emergencies.</summary>
  public string? NonEmergencyPhone => this["non-emergency-phone"];
  /// <summary>988 unless told.</summary>
  public string CrisisPhone => this["crisis-phone"] ?? "988";
  /// <summary>The public web address, without a slash at its end.</summary>
  public string? WebAddress => this["web-address"];
  /// <summary>The department's own IANA zone; null: times are taken as written.</summary>
  public DateTimeZone? TimeZone => this["time-zone"] is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) : null;
  /// <summary>The department's name in the agency column of its exports; values parted by semicolons.</summary>
  public IReadOnlyList<string> OwnAgency => this["own-agency"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
  /// <summary>Days until someone answers; null when the department promises none.</summary>
  public int? AnswerDays => int.TryParse(this["promise-answer-days"], out var days) ? days : null;
  /// <summary>Whether the figures are invented: a strip above every page says so.</summary>
  public bool IsDemonstration => this["demonstration"] == "yes";

  /// <summary>Changes whenever a setting does: what is computed from the settings may be kept under it.</summary>
  public string Version => field ??= Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(values.OrderBy(v => v.Key, StringComparer.Ordinal))))[..16];

  /// <summary>The value of a key, or null.</summary>
  public string? this[string key] => values.TryGetValue(key, out var value) && value.Length > 0 ? value : null;

  private Words? Pair(string key) => this[key] is { } en ? new Words(en, this[key + "-es"]) : null;
}
