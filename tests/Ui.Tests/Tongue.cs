using System.Globalization;

namespace Porchlight.Ui.Tests;

/// <summary>The language of a test, as the middleware would set it; English again at its end.</summary>
internal sealed class Tongue : IDisposable {
  private readonly CultureInfo _before = CultureInfo.CurrentUICulture;
  private Tongue(string language) => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
  public static Tongue Spanish() => new("es");
  public static Tongue Of(string language) => new(language);
  public void Dispose() => CultureInfo.CurrentUICulture = _before;
}
