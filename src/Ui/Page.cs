using Microsoft.AspNetCore.Components;
using Porchlight.Ui.Wording;

namespace Porchlight.Ui;

/// <summary>A part of a page: it knows the site and, as <see cref="T"/>, the words of the project it is written in. It injects nothing.</summary>
public abstract class Part : ComponentBase {
  /// <summary>Department, language and addresses of this request.</summary>
  [CascadingParameter] public Site Site { get; set; } = null!;

  /// <summary>The words of the project this component belongs to: <c>@T["key"]</c>.</summary>
  protected Texts T => field ??= Texts.Of(GetType());

  /// <summary>An address of the house with this request's language prefix; other addresses as they are.</summary>
  protected string Link(string href) => Site.Link(href);
}

/// <summary>A page: markup over one model. Its endpoint shows it with <see cref="Pages.Of{TView,TModel}(TModel,int)"/>.</summary>
public abstract class Page<TModel> : Part {
  /// <summary>Everything the page shows.</summary>
  [Parameter, EditorRequired] public TModel Model { get; set; } = default!;
}
