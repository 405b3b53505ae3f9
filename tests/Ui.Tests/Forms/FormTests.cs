using System.ComponentModel.DataAnnotations;
using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Porchlight.Testing;
using Porchlight.Ui.Forms;
using Porchlight.Ui.Gallery;

namespace Porchlight.Ui.Tests.Forms;

public sealed class FormTests : IAsyncLifetime {
  private readonly List<GalleryForm> _saved = [];
  private UiApp _app = null!;

  public async ValueTask InitializeAsync() => _app = await UiApp.Start(app => {
    app.MapGet("/rsvp", () => Show(new Form<GalleryForm>(new() { Name = "Tomás", Needs = ["es", "ride"], Remind = true })));
    app.MapPost("/rsvp", IResult (Form<GalleryForm> form) => {
      if (form.IsValid && form.Values.Name == "Nobody") form.Reject(new("The room is full", "La sala está llena"), nameof(GalleryForm.Join));
      if (!form.IsValid) return Show(form);
      _saved.Add(form.Values);
      return SeeOther.To("/thanks");
    });
    app.MapGet("/tips/form", () => Show(new Form<GalleryForm>()));
    app.MapGet("/", () => Show(new Form<GalleryForm>()));
  });

  public ValueTask DisposeAsync() => _app.DisposeAsync();

  private static IResult Show(Form<GalleryForm> form) => Pages.Of<FormPage, GalleryModel>(GallerySamples.Make(form), form);

  [Fact]
  public async Task A_form_that_begins_shows_its_values() {
    var page = (await _app.Get("/rsvp")).Is(HttpStatusCode.OK);
    Assert.Equal("Tomás", page.Only("input[name=Name]").GetAttribute("value"));
    Assert.Equal(["es", "ride"], page.All("input[name=Needs][checked]").Select(i => i.GetAttribute("value")));
    Assert.True(page.Only("input[name=Remind]").HasAttribute("checked"));
    page.None(".error-summary");
    page.None("[aria-invalid]");
  }

  [Fact]
  public async Task What_was_sent_is_read_into_its_types() {
    var page = await Send("/rsvp", ("Join", "room"), ("Name", "  Ana "), ("Email", ""), ("People", "1"), ("Needs", "es"), ("Needs", "asl"), ("Remind", "true"));
    page.Is(HttpStatusCode.SeeOther);
    var saved = Assert.Single(_saved);
    Assert.Equal(("room", "Ana", null, 1, true), (saved.Join, saved.Name, saved.Email, saved.People, saved.Remind));
    Assert.Equal(["es", "asl"], saved.Needs);
  }

  [Fact]
  public async Task What_needs_fixing_is_said_above_and_beside_and_everything_typed_is_kept() {
    var page = (await Send("/rsvp", ("Name", "Ana <b>"), ("Email", "ana.example.com"), ("People", "abc"), ("Needs", "asl"), ("Words", "A long\nstory"))).Is(HttpStatusCode.UnprocessableEntity);
    Assert.Empty(_saved);
    Assert.Equal("Ana <b>", page.Only("input[name=Name]").GetAttribute("value"));
    Assert.Equal("abc", page.Only("input[name=People]").GetAttribute("value"));
    Assert.Equal("A long\nstory", ((IHtmlTextAreaElement)page.Only("textarea")).Value);
    Assert.Equal("asl", page.Only("input[name=Needs][checked]").GetAttribute("value"));
    page.Says("Three things need fixing before we save your place");
    page.Says("Everything you typed is still here.");
    var links = page.All(".error-summary a");
    Assert.Equal(["Choose how you will join", "Enter an email like name@example.com, or leave it empty", "Enter a whole number, like 12"], links.Select(HtmlPage.Text));
    foreach (var link in links) page.Only($"[id='{link.GetAttribute("href")![1..]}']");
    foreach (var field in page.All("[aria-invalid]")) {
      var described = field.GetAttribute("aria-describedby")!.Split(' ');
      Assert.All(described, id => page.Only($"[id='{id}']"));
    }
    var summary = page.Only(".error-summary");
    Assert.Equal(("-1", true), (summary.GetAttribute("tabindex"), summary.HasAttribute("autofocus")));
  }

