using Microsoft.AspNetCore.Http.HttpResults;
using Porchlight.Ui.Forms;

namespace Porchlight.Ui;

/// <summary>How an endpoint answers with a page.</summary>
public static class Pages {
  /// <summary>The view over its model, 200 unless told.</summary>
  public static RazorComponentResult Of<TView, TModel>(TModel model, int status = 200) where TView : Page<TModel> =>
    new RazorComponentResult<TView>(new Dictionary<string, object?> { [nameof(Page<>.Model)] = model }) { StatusCode = status, PreventStreamingRendering = true };

  /// <summary>A page with a form: 200 before it is sent, 422 where something needs fixing, 400 where its token was missing or stale.</summary>
  public static RazorComponentResult Of<TView, TModel>(TModel model, FormState form) where TView : Page<TModel> => Of<TView, TModel>(model, form.Status);
}
