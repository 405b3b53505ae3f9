using Microsoft.AspNetCore.Http;

namespace Porchlight.Ui;

/// <summary>The redirect after a post, 303, so that a reload sends nothing twice. The framework's own is a 302.</summary>
public sealed class SeeOther : IResult, IStatusCodeHttpResult {
  private readonly string _path;
  private SeeOther(string path) => _path = path;

  /// <summary>To a path of the house ("/meetings"), kept in the language of this request.</summary>
  public static SeeOther To(string path) => path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\')
    ? new(path) : throw new ArgumentException($"A redirect stays in the house: \"{path}\" does not start with one slash.", nameof(path));

  /// <inheritdoc/>
  public int? StatusCode => StatusCodes.Status303SeeOther;

  /// <inheritdoc/>
  public Task ExecuteAsync(HttpContext httpContext) {
    httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
    httpContext.Response.Headers.Location = httpContext.Request.PathBase + _path;
    return Task.CompletedTask;
  }
}
