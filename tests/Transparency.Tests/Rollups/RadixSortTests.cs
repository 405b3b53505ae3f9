using FsCheck;
using FsCheck.Fluent;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class RadixSortTests {
  [Fact]
  public void It_sorts_as_the_library_does() =>
    Prop.ForAll(Gen.Choose(0, 3000).ToArbitrary(), Gen.Choose(0, 64).ToArbitrary(), (length, bits) => {
      var random = new Random(length * 100 + bits);
      var mask = bits == 0 ? 0 : ulong.MaxValue >> (64 - bits);
      var keys = Enumerable.Range(0, length).Select(_ => ((ulong)random.NextInt64() << 1 & mask) | 1ul << 50).ToArray();
      var expected = keys.Order().ToArray();
      RadixSort.Sort(keys, new ulong[length]);
      Assert.Equal(expected, keys);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
}
