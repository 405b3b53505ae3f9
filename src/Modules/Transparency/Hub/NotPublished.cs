using Microsoft.AspNetCore.Http;
using Porchlight.Ui;

namespace Porchlight.Transparency.Hub;

/// <summary>What stands where a page's numbers have not been published yet.</summary>
public sealed record NotPublishedModel(string Name);

/// <summary>The page of a dataset before its first edition: nothing links to it, and who comes anyway is told so.</summary>
internal static class NotPublished {
  public static IResult Page(string name) => Pages.Of<NotPublishedPage, NotPublishedModel>(new(name));
}
