using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Porchlight.Kernel.Settings;
using Porchlight.Testing;
using Porchlight.Ui.Assets;

namespace Porchlight.Ui.Tests;

/// <summary>Components as markup, without a server.</summary>
internal static class Rendered {
  /// <summary>Assets as the tests know them.</summary>
  public static readonly AssetNames Assets = new(() =>
    ["assets/house-0123abcd.css", "assets/icons-0123abcd.svg", "assets/lamp-0123abcd.svg", "assets/print-ABCD2345.js", "assets/find-me-ABCD2345.js",
      "assets/public-sans-latin-wght-normal-ABCD2345.woff2", "assets/source-serif-4-latin-600-normal-ABCD2345.woff2"]);

  /// <summary>A site in the language of the test, on a page under its prefix.</summary>
  public static Site Site(string path = "/data", string query = "", DepartmentSettings? department = null, string? prefix = null) {
    var language = System.Globalization.CultureInfo.CurrentUICulture.Name is "es" ? "es" : "en";
    return new() { Department = department ?? DepartmentSettings.None, Language = language, Prefix = prefix ?? "/" + language, Path = path, Query = query, Assets = Assets };
  }

  /// <summary>Renders a component with its parameters.</summary>
  public static async Task<HtmlPage> Of<TComponent>(object parameters, Site? site = null) where TComponent : IComponent {
    var values = parameters.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters));
    var shown = site ?? Site();
    await using var services = new ServiceCollection().AddCascadingValue(_ => shown).BuildServiceProvider();
    await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
    var markup = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(values))).ToHtmlString());
    return new(System.Net.HttpStatusCode.OK, new Dictionary<string, string>(), new HtmlParser().ParseDocument(markup));
  }

  /// <summary>Markup as content.</summary>
  public static RenderFragment Content(string markup) => builder => builder.AddMarkupContent(0, markup);
}
