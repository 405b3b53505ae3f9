using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Dictionary;

namespace Porchlight.Transparency.Tests.Dictionary;

public sealed class ShowDictionaryTests {
  [Theory, InlineData(false), InlineData(true)]
  public void Every_declared_field_is_in_it_in_both_languages(bool spanish) {
    if (spanish) MadeUp.Spanish();
    var model = ShowDictionary.Show(new HashSet<string>());
    var declared = Catalog.All.SelectMany(d => d.RecordTypes.SelectMany(r => r.Fields.Select(f => $"{d.Name}-{f.Name}")));
    Assert.Equal(declared, model.Datasets.SelectMany(d => d.Records.SelectMany(r => r.Fields.Select(f => f.Anchor))));
    Assert.Equal(TypeTable.Nibrs.Count + TypeTable.Categories.Count, model.Offenses.Rows.Count);
  }

  [Fact]
  public void What_is_withheld_says_why() {
    var records = ShowDictionary.Show(new HashSet<string>()).Datasets.SelectMany(d => d.Records);
    var fields = records.SelectMany(r => r.Fields).ToDictionary(f => f.Anchor, f => f.Published);
    Assert.Equal("Published as it is.", fields["incidents-offense"]);
    Assert.Equal("Published to the hour, without minutes.", fields["incidents-reported_at"]);
    Assert.Equal("Published to the block: a thousandth of a degree.", fields["incidents-latitude"]);
    Assert.Equal("Withheld: free text can name people.", fields["incidents-narrative"]);
    Assert.Equal("Withheld: it describes a person.", fields["incidents-victim_age"]);
    Assert.Equal("Withheld: exact times can point at one call. The times between them are published, in seconds.",
      fields["calls-dispatched_at"]);
  }

  [Fact]
  public void The_rules_that_protect_people_are_whole_sentences() {
    var crime = ShowDictionary.Show(new HashSet<string> { "incidents" }).Datasets.Single(d => d.Anchor == "incidents");
    Assert.Contains("Victims under 18: where “Victim's age” is under 18.", crime.Protected);
    Assert.Contains("Crimes in the home: where “In the home” is yes.", crime.Protected);
    Assert.Contains(crime.Protected, line => line.StartsWith("Sex offenses and human trafficking: where “Offense” is 11A", StringComparison.Ordinal));
    Assert.Contains(crime.Protected, line => line.Contains("fewer than 5 of a kind", StringComparison.Ordinal));
    Assert.Equal("/data/crime", crime.Href);
    Assert.Equal("crimes and reports (told apart by report number)", crime.Units);
  }

  [Fact]
  public void A_dataset_that_is_not_published_is_explained_and_not_linked() =>
    Assert.Null(ShowDictionary.Show(new HashSet<string>()).Datasets[0].Href);
}
