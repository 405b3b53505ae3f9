using Porchlight.Kernel.Verbs;

namespace Porchlight.Kernel.Tests.Verbs;

public sealed class AmountTests {
  [Theory]
  [InlineData(0, "0 rows"), InlineData(1, "1 row"), InlineData(2, "2 rows"), InlineData(1204, "1,204 rows")]
  public void A_number_has_the_word_that_goes_with_it(long number, string said) => Assert.Equal(said, Amount.Of(number, "row"));

  [Theory, InlineData(1, "1 address is"), InlineData(2, "2 addresses are")]
  public void What_else_changes_with_it_changes_too(long number, string said) => Assert.Equal(said, Amount.Of(number, "address is", "addresses are"));
}
