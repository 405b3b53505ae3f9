using System.IO.Compression;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Porchlight.Ui.Assets;
using Porchlight.Ui.Errors;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Gallery;
using Porchlight.Ui.Headers;
using Porchlight.Ui.Language;

namespace Porchlight.Ui;

/// <summary>The look's door to the Host: services, middleware in order, and the pages that belong to all.</summary>
public static class UiSetup {
  /// <summary>Registers what layouts and components need.</summary>
  public static IServiceCollection AddUi(this IServiceCollection services) {
    services.AddRazorComponents();
    services.AddHttpContextAccessor();
    services.AddSingleton<AssetNames>();
    services.AddScoped<SiteOfRequest>();
    services.AddCascadingValue(s => s.GetRequiredService<SiteOfRequest>().Site!);
    services.AddAntiforgery();
    services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>((options, context) => {
      options.Cookie = new OwnPathCookie(context) { Name = "porchlight-form", HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };
      options.FormFieldName = "_form";
      options.SuppressXFrameOptionsHeader = true;
    });
    // Tokens in forms are masked anew each time, so a compressed page over TLS gives nothing away (BREACH)
    services.AddResponseCompression(o => {
      o.EnableForHttps = true;
      o.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/geo+json", "image/svg+xml"];
    });
    services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
    return services;
  }

  /// <summary>Adds an entry to the menu of every page.</summary>
  public static IServiceCollection AddMenuItem(this IServiceCollection services, MenuItem item) => services.AddSingleton(item);

  /// <summary>Adds an entry to the menu of the staff's pages.</summary>
  public static IServiceCollection AddStaffMenuItem(this IServiceCollection services, StaffMenuItem item) => services.AddSingleton(item);

  /// <summary>Adds a link to the footer of every page.</summary>
  public static IServiceCollection AddFooterLink(this IServiceCollection services, FooterLink link) => services.AddSingleton(link);

  /// <summary>Security headers, language, the site, error pages. Before routing.</summary>
  public static WebApplication UseUi(this WebApplication app) {
    app.Use(SecurityHeaders.Add);
    app.Use(PageLanguage.Choose);
    app.Use(SiteOfRequest.Make);
    app.UseExceptionHandler(new ExceptionHandlerOptions {
      ExceptionHandler = ErrorPages.ShowFault, AllowStatusCode404Response = true,
      StatusCodeSelector = e => e switch {
        BadHttpRequestException bad => bad.StatusCode,
        TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
      },
    });
    app.UseStatusCodePages(context => ErrorPages.Show(context.HttpContext));
    return app;
  }

  /// <summary>The not-found page and, in development, the gallery.</summary>
  public static void MapUi(this IEndpointRouteBuilder routes) {
    // Its empty 404 is filled in by the status pages, as every other is
    routes.Map("{**path}", () => TypedResults.NotFound()).AllowAnonymous();
    if (routes.ServiceProvider.GetRequiredService<IWebHostEnvironment>().IsDevelopment()) GalleryPages.Map(routes);
  }
}
