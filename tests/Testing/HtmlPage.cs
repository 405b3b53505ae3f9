using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Porchlight.Testing;

/// <summary>A page as a reader has it: its status, its headers, and what is on it.</summary>
/// <param name="Status">The answer's status.</param>
/// <param name="Headers">Every header of the answer, content headers included, by lower-case name.</param>
/// <param name="Document">The markup.</param>
public sealed record HtmlPage(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, IHtmlDocument Document) {
  /// <summary>Reads an answer.</summary>
  public static async Task<HtmlPage> ReadAsync(HttpResponseMessage answer) {
    var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(", ", h.Value), StringComparer.Ordinal);
    return new(answer.StatusCode, headers, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
  }

  /// <summary>The text of the one main heading; fails where there is none, or more than one.</summary>
  public string Heading => Text(Only("h1"));

  /// <summary>The one element that a selector finds; fails, showing the page's text, where there is none or more than one.</summary>
  public IElement Only(string selector) {
    var found = Document.QuerySelectorAll(selector);
    Assert.True(found.Length == 1, $"{found.Length} elements match {selector} on: {Text(Document.DocumentElement)}");
    return found[0];
  }

  /// <summary>All elements that a selector finds; fails where there is none, so that a test over them cannot pass on nothing.</summary>
  public IReadOnlyList<IElement> All(string selector) {
    var found = Document.QuerySelectorAll(selector);
    Assert.True(found.Length > 0, $"Nothing matches {selector} on: {Text(Document.DocumentElement)}");
    return [.. found];
  }

  /// <summary>Fails where a selector finds anything.</summary>
  public void None(string selector) => Assert.Empty(Document.QuerySelectorAll(selector).Select(Text));

  /// <summary>Fails unless a reader reads this text somewhere in the body.</summary>
  public void Says(string text) => Assert.Contains(text, Text(Document.Body!), StringComparison.Ordinal);

  /// <summary>Fails where a reader reads this text anywhere in the body.</summary>
  public void NeverSays(string text) => Assert.DoesNotContain(text, Text(Document.Body!), StringComparison.Ordinal);

  /// <summary>The rows of a table as a reader reads them, head included.</summary>
  public IReadOnlyList<IReadOnlyList<string>> Rows(string table) =>
    [.. Only(table).QuerySelectorAll("tr").Select(row => (IReadOnlyList<string>)[.. row.QuerySelectorAll("th, td").Select(Text)])];

  /// <summary>The addresses of all links in the body.</summary>
  public IReadOnlyList<string> Links => [.. Document.QuerySelectorAll("body a[href]").Select(a => a.GetAttribute("href")!)];

  /// <summary>Fails unless the status is this; shows the page.</summary>
  public HtmlPage Is(HttpStatusCode status) {
    Assert.True(Status == status, $"{(int)Status} where {(int)status} was expected: {Text(Document.DocumentElement)}");
    return this;
  }

  /// <summary>An element's text with runs of white space as one space.</summary>
  public static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
