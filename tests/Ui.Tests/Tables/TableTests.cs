using Porchlight.Testing;
using Porchlight.Ui.Scores;
using Porchlight.Ui.Tables;

namespace Porchlight.Ui.Tests.Tables;

public sealed class TableTests {
  private static DataTableModel Table(string? sort = null, PagerModel? pager = null) => new() {
    Caption = "Every edition", Columns = [new("Dataset", SortKey: "name"), new("Edition", true, "edition"), new("Rows", true)], Sort = sort, Pager = pager,
    Rows = [new([new Cell("Crime") { Href = "/data/crime", After = "late" }, "33", Cell.Withheld], Bar: 50, BarBefore: 100), new(["Total", "33", "9,214"], RowKind.Total)],
  };

  [Fact]
  public async Task A_table_sorts_by_links_that_keep_the_rest_of_the_query_and_go_back_to_page_one() {
    var page = await Rendered.Of<DataTable>(new { Model = Table("-edition", new(3, 9)) }, Rendered.Site("/editions", "?area=B12&sort=-edition&page=3"));
    Assert.Equal("descending", page.All("th[aria-sort]").Single().GetAttribute("aria-sort"));
    Assert.Equal(["/en/editions?area=B12&sort=name", "/en/editions?area=B12&sort=edition"], page.All("a.sort").Select(a => a.GetAttribute("href")));
    Assert.Equal(3, page.All("th[scope=col]").Count);
  }

  [Fact]
  public async Task Numbers_sort_largest_first_and_words_from_a() {
    var page = await Rendered.Of<DataTable>(new { Model = Table() }, Rendered.Site("/editions"));
    Assert.Equal(["/en/editions?sort=name", "/en/editions?sort=-edition"], page.All("a.sort").Select(a => a.GetAttribute("href")));
    page.None("[aria-sort]");
  }

  [Fact]
  public async Task A_withheld_cell_says_so_and_is_never_blank_or_zero() {
    var page = await Rendered.Of<DataTable>(new { Model = Table() });
    Assert.Equal(["Crime late", "33", "withheld"], page.Rows("table")[1]);
    Assert.Equal("withheld", HtmlPage.Text(page.Only(".withheld")));
  }

  [Fact]
  public async Task A_bar_lies_in_the_first_cell_over_last_year_s() {
    var page = await Rendered.Of<DataTable>(new { Model = Table() });
    Assert.Equal("true", page.Only("th svg").GetAttribute("aria-hidden"));
    Assert.Equal(("100%", "50%"), (page.Only("th .bar-before").GetAttribute("width"), page.Only("th .bar-now").GetAttribute("width")));
  }

  [Fact]
  public async Task No_rows_is_an_empty_state_and_no_table() {
    var page = await Rendered.Of<DataTable>(new { Model = Table() with { Rows = [], Empty = "No edition yet" } });
    page.Says("No edition yet");
    page.None("table");
  }

  [Theory]
  [InlineData(1, 1, "")]
  [InlineData(1, 3, "1 2 3")]
  [InlineData(4, 12, "1 2 3 4 5 … 12")]
  [InlineData(6, 12, "1 … 5 6 7 … 12")]
  [InlineData(12, 12, "1 … 11 12")]
  public async Task The_pager_shows_both_ends_and_the_neighbors(int at, int pages, string shown) {
    var page = await Rendered.Of<Pager>(new { Model = new PagerModel(at, pages) }, Rendered.Site("/editions", "?sort=name"));
    if (shown.Length == 0) {
      page.None("nav");
      return;
    }
    Assert.Equal(shown, string.Join(' ', page.All("li:not(.usa-pagination__arrow) > :first-child").Select(HtmlPage.Text)));
    Assert.Equal($"{at}", HtmlPage.Text(page.Only("[aria-current=page]")));
  }