  [Fact]
  public async Task The_problems_are_in_the_reader_s_language() {
    var page = (await Send("/es/rsvp", ("People", "12"))).Is(HttpStatusCode.UnprocessableEntity);
    Assert.Equal(["Elija cómo participará", "Escriba un número del 1 al 9"], page.All(".error-summary a").Select(HtmlPage.Text));
    page.Says("Dos cosas necesitan corregirse antes de reservar su lugar");
  }

  [Fact]
  public async Task A_refusal_by_the_entity_s_rule_is_a_problem_like_any_other() {
    var page = (await Send("/es/rsvp", ("Join", "room"), ("Name", "Nobody"))).Is(HttpStatusCode.UnprocessableEntity);
    Assert.Equal("La sala está llena", HtmlPage.Text(page.Only(".error-summary a")));
    Assert.Empty(_saved);
  }

  [Theory]
  [InlineData(null)]
  [InlineData("not a token")]
  public async Task Without_a_good_token_nothing_is_done_and_what_was_typed_comes_back(string? token) {
    var fields = new List<(string, string)> { ("Join", "room"), ("Name", "Ana") };
    if (token is not null) fields.Add(("_form", token));
    var page = (await Post("/rsvp", null, fields)).Is(HttpStatusCode.BadRequest);
    Assert.Empty(_saved);
    page.Says("This page was open too long");
    Assert.Equal("Ana", page.Only("input[name=Name]").GetAttribute("value"));
    page.Only("input[name=_form]");
  }

  [Fact]
  public async Task A_token_from_another_browser_is_no_token() {
    var (_, token) = await Begin("/rsvp");
    var (cookie, _) = await Begin("/rsvp");
    (await Post("/rsvp", cookie, [("Join", "room"), ("_form", token)])).Is(HttpStatusCode.BadRequest);
    Assert.Empty(_saved);
  }

  [Theory]
  [InlineData("/rsvp", "/rsvp")]
  [InlineData("/es/rsvp", "/es/rsvp")]
  public async Task The_cookie_goes_to_its_own_page_only(string page, string path) {
    var cookie = (await _app.Get(page)).Headers["set-cookie"];
    Assert.Contains($"path={path};", cookie + ";", StringComparison.Ordinal);
    Assert.Contains("httponly", cookie, StringComparison.Ordinal);
    Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("/")]
  [InlineData("/tips/form")]
  [InlineData("/es/tips/form")]
  public async Task No_form_can_set_a_cookie_that_would_reach_the_tips(string page) {
    var answer = (await _app.Get(page, ("Accept", "text/html"))).Is(HttpStatusCode.InternalServerError);
    Assert.DoesNotContain("set-cookie", answer.Headers.Keys);
  }

  [Fact]
  public async Task A_body_that_could_hold_files_finds_no_form_here() {
    var (cookie, token) = await Begin("/rsvp");
    var request = new HttpRequestMessage(HttpMethod.Post, "/rsvp") { Content = new MultipartFormDataContent { { new StringContent("room"), "Join" }, { new StringContent(token), "_form" } } };
    (await _app.Send(request, ("Cookie", cookie))).Is(HttpStatusCode.NotFound);
    Assert.Empty(_saved);
  }

  [Fact]
  public async Task A_page_with_a_form_is_never_stored() =>
    Assert.Contains("no-store", (await _app.Get("/rsvp")).Headers["cache-control"], StringComparison.Ordinal);

