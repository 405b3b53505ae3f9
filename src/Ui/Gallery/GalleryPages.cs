using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Porchlight.Ui.Forms;

namespace Porchlight.Ui.Gallery;

/// <summary>Every component with sample data, in development only.</summary>
internal static class GalleryPages {
  public static void Map(IEndpointRouteBuilder routes) {
    var gallery = routes.MapGroup("/gallery").AllowAnonymous();
    gallery.MapGet("", () => Show(new Form<GalleryForm>(new() { Name = "Tomás", Needs = ["es"] })));
    gallery.MapPost("", (Form<GalleryForm> form) => Show(form));
    gallery.MapGet("/fault", string () => throw new InvalidOperationException("The gallery shows what a fault looks like."));
  }

  private static RazorComponentResult Show(Form<GalleryForm> form) => Pages.Of<GalleryPage, GalleryModel>(GallerySamples.Make(form), form);
}
