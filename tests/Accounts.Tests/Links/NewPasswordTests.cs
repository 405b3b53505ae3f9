using Porchlight.Accounts.Links;

namespace Porchlight.Accounts.Tests.Links;

public sealed class NewPasswordTests {
  [Theory]
  [InlineData("short pass"), InlineData("1q2w3e4r5t6y"), InlineData("QwertyQwerty"), InlineData("aaaaaaaaaaaaaa"), InlineData("123456789012"), InlineData("abababababab")]
  [InlineData("Porchlight2026!"), InlineData("ruth.alvarez1"), InlineData("password12345")]
  public void What_is_tried_first_is_refused(string password) => Assert.NotNull(NewPassword.Refuse(password, ["ruth.alvarez@portalder.example", "Ruth Alvarez"]));

  [Theory]
  [InlineData("correct horse battery"), InlineData("una lámpara en el porche"), InlineData("xK4!vv0-2pQz")]
  public void What_is_long_and_nobody_s_first_try_is_taken(string password) => Assert.Null(NewPassword.Refuse(password, ["ruth.alvarez@portalder.example"]));

  [Fact]
  public void A_password_longer_than_any_is_refused_before_it_is_hashed() => Assert.NotNull(NewPassword.Refuse(string.Concat(Enumerable.Repeat("abcde fghij", 30)), []));
}
