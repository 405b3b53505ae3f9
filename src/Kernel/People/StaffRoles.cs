using Microsoft.Extensions.DependencyInjection;

namespace Porchlight.Kernel.People;

/// <summary>What a person on the staff may do. A module adds its own with <see cref="StaffRoles.AddStaffRole"/>.</summary>
/// <param name="Key">The word in claims, tables and policies: "steward".</param>
/// <param name="Name">As people say it.</param>
/// <param name="MayDo">One sentence for whoever gives it.</param>
public sealed record StaffRole(string Key, Words Name, Words MayDo);

/// <summary>The roles of the house itself.</summary>
public static class StaffRoles {
  /// <summary>People, settings, and what failed.</summary>
  public const string Administrator = "administrator";
  /// <summary>Imports, areas, mappings, previews.</summary>
  public const string Steward = "steward";
  /// <summary>What goes to the public: approves editions, speaks for the department.</summary>
  public const string InformationOfficer = "information-officer";
  /// <summary>Reads the trail; changes nothing.</summary>
  public const string Auditor = "auditor";

  /// <summary>Adds a role that can be given to people.</summary>
  public static IServiceCollection AddStaffRole(this IServiceCollection services, StaffRole role) => services.AddSingleton(role);
}
