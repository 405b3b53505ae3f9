using System.Text;
using System.Xml;
using Porchlight.Kernel.Settings;

namespace Porchlight.Host.Serving;

/// <summary>What search engines are told: every public page in both languages (sitemaps.org, hreflang), and that they are welcome.</summary>
internal static class SiteMap {
  private const string Sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9", Xhtml = "http://www.w3.org/1999/xhtml";

  public static void MapSiteMap(this IEndpointRouteBuilder routes) {
    var everyone = routes.MapGroup("").AllowAnonymous();
    everyone.MapGet("/sitemap.xml", Map);
    everyone.MapGet("/robots.txt", async (SettingsOnHand settings, CancellationToken ct) =>
      TypedResults.Text("User-agent: *\nAllow: /\n" + ((await settings.GetAsync(ct)).WebAddress is { } site ? $"Sitemap: {site}/sitemap.xml\n" : "")));
  }

  // a site map holds whole addresses, and what a visitor's Host header says is not ours to repeat
  private static async Task<IResult> Map(IServiceProvider services, SettingsOnHand settings, CancellationToken ct) {
    if ((await settings.GetAsync(ct)).WebAddress is not { } site) {
      return TypedResults.Text("There is no site map: the department has not said its web address (porchlight settings set web-address ...).\n",
        statusCode: StatusCodes.Status404NotFound);
    }
    using var text = new MemoryStream();
    await using (var xml = XmlWriter.Create(text, new() { Async = true, Encoding = new UTF8Encoding(false) })) {
      xml.WriteStartElement("urlset", Sitemaps);
      xml.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
      // a feed or a file (/sitemap.xml itself) is no page
      foreach (var page in (await PublicPages.ListAsync(services, ct)).Where(p => !p.Contains('.', StringComparison.Ordinal))) {
        xml.WriteStartElement("url", Sitemaps);
        xml.WriteElementString("loc", Sitemaps, site + page);
        foreach (var language in (string[])["en", "es"]) {
          xml.WriteStartElement("link", Xhtml);
          xml.WriteAttributeString("rel", "alternate");
          xml.WriteAttributeString("hreflang", language);
          xml.WriteAttributeString("href", $"{site}/{language}{page}");
          xml.WriteEndElement();
        }
        xml.WriteEndElement();
      }
      xml.WriteEndElement();
    }
    return TypedResults.Bytes(text.ToArray(), "application/xml");
  }
}