  [Fact]
  public async Task Page_one_has_no_number_in_its_address() {
    var page = await Rendered.Of<Pager>(new { Model = new PagerModel(2, 3) }, Rendered.Site("/editions", "?sort=name&page=2"));
    Assert.Equal(["/en/editions?sort=name", "/en/editions?sort=name", "/en/editions?sort=name&page=2", "/en/editions?sort=name&page=3", "/en/editions?sort=name&page=3"], page.All("a").Select(a => a.GetAttribute("href")));
  }

  private static BarTableModel Bars() => new() {
    Caption = "By type", Says = "January to September.", RowsName = "Type", NowName = "2025", BeforeName = "2024",
    Groups = [new("Property", [new("Other", 55, 53) { IsOther = true }, new("Vandalism", 20, 40), new("Theft", 31, 30) { Href = "/data?kind=theft" }, new("Arson", null) { IsWithheld = true }, new("Homicide", 3, 5)], 109, 128)],
    Below = [new("Counted for the city only", 7, 9)],
    Total = new("Total", 116, 137),
  };

  [Fact]
  public async Task Bars_are_largest_first_with_other_last() {
    var rows = (await Rendered.Of<BarTable>(new { Model = Bars() })).Rows("table");
    Assert.Equal(["Type", "Property", "Theft", "Vandalism", "Homicide", "Arson", "Other", "Counted for the city only", "Total"], rows.Select(r => r[0]));
    Assert.Equal(["Property", "109", "128", "about the same"], rows[1]);
    Assert.Equal(["Theft", "31", "30", "about the same"], rows[2]);
    Assert.Equal(["Arson", "withheld", "", "–"], rows[5]);
  }

  [Fact]
  public async Task On_a_small_base_the_word_stands_and_last_year_s_count_stays_on_a_phone() {
    var page = await Rendered.Of<BarTable>(new { Model = Bars() });
    Assert.Equal("about the same was 5", page.Rows("table")[4][3]);
    Assert.All(page.All(".was"), was => Assert.Contains("only-phone", was.ClassName, StringComparison.Ordinal));
    Assert.Equal(page.Rows("table").Count, page.All("tr > :nth-child(3).not-phone").Count);
  }

  [Fact]
  public async Task All_bars_share_the_longest_one_s_measure() {
    var page = await Rendered.Of<BarTable>(new { Model = Bars() });
    Assert.Equal("100%", page.All("tbody tr").Single(r => HtmlPage.Text(r).StartsWith("Other", StringComparison.Ordinal)).QuerySelector(".bar-now")!.GetAttribute("width"));
    page.Says("January to September. 2025 2024");
  }

  [Fact]
  public async Task Rates_and_times_have_no_change_column() {
    var page = await Rendered.Of<BarTable>(new { Model = Bars() with { Unit = Ui.Charts.Unit.Seconds, Total = null, Below = [], Groups = [new(null, [new("Priority 1", 372, 385)])] } });
    Assert.Equal([["Type", "2025", "2024"], ["Priority 1", "6 min 12 s", "6 min 25 s"]], page.Rows("table"));
  }

  [Fact]
  public async Task A_scorecard_keeps_its_table_roles_when_it_stacks() {
    var page = await Rendered.Of<ScoreTable>(new {
      Model = new ScoreModel { Caption = "Linden Park", Headings = [new("Here now"), new("City average for", "as many people", "City average")], Groups = [new("Safety", [new("Burglary", ["19", "24"], "About the same.", "8 fewer.")])] },
    });
    page.Only("table[role=table]");
    Assert.All(page.All("tr"), row => Assert.Equal("row", row.GetAttribute("role")));
    Assert.All(page.All("td"), cell => Assert.Equal("cell", cell.GetAttribute("role")));
    Assert.Equal(["Here now", "City average"], page.All(".score-label").Select(HtmlPage.Text));
    Assert.All(page.All(".score-label"), label => Assert.Equal("true", label.GetAttribute("aria-hidden")));
  }
}
