using Microsoft.AspNetCore.Http;

namespace Porchlight.Ui.Forms;

/// <summary>
/// The antiforgery cookie, set for the first segment of its page only ("/meetings", "/es/meetings"): no cookie of the house has Path=/,
/// so that none ever goes to /tips, where a source's browser must send nothing.
/// </summary>
internal sealed class OwnPathCookie(IHttpContextAccessor accessor) : CookieBuilder {
  public override string? Path {
    get {
      if (accessor.HttpContext?.Request is not { } request) return null;
      var first = request.Path.Value!.Split('/', 3)[1];
      if (first is "" or "tips") throw new InvalidOperationException($"A page at \"{request.Path}\" cannot hold a protected form: its cookie would reach /tips.");
      return $"{request.PathBase}/{first}";
    }
    set => throw new NotSupportedException();
  }
}
