using System.Text;
using Porchlight.Accounts.SignIn;

namespace Porchlight.Accounts.Tests.SignIn;

public sealed class OneTimeCodesTests {
  private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

  // RFC 4226, appendix D
  [Theory]
  [InlineData(0, "755224"), InlineData(1, "287082"), InlineData(2, "359152"), InlineData(3, "969429"), InlineData(4, "338314")]
  [InlineData(5, "254676"), InlineData(6, "287922"), InlineData(7, "162583"), InlineData(8, "399871"), InlineData(9, "520489")]
  public void Codes_are_those_of_RFC_4226(long counter, string code) => Assert.Equal(code, OneTimeCodes.Code(Secret, counter));

  // RFC 6238, appendix B: the last six of its eight digits
  [Theory]
  [InlineData(59, "287082"), InlineData(1111111109, "081804"), InlineData(1111111111, "050471"), InlineData(1234567890, "005924"), InlineData(2000000000, "279037")]
  public void Codes_of_a_time_are_those_of_RFC_6238(long seconds, string code) =>
    Assert.Equal(code, OneTimeCodes.Code(Secret, OneTimeCodes.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

  // RFC 4648, section 10
  [Theory]
  [InlineData("MY", "f"), InlineData("MZXQ", "fo"), InlineData("MZXW6", "foo"), InlineData("MZXW6YQ", "foob"), InlineData("mzxw 6ytb", "fooba"), InlineData("MZXW6YTBOI", "foobar")]
  public void Letters_are_read_as_RFC_4648_writes_them(string letters, string text) => Assert.Equal(text, Encoding.ASCII.GetString(OneTimeCodes.Secret(letters)));

  [Fact]
  public void A_code_is_good_once_and_near_its_half_minute() {
    var secret = OneTimeCodes.NewSecret();
    var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    var step = OneTimeCodes.StepAt(now);
    string Code(long at) => OneTimeCodes.Code(OneTimeCodes.Secret(secret), at);
    Assert.Equal(step, OneTimeCodes.StepOf(secret, Code(step), now, 0));
    Assert.Equal(step - 1, OneTimeCodes.StepOf(secret, Code(step - 1), now, 0));
    Assert.Equal(step + 1, OneTimeCodes.StepOf(secret, Code(step + 1), now, 0));
    Assert.Null(OneTimeCodes.StepOf(secret, Code(step - 2), now, 0));
    Assert.Null(OneTimeCodes.StepOf(secret, Code(step + 2), now, 0));
    Assert.Null(OneTimeCodes.StepOf(secret, Code(step), now, step));
    Assert.Null(OneTimeCodes.StepOf(secret, "", now, 0));
  }
}
