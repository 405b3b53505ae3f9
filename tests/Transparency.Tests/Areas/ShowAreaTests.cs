using Porchlight.Kernel.Settings;
using Porchlight.Transparency.Areas;
using Porchlight.Transparency.Figures;
using Porchlight.Ui.Parts;
using QRCoder;

namespace Porchlight.Transparency.Tests.Areas;

public sealed class ShowAreaTests {
  private static readonly DepartmentSettings Department = new(new Dictionary<string, string> {
    ["web-address"] = "https://police.portalder.example", ["non-emergency-phone"] = "555-0142",
    ["full-name"] = "Port Alder Police Department",
  });
  private static readonly Dictionary<string, Pair> None = [];

  private static AreaData Data(PublicArea? area = null, Comparison? compare = null) {
    var edition = MadeUp.Crime(areas: [area ?? MadeUp.LindenPark, MadeUp.Downtown]);
    compare ??= new Asked(edition, null, null).Compare;
    var has = compare.Before is not null;
    Pair Count(long now, long then) => new(now, has ? then : null);
    var categories = new Dictionary<string, Pair> { ["theft"] = Count(112, 131), ["burglary"] = Count(19, 27), ["homicide"] = Count(0, 0) };
    AreaCrime crime = new(edition, compare, [.. Measure.All.Select(m => new Measured(m, Count(331, 378), 418.3m))], categories,
      new Dictionary<string, long> { ["2024-01"] = 40, ["2025-01"] = 38 });
    var (here, before, city) = (MadeUp.Times(412, 410, 845, give: 25), MadeUp.Times(400, 391, 800, give: 25), MadeUp.Times(11_862, 372, 820));
    AreaTimes times = new(MadeUp.Calls(), new(MadeUp.Calls()), here, before, city);
    return new(area ?? MadeUp.LindenPark, false, crime, times);
  }

  [Fact]
  public void The_scorecard_stands_next_to_last_year_and_the_city() {
    var model = ShowArea.Show(Data(), None, Department);
    Assert.Equal("Eastside district, beat B12", model.Eyebrow);
    Assert.Equal(["Safety", "When you call for help"], model.Scores!.Groups.Select(g => g.Name));
    var all = model.Scores.Groups[0].Rows[0];
    Assert.Equal(("All crimes reported", "Fewer."), (all.Label, all.Verdict));
    Assert.Equal(["331", "378", "418"], all.Values.Select(v => v.Text));
    var half = model.Scores.Groups[1].Rows[0];
    Assert.Equal("Half of the most urgent calls reached within", half.Label);
    Assert.Equal(["6 min 50 s", "6 min 31 s", "6 min 12 s"], half.Values.Select(v => v.Text));
    Assert.Equal(("About the same.", "19 s more. 412 calls."), (half.Verdict, half.Words));
    Assert.Equal(["Jan–Sep 2025", "Jan–Sep 2024", "as many people"], model.Scores.Headings.Select(h => h.Detail));
    Assert.Contains("what 9,640 people would see", model.Scores.Note, StringComparison.Ordinal);
    Assert.Contains("the same 273 days", model.Scores.Note, StringComparison.Ordinal);
  }

  [Fact]
  public void Kinds_that_nobody_reported_in_either_year_are_no_row() =>
    Assert.Equal(["Theft (larceny)", "Burglary"], ShowArea.Show(Data(), None, Department).Types!.Groups.Single().Rows.Select(r => r.Label));

  [Fact]
  public void A_boundary_newer_than_the_year_before_is_never_compared_and_says_so() {
    var area = MadeUp.LindenPark with { From = new(2025, 3, 1) };
    var model = ShowArea.Show(Data(area, new(new(new(2025, 1, 1), new(2025, 9, 30)), null)), None, Department);
    Assert.Equal("This boundary holds since March 1, 2025. "
      + "Before, the ground was another, so there is no comparison with January to September 2024.", model.BoundaryNote);
    var all = model.Scores!.Groups[0].Rows[0];
    Assert.Equal(("No year before.", "–"), (all.Verdict, all.Values[1].Text));
    Assert.Null(model.Months!.BeforeName);
    Assert.Null(ShowArea.Show(Data(), None, Department).BoundaryNote);
  }

  [Fact]
  public void An_area_of_an_earlier_map_says_until_when_and_counts_by_year() {
    var edition = MadeUp.Crime();
    var months = new Dictionary<string, long> { ["2022-11"] = 7, ["2022-12"] = 8, ["2023-01"] = 5 };
    AreaCrime held = new(edition, new(new(new(2022, 1, 1), new(2023, 2, 28)), null), [], None, months);
    var model = ShowArea.Show(new(MadeUp.OldBeat, true, held, null), None, Department);
    Assert.Equal("An area of an earlier map, which held until February 28, 2023.", model.Lead);
    Assert.StartsWith("This area held until February 28, 2023.", model.BoundaryNote, StringComparison.Ordinal);
    Assert.Null(model.Scores);
    Assert.Null(model.Months);
    Assert.Equal([["2023", "5"], ["2022", "15"]], model.Years!.Rows.Select(r => r.Cells.Select(c => c.Text)));
  }

  [Fact]
  public void The_sheet_for_the_wall_names_the_pages_address_only_where_the_department_has_one() {
    var model = ShowArea.Show(Data(), None, Department);
    Assert.Equal("police.portalder.example/data/areas/B12", model.Address);
    Assert.Contains("Not urgent 555-0142. Emergency 911.", model.PrintLines);
    Assert.Contains(model.PrintLines, l => l.Contains("Reported crime: Edition 3, Oct 9, 2025.", StringComparison.Ordinal));
    var silent = ShowArea.Show(Data(), None, DepartmentSettings.None);
    Assert.Null(silent.Address);
    Assert.Null(silent.Code);
  }

  [Fact]
  public void The_code_to_scan_has_every_dark_module_and_no_other() {
    const string address = "https://police.portalder.example/data/areas/B12";
    var drawn = ScanCode.Of(address);
    using var generator = new QRCodeGenerator();
    using var code = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
    var modules = code.ModuleMatrix.SelectMany((row, y) => row.Cast<bool>().Select((on, x) => (On: on, Place: (x, y))));
    // "M4 4h7v1h-7z" is seven dark modules from column 4 of row 4 on
    var runs = drawn.Path.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(run => run.Split(' ', 'h', 'v'));
    var found = runs.SelectMany(r => Enumerable.Range(int.Parse(r[0]), int.Parse(r[2])).Select(x => (x, int.Parse(r[1]))));
    Assert.Equal(code.ModuleMatrix.Count, drawn.Size);
    Assert.True(modules.Where(m => m.On).Select(m => m.Place).ToHashSet().SetEquals(found));
  }

  [Fact]
  public void The_rows_to_take_away_hold_the_scorecard() {
    var csv = Data().Rows().Csv();
    Assert.Contains("B12,crimes,all,", csv, StringComparison.Ordinal);
    Assert.Contains(",331,", csv, StringComparison.Ordinal);
    Assert.Contains("B12,crimes_by_category,theft,", csv, StringComparison.Ordinal);
    Assert.Contains("B12,crimes_by_month,2025-01,", csv, StringComparison.Ordinal);
    Assert.Contains("B12,urgent_calls,median_seconds,", csv, StringComparison.Ordinal);
  }
}
