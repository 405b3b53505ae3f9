using System.Globalization;
using System.Text;
using Porchlight.Kernel;
using Porchlight.Transparency.Datasets;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Mappings;
using Porchlight.Transparency.Tests.Journeys;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>A dataset of several record types, each from a file of its own: joined by the complaint's number, compared within it.</summary>
public sealed class RecordTypesTests {
  private const string Main = "complaints/complaints", Allegations = "complaints/allegations";
  private const string MainHeader = "Complaint Number,Date Received,Classification,District";
  private const string Header = "Complaint Number,Allegation,Finding,Officer Race";

  private static string Complaint(int n, string classification = "Lack of Service") =>
    string.Create(CultureInfo.InvariantCulture, $"18-{n:0000},{new DateTime(2026, 1, 1).AddDays(n % 50):yyyy-MM-dd} 00:00:00,{classification},{n % 7 + 1}");

  private static string Allegation(int n, string allegation = "Verbal Abuse", string finding = "Pending") => string.Create(CultureInfo.InvariantCulture, $"18-{n:0000},{allegation},{finding},White");

  private static List<string> Of(Func<int, string> row, int count) => [.. Enumerable.Range(1, count).Select(row)];
  private static List<string> Complaints60 => Of(n => Complaint(n), 60);
  // two to a complaint, the last said twice
  private static List<string> TwoEach(int complaints) => [.. Enumerable.Range(1, complaints).SelectMany(n => (string[])[Allegation(n), Allegation(n, "Physical Abuse")])];

  private static (long New, long Changed, long Unchanged, long Withdrawn) Did(ImportOutcome outcome) =>
    outcome.Imports is [var m] ? (m.New, m.Changed, m.Unchanged, m.Withdrawn) : (0, 0, 0, 0);

  private static void Said(string sentence, ImportOutcome outcome) => Assert.Contains(sentence, string.Join('\n', outcome.Report), StringComparison.Ordinal);
  private static void NotSaid(string sentence, ImportOutcome outcome) => Assert.DoesNotContain(sentence, string.Join('\n', outcome.Report), StringComparison.Ordinal);

  [Fact]
  public async Task Each_record_type_comes_from_a_file_of_its_own_under_the_same_sources_name() {
    await using var shell = await Shell.OpenAsync();
    var complaints = await Complaints.ImportAsync(shell, Main, shell.Write("c.csv", MadeFile.Of(Complaints60, MainHeader)));
    var allegations = await Complaints.ImportAsync(shell, Allegations, shell.Write("a.csv", MadeFile.Of(TwoEach(60), Header)));
    Assert.Equal((60, 0, 60), (complaints.RowsIn, complaints.SetAside, Did(complaints).New));
    Assert.Equal((120, 0, 120), (allegations.RowsIn, allegations.SetAside, Did(allegations).New));
    Said("60 complaints on 120 rows.", allegations);
    NotSaid("not here yet", allegations);
    NotSaid("count twice", allegations);
    Assert.Equal((60, 120), (Complaints.Count(shell, "complaints"), Complaints.Count(shell, "allegations")));
    // neither file withdrew what the other brought
    var corrected = TwoEach(60);
    corrected[0] = Allegation(1, finding: "Sustained");
    var later = await Complaints.ImportAsync(shell, Allegations, shell.Write("a2.csv", MadeFile.Of(corrected, Header)));
    Assert.Equal((1, 0, 119, 1), Did(later));
    Said("1 of the complaints has other rows than before: 1 row gone, 1 new.", later);
    Assert.Equal((60, 120), (Complaints.Count(shell, "complaints"), Complaints.Count(shell, "allegations")));
    Assert.Equal(1, Complaints.Count(shell, "allegations", "finding = 'Sustained'"));
  }

