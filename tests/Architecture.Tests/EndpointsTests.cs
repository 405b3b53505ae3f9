using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Porchlight.Testing;

namespace Porchlight.Architecture.Tests;

/// <summary>Law 4: every endpoint says who may use it, and every form post is protected against forgery.</summary>
public sealed class EndpointsTests {
  [Fact]
  public async Task Every_endpoint_says_who_may_use_it_and_every_post_is_protected_against_forgery() {
    await using var host = await TestHost.StartAsync();
    // ASP.NET Core adds the file fallback on build output only, never to the published program; the policy for what says nothing denies it
    var endpoints = host.Endpoints.Where(e => Endpoints.Address(e) != "/{**path:file}").ToList();
    Assert.Contains(endpoints, e => Endpoints.Address(e) == "/health/live");
    Assert.Contains(endpoints, e => Endpoints.Address(e).StartsWith("/{**", StringComparison.Ordinal));
    Assert.Empty(Endpoints.Broken(endpoints));
  }

  [Fact]
  public void An_endpoint_that_says_nothing_and_a_post_without_a_token_are_reported() {
    var app = WebApplication.CreateSlimBuilder().Build();
    app.MapGet("/open", () => "").AllowAnonymous();
    app.MapGet("/unsaid", () => "");
    app.MapPost("/forged", () => "").AllowAnonymous();
    app.Map("/any-method", () => "").AllowAnonymous();
    app.MapPost("/guarded", () => "").RequireAuthorization().WithMetadata(new Guarded());
    app.MapPost("/tips/new", () => "").AllowAnonymous();
    Assert.Equal(["/any-method takes posts without a token against forgery.", "/forged takes posts without a token against forgery.",
      "/unsaid does not say who may use it."], Endpoints.Broken(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints)).Order());
  }

  [Fact]
  public async Task What_does_not_say_who_may_use_it_is_not_there_for_anyone() {
    await using var host = await TestHost.StartAsync(map: routes => routes.MapGet("/unsaid", () => "secret"));
    using var answer = await host.Client.GetAsync("/unsaid");
    Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
  }

  private sealed class Guarded : IAntiforgeryMetadata { public bool RequiresValidation => true; }
}

internal static class Endpoints {
  // the page for what is not there reads no form, whatever the method
  private static readonly string[] ReadNoForm = ["/{**path}"];

  public static IReadOnlyList<string> Broken(IEnumerable<Endpoint> endpoints) => [.. endpoints.SelectMany(e => new[] {
    SaysWho(e) ? null : $"{Address(e)} does not say who may use it.",
    !TakesPosts(e) || IsGuarded(e) ? null : $"{Address(e)} takes posts without a token against forgery.",
  }).OfType<string>()];

  public static string Address(Endpoint endpoint) => "/" + ((RouteEndpoint)endpoint).RoutePattern.RawText!.Trim('/');

  private static bool SaysWho(Endpoint e) =>
    e.Metadata.GetMetadata<IAllowAnonymous>() is not null || e.Metadata.GetMetadata<IAuthorizeData>() is not null || e.Metadata.GetMetadata<AuthorizationPolicy>() is not null;

  private static bool TakesPosts(Endpoint e) =>
    e.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: { Count: > 0 } methods } || methods.Any(m => !HttpMethods.IsGet(m) && !HttpMethods.IsHead(m));

  // under /tips a source has no cookie, so there is nothing to forge: that module's own reader takes the post
  private static bool IsGuarded(Endpoint e) =>
    e.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true } || Address(e).StartsWith("/tips", StringComparison.Ordinal) || ReadNoForm.Contains(Address(e));
}
