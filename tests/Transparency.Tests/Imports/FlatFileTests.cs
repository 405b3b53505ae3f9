using System.Globalization;
using System.Text;
using Porchlight.Kernel;
using Porchlight.Transparency.Imports;
using Porchlight.Transparency.Mappings;
using Porchlight.Transparency.Tests.Journeys;
using Porchlight.Transparency.Tests.Mappings;

namespace Porchlight.Transparency.Tests.Imports;

/// <summary>One flat file that carries complaints and their allegations: what it says of a complaint stands on each of its rows.</summary>
public sealed class FlatFileTests {
  private const string Header = "Complaint Number,Date Received,Classification,Outcome,Allegation,Finding,Officer Race";

  private static string Row(int n, string allegation = "Verbal Abuse", string finding = "Pending", string outcome = "Open", string race = "White") =>
    string.Create(CultureInfo.InvariantCulture, $"18-{n:0000},{new DateTime(2026, 1, 1).AddDays(n % 50):yyyy-MM-dd} 00:00:00,Misconduct,{outcome},{allegation},{finding},{race}");

  // complaints 1 to 40, each with two allegations of one kind and one of another
  private static List<string> Rows => [.. Enumerable.Range(1, 40).SelectMany(n => (string[])[Row(n), Row(n), Row(n, "Physical Abuse")])];

  private static Task<ImportOutcome> ImportAsync(Shell shell, string name, IEnumerable<string> rows, Cover? cover = null) =>
    Complaints.ImportAsync(shell, "complaints", shell.Write(name, MadeFile.Of(rows, Header)), cover: cover);

  private static (string Records, long New, long Changed, long Unchanged, long Withdrawn)[] Did(ImportOutcome outcome) =>
    [.. outcome.Imports.Select(m => (m.Records, m.New, m.Changed, m.Unchanged, m.Withdrawn))];

  private static void Said(string sentence, ImportOutcome outcome) => Assert.Contains(sentence, string.Join('\n', outcome.Report), StringComparison.Ordinal);
  private static (long Complaints, long Allegations) Live(Shell shell) => (Complaints.Count(shell, "complaints"), Complaints.Count(shell, "allegations"));

  [Fact]
  public async Task One_import_yields_each_complaint_once_and_every_allegation() {
    await using var shell = await Shell.OpenAsync();
    var import = await ImportAsync(shell, "1.csv", Rows);
    Assert.Equal((120, 0), (import.RowsIn, import.SetAside));
    Assert.Equal([("complaints", 40, 0, 0, 0), ("allegations", 120, 0, 0, 0)], Did(import));
    Assert.Equal([1, 2], import.Imports.Select(m => m.Number));
    Said("Please confirm: Each row is taken for one of allegations; what it says of its complaints is repeated.", import);
    Said("40 complaints on 40 rows.", import);
    Said("40 complaints on 120 rows.", import);
    Assert.DoesNotContain("not here yet", string.Join('\n', import.Report), StringComparison.Ordinal);
    Assert.DoesNotContain("not written alike", string.Join('\n', import.Report), StringComparison.Ordinal);
    Assert.Equal((40, 120), Live(shell));
    Assert.Equal(40, Complaints.Count(shell, "complaints", "outcome = 'Open' AND received_at IS NOT NULL"));
    Assert.Equal(80, Complaints.Count(shell, "allegations", "allegation = 'Verbal Abuse'"));
  }

