using FsCheck;
using FsCheck.Fluent;
using Porchlight.Kernel.DuckDb;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class PercentilesTests {
  [Theory]
  [InlineData(new[] { 60, 120, 180, 600 }, 150, 474)]
  [InlineData(new[] { 60, 120, 180, 600, 600 }, 180, 600)]
  [InlineData(new[] { 7 }, 7, 7)]
  [InlineData(new[] { 0, 100_000 }, 50_000, 90_000)]
  public void Known_answers(int[] sorted, double median, double ninetieth) {
    Assert.Equal(median, Percentiles.Of(sorted, 0.5), 9);
    Assert.Equal(ninetieth, Percentiles.Of(sorted, 0.9), 9);
    Assert.Equal((sorted[0], sorted[^1]), (Percentiles.Of(sorted, 0), Percentiles.Of(sorted, 1)));
    var histogram = Histogram(sorted);
    Assert.Equal((Percentiles.Of(sorted, 0.5), Percentiles.Of(sorted, 0.9)), (histogram.Quantile(0.5), histogram.Quantile(0.9)));
  }

  // the ranks of the tables for n = 20 and 100; of the 90th percentile of ten there is no upper end
  [Theory]
  [InlineData(20, 0.5, 6L, 15L)]
  [InlineData(100, 0.5, 41L, 60L)]
  [InlineData(100, 0.9, 85L, 96L)]
  [InlineData(10, 0.9, null, null)]
  public void Between_two_ranks_a_quantile_lies_19_times_in_20(long n, double q, long? low, long? high) {
    var ranks = Percentiles.IntervalRanks(n, q);
    Assert.Equal((low, high), (ranks?.Low + 1, ranks?.High + 1));
    TimeInterval? expected = low is null ? null : new((int)low * 3, (int)high! * 3);
    Assert.Equal(expected, Histogram([.. Enumerable.Range(1, (int)n).Select(v => v * 3)]).Interval(q));
  }

  [Fact]
  public void The_sorted_array_the_histogram_and_DuckDB_give_the_same_double() {
    using var database = DuckDatabase.Open(options: new(Threads: 1));
    using var connection = database.Connect();
    connection.Execute("CREATE TABLE t(s INT)");
    var values = Gen.NonEmptyListOf(Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 4000), Gen.Choose(65_000, 70_000)));
    Prop.ForAll(values.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (list, thousandths) => {
      var (sorted, q) = (list.Order().ToArray(), thousandths / 1000.0);
      connection.Execute("DELETE FROM t");
      connection.Execute($"INSERT INTO t VALUES {string.Join(",", list.Select(value => $"({value})"))}");
      var duck = connection.Scalar<double>($"SELECT quantile_cont(s, {q}::DOUBLE) FROM t");
      var histogram = Histogram(sorted);
      Assert.Equal(duck, Percentiles.Of(sorted, q));
      Assert.Equal(duck, histogram.Quantile(q));
      var within = sorted[thousandths % sorted.Length];
      Assert.Equal(sorted.Count(value => value <= within), histogram.Within(within));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
  }

  [Fact]
  public void A_cleared_histogram_remembers_nothing() {
    var histogram = Histogram([5, 300, 65_535, 65_536, 1_000_000]);
    Assert.Equal((5, 3), (histogram.Count, histogram.Within(65_535)));
    histogram.Clear();
    Assert.Equal((0, 0, double.NaN), (histogram.Count, histogram.Within(int.MaxValue), histogram.Quantile(0.5)));
    histogram.Add(2, 3);
    Assert.Equal((2, 2, 3), (histogram.Quantile(0), histogram.Quantile(1), histogram.Within(2)));
  }

  [Fact]
  public void A_quantile_outside_0_to_1_and_one_of_nothing_are_bugs() {
    Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.Of([1], 1.01));
    Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.Of([1], double.NaN));
    Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.Of([], 0.5));
  }

  private static SecondsHistogram Histogram(int[] values) {
    var histogram = new SecondsHistogram();
    histogram.Add([.. values.Where(value => value <= ushort.MaxValue).Select(value => SecondsHistogram.Cell((ushort)value, 1))]);
    foreach (var value in values.Where(value => value > ushort.MaxValue)) histogram.Add(value, 1);
    return histogram;
  }
}