  [Fact]
  public async Task An_allegation_whose_complaint_is_not_here_yet_is_kept_and_counted() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("a.csv", MadeFile.Of(TwoEach(62), Header));
    var early = await Complaints.ImportAsync(shell, Allegations, file);
    Assert.Equal((124, 0), (early.RowsIn, early.SetAside));
    Said("124 rows belong to complaints of ia that are not here yet, 62 in all", early);
    await Complaints.ImportAsync(shell, Main, shell.Write("c.csv", MadeFile.Of(Complaints60, MainHeader)));
    // another source's complaints are other complaints
    var other = await Complaints.ImportAsync(shell, Allegations, shell.Write("b.csv", MadeFile.Of([.. Enumerable.Range(1, 6).Select(n => Allegation(n % 3 + 1, $"Kind {n}"))], Header)), source: "sheriff");
    Said("6 rows belong to complaints of sheriff that are not here yet, 3 in all", other);
    var later = await Complaints.ImportAsync(shell, Allegations, shell.Write("a2.csv", MadeFile.Of(TwoEach(62).Append(Allegation(61, "Theft")), Header)));
    Said("5 rows belong to complaints of ia that are not here yet, 2 in all", later);
    Assert.Equal(125 + 6, Complaints.Count(shell, "allegations"));
  }

  [Fact]
  public async Task Equal_rows_without_a_key_stay_apart_and_the_same_file_twice_changes_nothing() {
    await using var shell = await Shell.OpenAsync();
    var rows = TwoEach(30);
    rows.Add(rows[^1]);
    var file = shell.Write("a.csv", MadeFile.Of(rows, Header));
    var first = await Complaints.ImportAsync(shell, Allegations, file);
    Assert.Equal(61, Did(first).New);
    Said("1 row repeats another exactly", first);
    Assert.Empty((await Complaints.ImportAsync(shell, Allegations, file)).Imports);
    rows.Reverse();
    Assert.Equal((0, 0, 61, 0), Did(await Complaints.ImportAsync(shell, Allegations, shell.Write("a2.csv", MadeFile.Of(rows, Header)))));
    // one of the two goes
    rows.RemoveAt(0);
    Assert.Equal((0, 0, 60, 1), Did(await Complaints.ImportAsync(shell, Allegations, shell.Write("a3.csv", MadeFile.Of(rows, Header)))));
    Assert.Equal(60, Complaints.Count(shell, "allegations"));
  }

  [Theory]
  // the second file names complaint 1 with one of its two allegations, and none of the other 29
  [InlineData(null, 1)]
  [InlineData(Cover.Rolling, 1)]
  [InlineData(Cover.Whole, 59)]
  [InlineData(Cover.Additions, 0)]
  internal async Task A_file_says_all_that_belongs_to_the_complaints_it_names_and_nothing_of_others(Cover? cover, int withdrawn) {
    await using var shell = await Shell.OpenAsync();
    await Complaints.ImportAsync(shell, Allegations, shell.Write("a.csv", MadeFile.Of(TwoEach(30), Header)));
    var second = await Complaints.ImportAsync(shell, Allegations, shell.Write("a2.csv", MadeFile.Of([Allegation(1)], Header)), cover: cover);
    Assert.Equal((0, 0, 1, withdrawn), Did(second));
    Assert.Equal(60 - withdrawn, Complaints.Count(shell, "allegations"));
  }

  [Fact]
  public async Task A_row_that_names_no_complaint_is_set_aside_and_what_its_complaint_had_is_kept() {
    await using var shell = await Shell.OpenAsync();
    await Complaints.ImportAsync(shell, Allegations, shell.Write("a.csv", MadeFile.Of(TwoEach(30), Header)));
    var rows = TwoEach(30);
    rows[0] = rows[0].Replace("18-0001", " ", StringComparison.Ordinal);
    rows[4] += ",one cell too many";
    var second = await Complaints.ImportAsync(shell, Allegations, shell.Write("a2.csv", MadeFile.Of(rows, Header)));
    Assert.Equal((58, 2), (second.RowsIn, second.SetAside));
    var aside = await File.ReadAllTextAsync(second.AsideFile!, TestContext.Current.CancellationToken);
    Assert.Contains("2,complaint_number,empty,", aside, StringComparison.Ordinal);
    // of complaint 3 a row cannot be read: nothing of it is gone; complaint 1 is said to have one
    Assert.Equal((0, 0, 58, 1), Did(second));
    Said("1 earlier row stands in this file on a row that was set aside", second);
    // put right, they come back and only add
    var repaired = aside.Replace("empty, ,", "empty,18-0001,", StringComparison.Ordinal).Replace(",one cell too many", "", StringComparison.Ordinal).Replace("\"\"", "", StringComparison.Ordinal);
    var third = await Complaints.ImportAsync(shell, Allegations, shell.Write("repaired.csv", repaired));
    Assert.Equal((2, 0, (1, 0, 1, 0)), (third.RowsIn, third.SetAside, Did(third)));
    Assert.Equal(60, Complaints.Count(shell, "allegations"));
  }

  [Fact]
  public async Task Allegations_numbered_within_their_complaint_are_corrected_by_their_number() {
    await using var shell = await Shell.OpenAsync();
    const string Numbered = "Complaint Number,Allegation Number,Allegation,Finding,Officer Race";
    static string Row(int n, int at, string finding = "Pending") => string.Create(CultureInfo.InvariantCulture, $"18-{n:0000},{at},Verbal Abuse,{finding},Black");
    List<string> rows = [.. Enumerable.Range(1, 30).SelectMany(n => (string[])[Row(n, 1), Row(n, 2)])];
    var first = await Complaints.ImportAsync(shell, Allegations, shell.Write("a.csv", MadeFile.Of(rows, Numbered)));
    NotSaid("No column identifies a row", first);
    NotSaid("stand on more than one row", first);
    rows[3] = Row(2, 2, "Sustained");
    rows.RemoveAt(0);
    rows.Add(Row(30, 3));
    var second = await Complaints.ImportAsync(shell, Allegations, shell.Write("a2.csv", MadeFile.Of(rows, Numbered)));
    Assert.Equal((1, 1, 58, 1), Did(second));
    Assert.Equal(60, Complaints.Count(shell, "allegations"));
  }

  [Fact]
  public async Task A_file_without_the_complaints_number_is_refused_with_the_columns_it_has() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("a.csv", MadeFile.Of(Of(n => "Verbal Abuse,Pending,White", 30), "Allegation,Finding,Officer Race"));
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Complaints.ImportAsync(shell, Allegations, file));
    Assert.Contains("No column of this file can be the key that joins allegations to complaints. Its columns are: Allegation, Finding, Officer Race. Say which one is, with --column complaint_number=COLUMN.",
      refused.Message, StringComparison.Ordinal);
    Assert.False(File.Exists(Path.Combine(shell.Restricted, "complaints", "current.json")));
  }

  [Fact]
  public async Task Another_record_types_mapping_is_refused() {
    await using var shell = await Shell.OpenAsync();
    var file = shell.Write("c.csv", MadeFile.Of(Complaints60, MainHeader));
    await Complaints.ImportAsync(shell, Main, file);
    var wrong = new SourceMapping { Header = MainHeader.Split(','), Fields = new Dictionary<string, ColumnMapping> { ["complaint_number"] = new(["Complaint Number"]) }, Key = [], EventTime = null };
    Assert.Equal(MappingJson.Write(wrong), MappingJson.Write(MappingJson.Read(MappingJson.Write(wrong))));
    var refused = await Assert.ThrowsAsync<RefusedException>(() => Complaints.ImportAsync(shell, Main, file, mapping: wrong));
    Assert.Contains("That is not a mapping of complaints/complaints.", refused.Message, StringComparison.Ordinal);
  }

  [Theory]
  [InlineData("key", "parent", "none", null)]
  [InlineData("key", "none", "none", "each other has a field of role parent")]
  [InlineData("parent", "parent", "none", "the first record type is the main one")]
  [InlineData("none", "parent", "none", "complaints have no key")]
  public void A_declaration_says_how_its_record_types_are_joined(string main, string child, string other, string? wrong) {
    var json = Complaints.Declare(
      Complaints.Type("complaints", Complaints.Field("complaint_number", "text", main), Complaints.Field("received_at", "timestamp", "reported")),
      Complaints.Type("allegations", Complaints.Field("complaint_number", "text", child), Complaints.Field("finding", "code", other)));
    DatasetDeclaration Read() => Catalog.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
    if (wrong is null) Assert.Equal("complaints/allegations", Read().PathOf(Read().RecordTypes[1]));
    else Assert.Contains(wrong, Assert.Throws<InvalidDataException>(Read).Message, StringComparison.Ordinal);
  }

  [Fact]
  public async Task Philadelphias_discipline_rows_are_compared_as_the_set_of_their_complaint() {
    await using var shell = await Shell.OpenAsync();
    var march = await Complaints.ImportAsync(shell, Main, Complaints.Real("philadelphia_ppd_complaints_2018-03.csv.gz"));
    var july = await Complaints.ImportAsync(shell, Main, Complaints.Real("philadelphia_ppd_complaints_2018-07.csv.gz"));
    Assert.Equal((3687, 0), (march.RowsIn, march.SetAside));
    // 990 districts went from "06" to "6", which says the same; summaries are not kept
    Assert.Equal((3786, 0), (july.RowsIn, july.SetAside));
    Assert.Equal((99, 1, 3686, 0), Did(july));

    var first = await Complaints.ImportAsync(shell, Allegations, Complaints.Real("philadelphia_ppd_complaint_disciplines_2018-03.csv.gz"));
    Assert.Equal((8768, 0), (first.RowsIn, first.SetAside));
    NotSaid("not here yet", first);
    var second = await Complaints.ImportAsync(shell, Allegations, Complaints.Real("philadelphia_ppd_complaint_disciplines_2018-07.csv.gz"));
    Assert.Equal((8978, 0), (second.RowsIn, second.SetAside));
    Said("545 rows repeat another exactly", second);
    Said("67 of the complaints have other rows than before: 108 rows gone, 184 new.", second);
    Assert.Equal((184 + 134, 0, 8768 - 108, 108), Did(second));
    Assert.Equal(8978, Complaints.Count(shell, "allegations"));

    var people = await Complaints.ImportAsync(shell, "complaints/complainants", Complaints.Real("philadelphia_ppd_complainants_2018-07_noinitials.csv"));
    Assert.Equal((4065, 0), (people.RowsIn, people.SetAside));
    Said("3,767 complaints on 4,065 rows.", people);
    NotSaid("not here yet", people);
  }
}
