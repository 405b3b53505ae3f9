using Porchlight.Transparency.Datasets;

namespace Porchlight.Transparency.Tests.Datasets;

public sealed class CodeTableTests {
  [Theory]
  [InlineData("offense_words.csv")]
  [InlineData("ucr.csv")]
  public void Every_code_the_rules_give_is_in_the_table(string table) =>
    Assert.All(CodeFile.Read(table), r => Assert.True(TypeTable.Nibrs.ContainsKey(r["code"]), string.Join(',', r.Values)));

  [Fact]
  public void No_rule_of_words_stands_twice() {
    var rules = CodeFile.Read("offense_words.csv").Select(r => $"{r["words"]} not {r["except"]}").ToList();
    Assert.Equal(rules.Count, rules.Distinct(StringComparer.Ordinal).Count());
  }

  [Fact]
  public void Rules_are_written_in_the_spelling_values_are_turned_into() {
    var written = CodeFile.Read("word_forms.csv").ToDictionary(r => r["written"], r => r["word"], StringComparer.Ordinal);
    var lost = CodeFile.Read("offense_words.csv").SelectMany(r => r["words"].Split(' ').Select(t => (Rule: r["words"],
      Term: t.Split('|'))))
      // a term none of whose words can ever stand in a value that was turned into the one spelling
      .Where(t => t.Term.All(w => written.TryGetValue(w,
      out var word) && word != w)).Select(t => $"{t.Rule}: {string.Join('|', t.Term)}").ToList();
    Assert.True(lost.Count == 0, string.Join('\n', lost));
  }

  [Fact]
  public void No_header_is_an_alias_of_two_fields_at_the_same_rank() {
    foreach (var dataset in Catalog.All) {
      var firsts = dataset.Main.Fields.Select(f => f.Aliases[0]).ToList();
      Assert.Equal(firsts.Count, firsts.Distinct(StringComparer.Ordinal).Count());
      Assert.All(dataset.Main.Fields, f => Assert.Equal(f.Aliases.Count, f.Aliases.Distinct(StringComparer.Ordinal).Count()));
    }
  }
}
