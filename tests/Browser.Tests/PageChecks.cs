using System.Diagnostics;
using System.Text;
using Microsoft.Playwright;
using Porchlight.Testing;

namespace Porchlight.Browser.Tests;

/// <summary>What can be asked of any page. Each answer says what is wrong; an empty one is right.</summary>
internal static class PageChecks {
  /// <summary>What sticks out to the right of the screen, if the page can be scrolled sideways.</summary>
  public static async Task<IReadOnlyList<string>> SidewaysAsync(this IPage page) => await page.EvaluateAsync<string[]>("""
    () => {
      const wide = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= wide) return [];
      const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > wide + 0.5).slice(0, 5)
        .map(e => `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''} reaches ${Math.round(e.getBoundingClientRect().right)} of ${wide} px`);
      return out.length ? out : ['The page scrolls sideways.'];
    }
    """);

  /// <summary>
  /// Walks the page by the Tab key: what can be focused but is never reached, what shows no sign of its focus, what has it outside the screen or
  /// under something that stays in place.
  /// </summary>
  public static async Task<IReadOnlyList<string>> KeyboardAsync(this IPage page) {
    var focusable = await page.EvaluateAsync<string[]>(Watch);
    var (reached, wrong) = (new List<string>(), new List<string>());
    // a date's day, month and year are three stops of one control
    for (var presses = 0; presses < focusable.Length * 4 + 5; presses++) {
      await page.Keyboard.PressAsync("Tab");
      var now = await page.EvaluateAsync<string[]>("async () => { await Promise.all(document.getAnimations().map(a => a.finished.catch(() => {}))); return window.porchlightFocus(); }");
      if (now.Length == 0) continue; // past the end: the browser's own controls
      if (reached.Count > 0 && reached[^1] == now[0]) continue;
      if (reached.Contains(now[0])) break;
      reached.Add(now[0]);
      foreach (var sign in now.Skip(1)) {
        // a sign may be drawn beside the control, as a map's areas have it: then the picture tells
        if (!sign.EndsWith(NoSign, StringComparison.Ordinal) || !await LooksOtherAsync(page)) wrong.Add(sign);
      }
    }
    wrong.AddRange(focusable.Except(reached).Select(missed => $"{missed} is never reached by Tab."));
    return wrong;
  }

  /// <summary>What is wrong with the markup as the server sends it.</summary>
  public static async Task<IReadOnlyList<string>> MarkupAsync(this IPage page) => await MarkupAsync(await (await page.APIRequest.GetAsync(page.Url, new() { Headers = new Dictionary<string, string> { ["Accept"] = "text/html" } })).TextAsync());

  /// <summary>What html-validate says of a document.</summary>
  public static async Task<IReadOnlyList<string>> MarkupAsync(string html) {
    using var node = Process.Start(new ProcessStartInfo("node", [Repository.At("tests", "Browser.Tests", "client", "validate.mjs")]) {
      RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardInputEncoding = new UTF8Encoding(false),
    })!;
    await node.StandardInput.WriteAsync(html);
    node.StandardInput.Close();
    var failed = node.StandardError.ReadToEndAsync();
    var found = await node.StandardOutput.ReadToEndAsync();
    await node.WaitForExitAsync();
    Assert.True(node.ExitCode == 0, await failed);
    return found.Split('\n', StringSplitOptions.RemoveEmptyEntries);
  }

  /// <summary>How many sheets of Letter paper the page prints on.</summary>
  public static async Task<int> SheetsAsync(this IPage page) =>
    Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "Letter", PreferCSSPageSize = true })).Split("/Type /Page\n").Length - 1;

  private static async Task<bool> LooksOtherAsync(IPage page) {
    var with = await page.ScreenshotAsync();
    await page.EvaluateAsync("() => { window.porchlightHeld = document.activeElement; document.activeElement.blur(); }");
    var without = await page.ScreenshotAsync();
    await page.EvaluateAsync("() => window.porchlightHeld.focus({ preventScroll: true })");
    return !with.AsSpan().SequenceEqual(without);
  }

  private const string NoSign = "shows no sign of its focus.";

  // names every control that Tab should reach, and gives the page a function that looks at the one with the focus
  private const string Watch = """
    () => {
      const look = e => { const s = getComputedStyle(e), b = getComputedStyle(e, '::before');
        return [s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor, s.boxShadow, s.backgroundColor, s.textDecorationLine + s.textDecorationThickness, s.borderColor, s.stroke + s.strokeWidth, b.boxShadow + b.outlineWidth].join('|'); };
      const shown = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]') && !e.closest('details:not([open]) > :not(summary)');
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(e => !e.disabled && e.tabIndex >= 0 && e.type !== 'hidden' && shown(e))
        // of radio buttons with one name Tab reaches one
        .filter((e, i, list) => e.type !== 'radio' || list.findIndex(o => o.name === e.name) === i);
      const name = new Map(all.map((e, i) => [e, `${e.tagName.toLowerCase()} "${(e.textContent || e.getAttribute('aria-label') || e.name || '').trim().replace(/\s+/g, ' ').slice(0, 40)}" (${i + 1})`]));
      const before = new Map(all.map(e => [e, look(e)]));
      window.porchlightFocus = () => {
        const e = document.activeElement;
        if (!e || e === document.body) return [];
        const called = name.get(e) ?? e.outerHTML.slice(0, 80), wrong = [];
        if (before.has(e) && before.get(e) === look(e)) wrong.push(`${called} shows no sign of its focus.`);
        const r = e.getBoundingClientRect();
        if (r.width > 0 && r.height > 0) {
          if (r.bottom < 0 || r.top > innerHeight) wrong.push(`${called} has the focus outside the screen.`);
          else {
            const over = document.elementFromPoint(Math.min(Math.max(r.left + r.width / 2, 0), innerWidth - 1), Math.min(Math.max(r.top + r.height / 2, 0), innerHeight - 1));
            if (over && !e.contains(over) && !over.contains(e) && getComputedStyle(over).position === 'sticky') wrong.push(`${called} has the focus under ${over.tagName.toLowerCase()}.`);
          }
        }
        return [called, ...wrong];
      };
      return [...name.values()];
    }
    """;
}
