using System.Text;
using Porchlight.Kernel;
using Porchlight.Transparency.Rollups;

namespace Porchlight.Transparency.Tests.Rollups;

public sealed class LabelsTests {
  [Fact]
  public void Numbers_are_given_in_order_kept_and_never_given_again() {
    var first = Labels.Empty.With([new AreaLabel("101", new("Beat 101")), new AreaLabel("102", new("Beat 102"))]);
    Assert.Equal((2, 3, 0), (first.Areas.Number("101"), first.Areas.Number("102"), first.Areas.Number("103")));
    var reworded = new AreaLabel("101", new("Harbor", "Puerto"), "East", 4100, new(2024, 1, 1), new(2024, 12, 31));
    var second = first.With([new AreaLabel("103", new("Beat 103")), reworded]);
    Assert.Equal((2, 3, 4), (second.Areas.Number("101"), second.Areas.Number("102"), second.Areas.Number("103")));
    Assert.Equal(("Harbor", "East"), (second.Areas[2]!.Name.En, second.Areas[2]!.District));
    Assert.Null(second.Areas[Labels.CityOnly]);
    Assert.Null(second.Areas[Labels.None]);
    Assert.True(second.Extends(first));
    Assert.False(first.Extends(second));
  }

  [Fact]
  public void The_file_reads_back_the_same_and_the_same_labels_are_the_same_bytes() {
    var labels = RandomEdition.Labels.With([new AreaLabel("beat 1", new("Ñuñoa", "Ñuñoa"), null, 12, new(2020, 5, 1))]);
    var json = labels.ToJson();
    var again = Labels.FromJson(json);
    Assert.Equal(json, again.ToJson());
    Assert.Equal(labels.Areas.All, again.Areas.All);
    Assert.Equal(labels.CategoryOfType, again.CategoryOfType);
    Assert.Contains("Ñuñoa", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
  }

  [Fact]
  public void A_file_with_a_number_twice_is_refused() {
    var json = Encoding.UTF8.GetString(RandomEdition.Labels.ToJson());
    var bad = json.Replace("\"number\": 3", "\"number\": 2", StringComparison.Ordinal);
    Assert.NotEqual(json, bad);
    Assert.Throws<InvalidDataException>(() => Labels.FromJson(Encoding.UTF8.GetBytes(bad)));
  }

  [Fact]
  public void More_codes_than_a_column_can_hold_are_refused_with_what_to_do() {
    var many = Enumerable.Range(0, 65_535).Select(i => new TypeLabel($"{i}", new($"{i}"))).ToArray();
    Assert.Equal(65_534, Labels.Empty.With(types: many[..65_534]).Types.Number("65533"));
    var refusal = Assert.Throws<RefusedException>(() => Labels.Empty.With(types: many));
    Assert.Equal("There are over 65,534 types. Map them to fewer codes, then publish again.", refusal.Message);
    var priorities = many[..255].Select(type => new PriorityLabel(type.Code, type.Words));
    Assert.Throws<RefusedException>(() => Labels.Empty.With(priorities: priorities));
  }

  [Fact]
  public void A_type_of_a_category_without_a_label_is_a_bug() =>
    Assert.Throws<InvalidOperationException>(() => Labels.Empty.With(types: [new TypeLabel("13A", new("Assault"), "assault")]));
}
