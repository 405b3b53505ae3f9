using Microsoft.AspNetCore.Http;
using Porchlight.Transparency.Figures;
using Porchlight.Ui;
using Porchlight.Ui.Wording;

namespace Porchlight.Transparency.Hub;

/// <summary>What stands where an address asks a page for a period or a format that is none.</summary>
/// <param name="Name">The page that was asked.</param>
/// <param name="Href">Its address, without a question.</param>
/// <param name="Says">Which words there are.</param>
public sealed record NotAWordModel(string Name, string Href, string Says);

/// <summary>
/// An address whose <c>period</c> or <c>format</c> is none is not found, and is told which there are: the year to date under another period's name
/// would be a wrong figure.
/// </summary>
internal static class NotAWord {
  private static readonly Texts T = Texts.Of(typeof(NotAWord));

  /// <param name="choice">The days there are, where the period is none.</param>
  /// <returns>Null where every word is one.</returns>
  public static IResult? Page(string name, string href, string? format, PeriodChoice? choice = null) {
    var says = choice is { Covered: var days } ? T["word.period", string.Join(", ", choice.All().Select(p => p.Word).Where(w => w.Length > 0)
        .Prepend($"{days.To.Year}").Distinct()), days.Word, days.InWords]
      : PublicRows.IsFormat(format) ? null : T["word.format"];
    return says is null ? null : Pages.Of<NotAWordPage, NotAWordModel>(new(name, href, says), StatusCodes.Status404NotFound);
  }
}
