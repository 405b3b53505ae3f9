using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Porchlight.Kernel.Settings;
using Porchlight.Ui.Assets;

namespace Porchlight.Ui;

/// <summary>What every page knows of its request: the department, the language, where it is and how to write addresses.</summary>
public sealed record Site {
  /// <summary>Names, phones, promises.</summary>
  public required DepartmentSettings Department { get; init; }
  /// <summary>"en" or "es".</summary>
  public required string Language { get; init; }
  /// <summary>"/es" or "/en" where the address said so, else empty: the page answered in place.</summary>
  public required string Prefix { get; init; }
  /// <summary>The path without its language: "/data/crime".</summary>
  public required string Path { get; init; }
  /// <summary>The query with its question mark, or empty.</summary>
  public required string Query { get; init; }
  /// <summary>Names of the sheet, scripts and pictures.</summary>
  public required AssetNames Assets { get; init; }
  /// <summary>The menu, in order.</summary>
  public IReadOnlyList<MenuItem> Menu { get; init; } = [];
  /// <summary>The footer's links, in order.</summary>
  public IReadOnlyList<FooterLink> Footer { get; init; } = [];

  /// <summary>Who is signed in; null on the public's side.</summary>
  public SignedIn? Me { get; init; }
  /// <summary>The staff's menu as this person sees it, in order.</summary>
  public IReadOnlyList<StaffMenuItem> StaffMenu { get; init; } = [];

  /// <summary>Whether this page is in Spanish.</summary>
  public bool IsSpanish => Language == "es";
  /// <summary>This page in the other language.</summary>
  public string OtherLanguageHref => $"{(IsSpanish ? "/en" : "/es")}{Path}{Query}";

  /// <summary>
  /// Writes an address of the house ("/data") with this request's language before it. Every component does so with what it is given,
  /// and what has the prefix already is left alone; so are anchors, queries and other sites.
  /// </summary>
  public string Link(string href) => !href.StartsWith('/') || Prefix.Length == 0 || href == Prefix || href.StartsWith(Prefix + "/", StringComparison.Ordinal)
    ? href : Prefix + href;

  /// <summary>The hashed address of an asset: <c>Asset("house.css")</c>.</summary>
  public string Asset(string name) => Assets[name];

  /// <summary>This page with some of its query replaced; null or empty takes a name out. For sort links, pages and filters that are links.</summary>
  public string With(params (string Name, string? Value)[] changes) {
    var kept = QueryHelpers.ParseQuery(Query).Where(q => changes.All(c => c.Name != q.Key)).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""));
    var query = new QueryBuilder(kept);
    foreach (var (name, value) in changes) {
      if (!string.IsNullOrEmpty(value)) query.Add(name, value);
    }
    return Prefix + Path + query.ToQueryString();
  }

  /// <summary>A value of the query, or null.</summary>
  public string? Ask(string name) => QueryHelpers.ParseQuery(Query).TryGetValue(name, out var value) ? value.ToString() : null;

  /// <summary>The address of this page in one language for search engines, absolute where the department has said its web address.</summary>
  internal string Canonical(string? language) => $"{Department.WebAddress}{(language is null ? "" : "/" + language)}{UrlEncoder.Default.Encode(Path).Replace("%2F", "/", StringComparison.Ordinal)}";

  internal static Site Of(HttpContext context, string language, DepartmentSettings department, AssetNames assets, IEnumerable<MenuItem> menu, IEnumerable<FooterLink> footer) => new() {
    Department = department,
    Language = language,
    Prefix = context.Request.PathBase,
    Path = context.Request.Path.HasValue ? context.Request.Path.Value : "/",
    Query = context.Request.QueryString.Value ?? "",
    Assets = assets,
    Menu = [.. menu.OrderBy(m => m.Order)],
    Footer = [.. footer.OrderBy(l => l.Order)],
  };
}
