using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Porchlight.Ui.Forms;

namespace Porchlight.Ui.Gallery;

/// <summary>Every component with sample data, in development only.</summary>
internal static class GalleryPages {
  public static void Map(IEndpointRouteBuilder routes) {
    var gallery = routes.MapGroup("/gallery").AllowAnonymous();
    gallery.MapGet("", () => Show<HomePage>(Blank()));
    gallery.MapGet("/data", () => Show<DataPage>(Blank()));
    gallery.MapGet("/area", () => Show<AreaPage>(Blank()));
    gallery.MapGet("/parts", () => Show<PartsPage>(Blank()));
    gallery.MapGet("/form", () => Show<FormPage>(Blank()));
    gallery.MapPost("/form", (Form<GalleryForm> form) => Show<FormPage>(form));
    gallery.MapGet("/fault", string () => throw new InvalidOperationException("The gallery shows what a fault looks like."));
  }

  private static Form<GalleryForm> Blank() => new(new() { Name = "Tomás", Needs = ["es"] });

  private static RazorComponentResult Show<TView>(Form<GalleryForm> form) where TView : Page<GalleryModel> => Pages.Of<TView, GalleryModel>(GallerySamples.Make(form), form);
}
