using System.CommandLine;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.Failures;
using Porchlight.Accounts.First;
using Porchlight.Accounts.Home;
using Porchlight.Accounts.Links;
using Porchlight.Accounts.Own;
using Porchlight.Accounts.People;
using Porchlight.Accounts.SettingsPage;
using Porchlight.Accounts.SignIn;
using Porchlight.Accounts.TrailPages;
using Porchlight.Contracts.Accounts;
using Porchlight.Kernel.Modules;
using Porchlight.Kernel.People;
using Porchlight.Kernel.Verbs;
using Porchlight.Ui;

namespace Porchlight.Accounts;

/// <summary>Who is on the staff: signing in, roles, sessions, the trail; and the staff's pages that belong to all.</summary>
public sealed class AccountsModule : IModule {
  /// <inheritdoc/>
  public string Name => "accounts";

  /// <inheritdoc/>
  public void AddServices(IServiceCollection services) {
    services.AddScoped<AccountsDb>();
    services.AddScoped<IUserStore<Person>, PeopleStore>();
    services.AddIdentityCore<Person>(o => {
      (o.Lockout.MaxFailedAccessAttempts, o.Lockout.DefaultLockoutTimeSpan) = (5, TimeSpan.FromMinutes(15));
      o.User.RequireUniqueEmail = true;
      o.Tokens.AuthenticatorTokenProvider = OneTimeCodes.Name;
      // IdentitySchemaVersions.Version3 is what passkeys are kept by
      o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
    }).AddSignInManager().AddTokenProvider<OneTimeCodes>(OneTimeCodes.Name);
    services.AddScoped<IUserClaimsPrincipalFactory<Person>, PersonClaims>();
    services.Configure<IdentityPasskeyOptions>(o => (o.UserVerificationRequirement, o.ResidentKeyRequirement) = ("required", "required"));
    services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
    services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, Sessions.Configure);
    services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie => {
      (cookie.Cookie.Name, cookie.Cookie.IsEssential, cookie.ExpireTimeSpan) = ("porchlight-second", true, TimeSpan.FromMinutes(5));
      cookie.CookieManager = new StaffCookies();
    });
    services.AddSingleton<PasswordChecks>();
    services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
    services.AddScoped<NewAuthenticator>();
    services.AddScoped<LinkSender>();
    services.AddScoped<FirstPeople>();
    services.AddScoped<Change>();
    services.AddScoped<IWhatWaits, ParkedWaits>();
    services.AddStaffRole(new(StaffRoles.Administrator, new("Administrator", "Administración"), new("People, settings, what failed.", "Personas, ajustes y lo que falló.")));
    services.AddStaffRole(new(StaffRoles.Steward, new("Data steward", "Responsable de datos"), new("Imports files and prepares what is published.", "Importa archivos y prepara lo que se publica.")));
    services.AddStaffRole(new(StaffRoles.InformationOfficer, new("Public information officer", "Oficial de información pública"), new("Approves what is published.", "Aprueba lo que se publica.")));
    services.AddStaffRole(new(StaffRoles.Auditor, new("Auditor", "Auditoría"), new("Reads the trail and changes nothing.", "Lee el registro y no cambia nada.")));
    services.AddStaffMenuItem(new("home", new("Home", "Inicio"), "/staff", 0));
    services.AddStaffMenuItem(new("people", new("People", "Personas"), "/staff/people", 90, StaffRoles.Administrator));
    services.AddStaffMenuItem(new("settings", new("Settings", "Ajustes"), "/staff/settings", 91, StaffRoles.Administrator));
    services.AddStaffMenuItem(new("running", new("Running", "Marcha"), "/staff/running", 93, StaffRoles.Administrator));
    services.AddStaffMenuItem(new("trail", new("Trail", "Registro"), "/staff/trail", 92, StaffRoles.Administrator, StaffRoles.Auditor));
  }

  /// <inheritdoc/>
  public void MapModel(ModelBuilder model) {
    Person.Map(model);
    PersonLink.Map(model);
  }

  /// <inheritdoc/>
  public IEnumerable<Command> Verbs(VerbHost host) => [AdminVerb.Make(host)];

  /// <inheritdoc/>
  public Task<IReadOnlyList<string>> BeforeServingAsync(IServiceProvider services, string address, CancellationToken ct) =>
    services.GetRequiredService<FirstPeople>().SayAsync(address, ct);

  /// <inheritdoc/>
  public void MapRoutes(IEndpointRouteBuilder routes) {
    var (door, staff, administrators) = (routes.MapStaffDoor(), routes.MapStaff(), routes.MapStaff(StaffRoles.Administrator));
    SignInStaff.Map(door, staff);
    AskForNewPassword.Map(door);
    UseLink.Map(door);
    ShowStaffHome.Map(staff);
    KeepOwnAccount.Map(staff);
    KeepPeople.Map(administrators);
    KeepSettings.Map(administrators);
    KeepRunning.Map(administrators);
    ReadTrail.Map(routes.MapStaff(StaffRoles.Administrator, StaffRoles.Auditor));
  }
}