  [Fact]
  public void Rules_look_at_values_of_every_type() {
    var typed = new Dictionary<string, string[]> {
      [nameof(Everything.Whole)] = ["1,200"], [nameof(Everything.Part)] = ["12.5"], [nameof(Everything.Day)] = ["2025-10-21"], [nameof(Everything.Time)] = ["18:30"],
      [nameof(Everything.Id)] = ["0198c0de-0000-7000-8000-000000000000"], [nameof(Everything.Weekday)] = ["Friday"], [nameof(Everything.Yes)] = ["true"], [nameof(Everything.Days)] = ["Monday", "Friday"],
    };
    var form = FormOf<Everything>.Read(typed);
    Assert.True(form.IsValid, string.Join(", ", form.Problems));
    Assert.Equal((1200, 12.5m, new DateOnly(2025, 10, 21), new TimeOnly(18, 30), DayOfWeek.Friday, true),
      (form.Values.Whole, form.Values.Part, form.Values.Day, form.Values.Time, form.Values.Weekday, form.Values.Yes));
    Assert.Equal([DayOfWeek.Monday, DayOfWeek.Friday], form.Values.Days);
    Assert.Equal("1,200", form.Typed(nameof(Everything.Whole)));
  }

  [Theory]
  [InlineData(nameof(Everything.Whole), "12.5")]
  [InlineData(nameof(Everything.Whole), "99999999999999")]
  [InlineData(nameof(Everything.Part), "twelve")]
  [InlineData(nameof(Everything.Day), "21/10/2025")]
  [InlineData(nameof(Everything.Day), "2025-02-30")]
  [InlineData(nameof(Everything.Time), "6 pm")]
  [InlineData(nameof(Everything.Id), "12")]
  [InlineData(nameof(Everything.Weekday), "Someday")]
  [InlineData(nameof(Everything.Weekday), "42")]
  [InlineData(nameof(Everything.Days), "Someday")]
  public void What_cannot_be_read_is_a_problem_of_its_field(string field, string typed) {
    var form = FormOf<Everything>.Read(new() { [field] = [typed] });
    Assert.Equal(field, Assert.Single(form.Problems).Field);
    Assert.Equal(typed, form.Typed(field));
    Assert.False(form.IsValid);
  }

  [Fact]
  public void A_required_list_asks_for_one_choice() {
    var form = FormOf<Choosing>.Read([]);
    Assert.Equal(("Days", "Check this answer"), (Assert.Single(form.Problems).Field, form.Problems[0].Message));
    Assert.True(FormOf<Choosing>.Read(new() { ["Days"] = ["Monday"] }).IsValid);
  }

  private sealed class Everything {
    public int Whole { get; set; }
    public decimal? Part { get; set; }
    public DateOnly? Day { get; set; }
    public TimeOnly? Time { get; set; }
    public Guid? Id { get; set; }
    public DayOfWeek? Weekday { get; set; }
    public bool Yes { get; set; }
    public List<DayOfWeek> Days { get; set; } = [];
  }

  private sealed class Choosing {
    [Required] public IReadOnlyList<DayOfWeek>? Days { get; set; }
  }

  // A form as a post with a good token would bind it
  private static class FormOf<T> where T : class, new() {
    public static Form<T> Read(Dictionary<string, string[]> typed) =>
      Form<T>.Of(typed.ToDictionary(t => t.Key, t => new Microsoft.Extensions.Primitives.StringValues(t.Value)), isStale: false);
  }

  private async Task<HtmlPage> Send(string path, params (string Name, string Value)[] fields) {
    var (cookie, token) = await Begin(path);
    return await Post(path, cookie, [.. fields, ("_form", token)]);
  }

  private async Task<(string Cookie, string Token)> Begin(string path) {
    var page = (await _app.Get(path)).Is(HttpStatusCode.OK);
    return (page.Headers["set-cookie"].Split(';')[0], page.Only("input[name=_form]").GetAttribute("value")!);
  }

  private async Task<HtmlPage> Post(string path, string? cookie, List<(string Name, string Value)> fields) {
    var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
    return cookie is null ? await _app.Send(request, ("Accept", "text/html")) : await _app.Send(request, ("Accept", "text/html"), ("Cookie", cookie));
  }
}