  [Fact]
  public async Task The_same_file_twice_changes_nothing_and_a_later_one_corrects_both() {
    await using var shell = await Shell.OpenAsync();
    await ImportAsync(shell, "1.csv", Rows);
    var again = await ImportAsync(shell, "again.csv", Rows);
    Assert.Equal((120, 0, 0), (again.RowsIn, again.SetAside, again.Imports.Count));
    Said("This file was imported before (import 1). Nothing changed.", again);
    // complaint 1 is closed with a finding, complaint 2 loses an allegation, complaint 41 is new
    var rows = Rows;
    for (var i = 0; i < 3; i++) rows[i] = rows[i].Replace("Open", "Closed", StringComparison.Ordinal);
    rows[0] = rows[0].Replace("Pending", "Sustained", StringComparison.Ordinal);
    rows.RemoveAt(3);
    var later = await ImportAsync(shell, "2.csv", rows.Append(Row(41)));
    Assert.Equal([("complaints", 1, 1, 39, 0), ("allegations", 2, 0, 118, 2)], Did(later));
    Said("2 of the complaints have other rows than before: 2 rows gone, 1 new.", later);
    Assert.Equal((41, 120), Live(shell));
    Assert.Equal((1, 1), (Complaints.Count(shell, "complaints", "outcome = 'Closed'"), Complaints.Count(shell, "allegations", "finding = 'Sustained'")));
  }

  [Fact]
  public async Task Complaints_not_written_alike_on_all_their_rows_are_named_and_the_first_row_stands() {
    await using var shell = await Shell.OpenAsync();
    var rows = Rows;
    rows[1] = Row(1, outcome: "Closed");
    rows[5] = Row(2, "Physical Abuse", outcome: "");
    var import = await ImportAsync(shell, "1.csv", rows);
    Said("2 of the complaints are not written alike on all their rows; the first row stands. Look at: 18-0001 (outcome), 18-0002 (outcome).", import);
    Assert.Equal((40, 120), Live(shell));
    Assert.Equal(40, Complaints.Count(shell, "complaints", "outcome = 'Open'"));
  }

  [Fact]
  public async Task Rows_in_and_rows_set_aside_are_all_rows_and_what_either_cannot_read_is_set_aside_once() {
    await using var shell = await Shell.OpenAsync();
    var rows = Rows;
    rows[0] = rows[0].Replace("2026-", "20x6-", StringComparison.Ordinal);
    rows[1] = rows[1].Replace("18-0001", "", StringComparison.Ordinal);
    rows[7] += ",more";
    // complaint 40 in all its rows
    for (var i = 117; i < 120; i++) rows[i] = rows[i].Replace("2026-", "2036-", StringComparison.Ordinal);
    var import = await ImportAsync(shell, "1.csv", rows);
    Assert.Equal((114, 6), (import.RowsIn, import.SetAside));
    var aside = await File.ReadAllLinesAsync(import.AsideFile!, TestContext.Current.CancellationToken);
    Assert.Equal(7, aside.Length);
    Assert.Contains("3,complaint_number,empty,", string.Join('\n', aside), StringComparison.Ordinal);
    Assert.Equal((39, 114), Live(shell));
    var repaired = aside.Select(l => l.Replace("20x6-", "2026-", StringComparison.Ordinal).Replace("2036-", "2026-", StringComparison.Ordinal)
      .Replace("empty,,", "empty,18-0001,", StringComparison.Ordinal)).Where(l => !l.Contains("more", StringComparison.Ordinal));
    var back = await Complaints.ImportAsync(shell, "complaints", shell.Write("repaired.csv", string.Join('\n', repaired) + "\n"));
    Assert.Equal([("complaints", 1, 0, 1, 0), ("allegations", 5, 0, 0, 0)], Did(back));
    Assert.Equal((40, 119), Live(shell));
  }

  [Fact]
  public async Task A_complaint_without_allegations_is_a_complaint_and_no_allegation() {
    await using var shell = await Shell.OpenAsync();
    var import = await ImportAsync(shell, "1.csv", Rows.Append(Row(41, "", "", race: "")));
    Assert.Equal((121, 0), (import.RowsIn, import.SetAside));
    Assert.Equal((41, 120), Live(shell));
    // its last allegation withdrawn, a complaint stays
    var later = await ImportAsync(shell, "2.csv", Rows.Skip(3).Append(Row(41, "", "", race: "")).Append(Row(1, "", "", race: "")));
    Assert.Equal([("complaints", 0, 0, 41, 0), ("allegations", 0, 0, 117, 3)], Did(later));
    Assert.Equal((41, 117), Live(shell));
  }

