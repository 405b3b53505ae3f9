using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Porchlight.Testing;

/// <summary>Someone at a browser without script: keeps cookies, reads pages, fills in the forms that stand on them and follows where they lead.</summary>
public sealed class Visitor(HttpClient client) : IDisposable {
  private HtmlPage? _page;

  /// <summary>The client, for what no form does.</summary>
  public HttpClient Client => client;
  /// <summary>The page in front of the visitor.</summary>
  public HtmlPage Page => _page ?? throw new InvalidOperationException("Open a page first.");
  /// <summary>Its path and query, after redirects.</summary>
  public string At { get; private set; } = "";

  /// <summary>Opens a page and follows redirects.</summary>
  public Task<HtmlPage> OpenAsync(string path) => FollowAsync(path, () => Html(client, HttpMethod.Get, path, null));

  /// <summary>Sends the form whose address ends with <paramref name="action"/>, with all that stands in it and what is filled in here. An unknown field is a mistake of the test.</summary>
  public Task<HtmlPage> SendAsync(string action, params (string Name, string Value)[] filled) {
    var form = Page.All("form[method=post]").Cast<IHtmlFormElement>().FirstOrDefault(f => f.GetAttribute("action")!.EndsWith(action, StringComparison.Ordinal))
      ?? throw new InvalidOperationException($"No form leads to {action} on: {HtmlPage.Text(Page.Document.Body!)}");
    var names = form.QuerySelectorAll("[name]").Select(e => e.GetAttribute("name")!).ToHashSet(StringComparer.Ordinal);
    Assert.All(filled, f => Assert.Contains(f.Name, names));
    var stands = form.QuerySelectorAll<IHtmlInputElement>("input[name]").Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked).Select(i => (Name: i.Name!, Value: (string?)i.Value))
      .Concat(form.QuerySelectorAll<IHtmlTextAreaElement>("textarea[name]").Select(t => (Name: t.Name!, Value: (string?)t.Value)))
      .Concat(form.QuerySelectorAll<IHtmlSelectElement>("select[name]").Select(s => (Name: s.Name!, Value: (string?)s.Value)));
    var sent = stands.Where(s => filled.All(f => f.Name != s.Name)).Concat(filled.Select(f => (f.Name, Value: (string?)f.Value))).Select(s => KeyValuePair.Create(s.Name, s.Value ?? "")).ToList();
    return PostAsync(form.GetAttribute("action")!, sent);
  }

  /// <summary>Posts fields to an address as they are.</summary>
  public Task<HtmlPage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) => FollowAsync(path, () => Html(client, HttpMethod.Post, path, new FormUrlEncodedContent(fields)));

  private async Task<HtmlPage> FollowAsync(string path, Func<Task<HttpResponseMessage>> ask) {
    var answer = await ask();
    for (var hops = 0; answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Redirect && hops < 5; hops++) {
      path = answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString;
      answer.Dispose();
      answer = await Html(client, HttpMethod.Get, path, null);
    }
    using (answer) {
      At = path;
      return _page = await HtmlPage.ReadAsync(answer);
    }
  }

  private static Task<HttpResponseMessage> Html(HttpClient client, HttpMethod method, string path, HttpContent? content) {
    var request = new HttpRequestMessage(method, path) { Content = content };
    request.Headers.Accept.ParseAdd("text/html");
    return client.SendAsync(request);
  }

  /// <inheritdoc/>
  public void Dispose() => client.Dispose();
}
