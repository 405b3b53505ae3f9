using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Porchlight.Accounts.Data;
using Porchlight.Accounts.Links;
using Porchlight.Accounts.SignIn;

namespace Porchlight.Testing;

/// <summary>An account of a test, and what its person knows.</summary>
/// <param name="Email">Signs in with it.</param>
/// <param name="Password">Its password.</param>
/// <param name="Secret">The authenticator's, in Base32.</param>
public sealed record StaffAccount(string Email, string Password, string Secret);

/// <summary>People on the staff, for tests.</summary>
public static class Staff {
  /// <summary>Makes an account with these roles, ready to sign in.</summary>
  public static async Task<StaffAccount> MakeStaffAsync(this TestHost host, params string[] roles) {
    var account = new StaffAccount($"p{Guid.CreateVersion7():N}@portalder.example", "four words in a row", OneTimeCodes.NewSecret());
    await using var scope = host.Services.CreateAsyncScope();
    var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
    var person = Person.Make(account.Email, "Test Person", roles, host.Clock.GetUtcNow());
    (person.TwoFactorEnabled, person.PasswordHash) = (true, people.PasswordHasher.HashPassword(person, account.Password));
    await scope.ServiceProvider.GetRequiredService<NewAuthenticator>().KeepAsync(person, account.Secret, default);
    Assert.True((await people.CreateAsync(person)).Succeeded);
    return account;
  }

  /// <summary>What the app shows for an account now.</summary>
  public static string CodeOf(this TestHost host, StaffAccount account) => OneTimeCodes.Code(OneTimeCodes.Secret(account.Secret), OneTimeCodes.StepAt(host.Clock.GetUtcNow()));

  /// <summary>A visitor who keeps cookies.</summary>
  public static Visitor NewVisitor(this TestHost host) => new(host.NewClient(cookies: true));

  /// <summary>Someone with these roles, signed in by password and authenticator, on the staff's home page.</summary>
  public static async Task<Visitor> SignInAsync(this TestHost host, params string[] roles) => await host.SignInAsync(await host.MakeStaffAsync(roles));

  /// <summary>The person of an account, signed in by password and authenticator.</summary>
  public static async Task<Visitor> SignInAsync(this TestHost host, StaffAccount account) {
    var visitor = host.NewVisitor();
    await visitor.OpenAsync("/staff");
    await visitor.SendAsync("/staff/sign-in", ("Email", account.Email), ("Password", account.Password));
    await visitor.SendAsync("/staff/sign-in/code", ("Code", host.CodeOf(account)));
    Assert.Equal("/staff", visitor.At);
    return visitor;
  }
}