  [Fact]
  public async Task A_file_that_one_record_type_refuses_changes_neither() {
    await using var shell = await Shell.OpenAsync();
    const string Numbered = "Complaint Number,Date Received,Classification,Allegation Number,Allegation";
    // the numbers of the allegations are those of rows: with the first row gone, each names another kind
    static IEnumerable<string> Of(int shift) => Enumerable.Range(1, 60).Select(n => string.Create(CultureInfo.InvariantCulture,
      $"18-{n:0000},{new DateTime(2026, 1, 1).AddDays(n % 50):yyyy-MM-dd} 00:00:00,Misconduct,{n + shift},Kind {n % 7}"));
    await Complaints.ImportAsync(shell, "complaints", shell.Write("1.csv", MadeFile.Of(Of(0), Numbered)));
    Assert.Equal((60, 60), Live(shell));
    var before = await File.ReadAllTextAsync(Path.Combine(shell.Restricted, "complaints", "current.json"), TestContext.Current.CancellationToken);
    var refused = await Assert.ThrowsAsync<RefusedException>(() =>
      Complaints.ImportAsync(shell, "complaints", shell.Write("2.csv", MadeFile.Of(Of(1).Append(Of(0).Last().Replace("18-0060", "18-0061", StringComparison.Ordinal)), Numbered))));
    Assert.Contains("Allegation Number is not a key", refused.Message, StringComparison.Ordinal);
    Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(shell.Restricted, "complaints", "current.json"), TestContext.Current.CancellationToken));
    Assert.Equal((60, 60), Live(shell));
    // nor were the mappings touched: the first file is still the newest
    Assert.Empty((await Complaints.ImportAsync(shell, "complaints", shell.PathOf("1.csv"))).Imports);
  }

  [Fact]
  public async Task Philadelphias_complaints_and_discipline_rows_joined_into_one_file_are_the_same_records() {
    string Text(string name) => new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(Complaints.Real(name)), System.IO.Compression.CompressionMode.Decompress)).ReadToEnd();
    await using var shell = await Shell.OpenAsync();
    string Joined(string month) {
      var disciplines = CsvSample.Of(Text($"philadelphia_ppd_complaint_disciplines_{month}.csv.gz")).Rows.ToLookup(r => r[0]!);
      var complaints = CsvSample.Of(Text($"philadelphia_ppd_complaints_{month}.csv.gz"));
      var text = new StringBuilder("cap_number,date_received,dist_occurrence,general_cap_classification,po_initials,po_race,po_sex,allegations_investigated,investigative_findings,disciplinary_findings\n");
      foreach (var complaint in complaints.Rows)
        foreach (var row in disciplines[complaint[0]!].DefaultIfEmpty(new string?[7])) text.AppendJoin(',', complaint.Take(4).Concat(row.Skip(1))).Append('\n');
      return shell.Write($"{month}.csv", text.ToString());
    }
    var march = await Complaints.ImportAsync(shell, "complaints", Joined("2018-03"));
    Assert.Equal((8768 + 23, 0), (march.RowsIn, march.SetAside));
    Assert.Equal([("complaints", 3687, 0, 0, 0), ("allegations", 8768, 0, 0, 0)], Did(march));
    var july = await Complaints.ImportAsync(shell, "complaints", Joined("2018-07"));
    Assert.Equal((8978 + 24, 0), (july.RowsIn, july.SetAside));
    Assert.Equal([("complaints", 99, 1, 3686, 0), ("allegations", 318, 0, 8660, 108)], Did(july));
    Said("67 of the complaints have other rows than before: 108 rows gone, 184 new.", july);
    Assert.Equal((3786, 8978), Live(shell));
  }
}
