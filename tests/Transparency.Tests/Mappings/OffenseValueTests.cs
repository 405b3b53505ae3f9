using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Mappings;

namespace Porchlight.Transparency.Tests.Mappings;

public sealed class OffenseValueTests {
  [Fact]
  public void Every_departments_words_are_understood_as_nibrs_counts_them() {
    List<string> wrong = [];
    foreach (var (agency, value, codes, sensitive) in OffenseValues.All()) {
      var found = OffenseWords.OfCodeOrWords(value.ToUpperInvariant());
      if (found is null || !codes.Contains(found.Code))
        wrong.Add($"{agency}: {value} is {string.Join(" or ", codes)}, read as {found?.Code ?? "nothing"}");
      else if (sensitive && !found.Sensitive && !Declared(found.Code)) wrong.Add($"{agency}: {value} is not seen as sensitive");
    }
    Assert.True(wrong.Count == 0, string.Join('\n', wrong));
  }

  // the dataset's own rules keep some codes out of every area whatever the words
  private static bool Declared(string code) => Catalog.Find("incidents")!.Sensitive.Any(s => s.Field == "offense" && s.Is.Contains(code));
}
