using Microsoft.Playwright;

namespace Porchlight.Browser.Tests;

/// <summary>The checks themselves: each must find what it is there to find.</summary>
public sealed class ChecksTests(Served served) {
  [Fact]
  public async Task A_page_wider_than_the_screen_is_found_with_what_makes_it_so() {
    var page = await Broken("""<h1>Broken</h1><table class="wide" style="width:900px"><tr><td>x</td></tr></table>""", 390);
    Assert.Contains(await page.SidewaysAsync(), f => f.StartsWith("table.wide reaches", StringComparison.Ordinal));
  }

  [Fact]
  public async Task A_control_without_a_sign_of_focus_and_one_never_reached_are_found() {
    var page = await Broken("""
      <style>.mute:focus { outline: none }</style><a href="/">Seen</a><a href="/" class="mute">Mute</a>
      <button>Skipped</button>
      """);
    await page.EvaluateAsync("() => document.querySelector('button').addEventListener('focus', e => e.target.blur())");
    var found = await page.KeyboardAsync();
    Assert.Contains(found, f => f.Contains("\"Mute\"", StringComparison.Ordinal) && f.Contains("no sign", StringComparison.Ordinal));
    Assert.Contains(found, f => f.Contains("\"Skipped\"", StringComparison.Ordinal) && f.Contains("never reached", StringComparison.Ordinal));
    Assert.DoesNotContain(found, f => f.Contains("\"Seen\"", StringComparison.Ordinal));
  }

  [Fact]
  public async Task Markup_that_does_not_nest_and_a_picture_without_words_are_found() {
    var found = await PageChecks.MarkupAsync("""<!DOCTYPE html><html lang="en"><head><title>Broken</title></head><body><p><div>x</div></p><img src="x.png"></body></html>""");
    Assert.Contains(found, f => f.Contains("close-order", StringComparison.Ordinal));
    Assert.Contains(found, f => f.Contains("wcag/h37", StringComparison.Ordinal));
  }

  [Fact]
  public async Task A_long_page_prints_on_as_many_sheets_as_it_has() {
    var page = await Broken("<div>1</div><div style='break-before:page'>2</div><div style='break-before:page'>3</div>");
    Assert.Equal(3, await page.SheetsAsync());
  }

  // a page of the test's own, in the browser alone: from the site it would keep the site's content policy, which forbids styles in the markup
  private async Task<IPage> Broken(string body, int width = 1280) {
    var page = await served.OpenAsync("about:blank", width);
    await page.SetContentAsync($"""<!DOCTYPE html><html lang="en"><head><title>Broken</title></head><body>{body}</body></html>""", new() { WaitUntil = WaitUntilState.Load });
    return page;
  }
}
